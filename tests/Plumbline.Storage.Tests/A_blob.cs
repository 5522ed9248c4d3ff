using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Plumbline.Core.Evidence;
using Plumbline.Storage.Blobs;

namespace Plumbline.Storage.Tests;

public sealed class A_blob : IDisposable
{
    private readonly TempStore temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Is_read_back_as_it_was_given()
    {
        await using var store = await temp.OpenAsync();
        var text = string.Concat(Enumerable.Repeat("the quick brown fox ", 500));
        var blob = await PutAsync(store, TempStore.Text(text));

        Assert.Equal(text, Encoding.UTF8.GetString(await store.BlobAsync(blob, CancellationToken.None)));
        Assert.True(blob.Size < 500, $"compressed, expected less than 500 bytes, got {blob.Size}");
    }

    [Fact]
    public async Task Has_the_layout_that_the_format_promises()
    {
        await using var store = await temp.OpenAsync();
        var blob = await PutAsync(store, TempStore.Text("hello"));
        var stored = await store.StoredBlobAsync(blob.Ct, CancellationToken.None);
        Assert.Equal(blob.Ct, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(stored!)));
        Assert.Equal((blob.Enc, blob.Z, blob.Size), ("a256gcm/1", "gzip", stored!.Length));

        // By hand, from the key files on: what an auditor's script would do.
        var kek = Convert.FromBase64String(
            await File.ReadAllTextAsync(Path.Combine(temp.Options.KeysFolder, store.Origin, "kek"), default)
        );
        var wrapped = Assert.IsType<byte[]>(temp.Query($"SELECT wrapped FROM data_key WHERE ref = '{blob.KeyRef}'"));
        var packed = Decrypt(stored, Decrypt(wrapped, kek, Encoding.UTF8.GetBytes(blob.KeyRef)), []);
        using var gzip = new GZipStream(new MemoryStream(packed[32..]), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        Assert.Equal("hello", await reader.ReadToEndAsync(default));
        byte[] committed = [2, .. packed[..32], .. "hello"u8];
        Assert.Equal(blob.Pt, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(committed)));
    }

    [Fact]
    public async Task Of_equal_text_and_class_is_the_same_one_for_ever()
    {
        BlobRef first;
        await using (var store = await temp.OpenAsync())
        {
            first = await PutAsync(store, TempStore.Text("same"));
        }
        await using var again = await temp.OpenAsync();
        var second = await PutAsync(again, TempStore.Text("same"));
        var twice = new List<BlobRef>();
        await again.SealAsync(
            new SealRequest
            {
                Payloads =
                [
                    TempStore.Text("new"),
                    TempStore.Text("new"),
                    TempStore.Text("same") with
                    {
                        Name = "other",
                    },
                ],
                Leaf = (time, blobs) =>
                {
                    twice.AddRange(blobs);
                    return TempStore.Leaf("twice", time, blobs);
                },
            },
            CancellationToken.None
        );

        Assert.Equal(first, second);
        Assert.Equal(twice[0], twice[1]);
        Assert.Equal(first with { Name = "other" }, twice[2]);
        Assert.Equal(2L, temp.Query("SELECT count(*) FROM blob"));
    }

    [Fact]
    public async Task Of_another_class_or_year_or_salt_is_another()
    {
        await using var store = await temp.OpenAsync();
        var blobs = new List<BlobRef>
        {
            await PutAsync(store, TempStore.Text("same")),
            await PutAsync(store, TempStore.Text("same", "person-17")),
            await PutAsync(store, TempStore.Text("same") with { Salt = new byte[32] }),
        };
        temp.Clock.Advance(TimeSpan.FromDays(60));
        blobs.Add(await PutAsync(store, TempStore.Text("same")));

        Assert.Equal(4, blobs.Select(blob => blob.Ct).Distinct().Count());
        Assert.Equal(3, blobs.Select(blob => blob.KeyRef).Distinct().Count());
        Assert.Matches("^k-2026-inventory-[A-Za-z0-9_-]{8}$", blobs[0].KeyRef);
        Assert.StartsWith("k-2027-inventory-", blobs[3].KeyRef, StringComparison.Ordinal);
        Assert.Equal(
            "sha256:" + Convert.ToHexStringLower(SHA256.HashData([2, .. new byte[32], .. "same"u8])),
            blobs[2].Pt
        );
    }

    [Fact]
    public async Task Whose_stored_bytes_were_changed_is_named_with_what_differs()
    {
        await using var store = await temp.OpenAsync();
        var blob = await PutAsync(store, TempStore.Text("hello"));
        temp.Tamper("UPDATE blob SET bytes = CAST(substr(bytes, 1, 20) || x'00' || substr(bytes, 22) AS BLOB)");

        var refused = await Assert.ThrowsAsync<StoreException>(() => store.BlobAsync(blob, CancellationToken.None));

        Assert.Equal("PLB-4032", refused.Code);
        Assert.StartsWith(
            $"the blob `text` ({blob.Ct}) is not what was sealed: expected stored bytes of digest {blob.Ct}, got sha256:",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Equal($"blob {blob.Ct}", Assert.Single(await temp.VerifyAsync()).Place);
    }

    [Fact]
    public async Task Whose_reference_lies_is_named_with_what_differs()
    {
        await using var store = await temp.OpenAsync();
        var blob = await PutAsync(store, TempStore.Text("hello"));
        var other = await PutAsync(store, TempStore.Text("other", "other"));

        await Refused(
            "PLB-4032",
            blob with
            {
                Pt = other.Pt,
            },
            $"a plaintext that commits to {other.Pt}, got {blob.Pt}"
        );
        await Refused("PLB-4032", blob with { KeyRef = other.KeyRef }, $"that its key `{other.KeyRef}` opens");
        await Refused("PLB-4032", blob with { Size = 5 }, "stored bytes of length 5, got ");
        await Refused(
            "PLB-4032",
            blob with
            {
                Enc = "none",
            },
            "expected `a256gcm/1` over `gzip`, got `none` over `gzip`"
        );
        await Refused("PLB-4032", blob with { Ct = "md5:00" }, "64 hex digits");
        await Refused("PLB-4031", blob with { Ct = "sha256:" + new string('0', 64) }, "is not in the store");

        async Task Refused(string code, BlobRef reference, string expected)
        {
            var e = await Assert.ThrowsAsync<StoreException>(() => store.BlobAsync(reference, CancellationToken.None));
            Assert.Equal(code, e.Code);
            Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whose_key_was_destroyed_is_gone_and_still_proves_its_bytes()
    {
        BlobRef blob;
        await using (var store = await temp.OpenAsync())
        {
            blob = await PutAsync(store, TempStore.Text("a person's name", "person-17"));
        }
        temp.Tamper("PRAGMA foreign_keys = ON; DELETE FROM data_key");

        await using var after = await temp.OpenForReadingAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => after.BlobAsync(blob, CancellationToken.None));

        Assert.Equal("PLB-4033", refused.Code);
        Assert.Contains($"`{blob.KeyRef}` was destroyed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, temp.Query("SELECT count(*) FROM blob_index"));
        Assert.Empty(await temp.VerifyAsync());
    }

    [Fact]
    public async Task That_a_leaf_refers_to_and_that_is_missing_is_found_by_verifying()
    {
        string ct;
        await using (var store = await temp.OpenAsync())
        {
            ct = (await PutAsync(store, TempStore.Text("hello"))).Ct;
        }
        temp.Tamper("DELETE FROM blob_index; DELETE FROM blob");

        Assert.Equal([new Discrepancy("entry 0", $"its blob {ct} in the store", "none")], await temp.VerifyAsync());
    }

    [Fact]
    public async Task Leaves_no_plaintext_in_any_file_of_the_store()
    {
        await using (var store = await temp.OpenAsync())
        {
            await PutAsync(store, TempStore.Text("correct horse battery staple"));
        }
        foreach (var file in Directory.EnumerateFiles(temp.Options.Folder, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, default);
            Assert.True(bytes.AsSpan().IndexOf("correct horse"u8) < 0, file);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Inventory")]
    [InlineData("a/b")]
    [InlineData("ä")]
    public async Task Of_a_class_that_is_no_word_is_refused(string @class)
    {
        await using var store = await temp.OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(store, TempStore.Text("x", @class)));
    }

    [Fact]
    public void Sealed_and_opened_is_the_same_text_and_no_altered_byte_passes()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte.Array[32, 32], Gen.Int[0, int.MaxValue])
            .Sample(
                (text, salt, at) =>
                {
                    var stored = BlobCipher.Seal(text, salt, key, RandomNumberGenerator.Fill);
                    var (salted, opened) = BlobCipher.Open(stored, key);
                    Assert.Equal(text, opened);
                    Assert.Equal(salt, salted);
                    stored[at % stored.Length] ^= 1;
                    Assert.ThrowsAny<CryptographicException>(() => BlobCipher.Open(stored, key));
                }
            );
    }

    private static int number;

    private static async Task<BlobRef> PutAsync(IEvidenceStore store, Payload payload)
    {
        BlobRef? blob = null;
        var id = $"put-{Interlocked.Increment(ref number)}";
        await store.SealAsync(
            TempStore.Request(id, payload) with
            {
                Leaf = (time, blobs) =>
                {
                    blob = Assert.Single(blobs);
                    return TempStore.Leaf(id, time, blobs);
                },
            },
            CancellationToken.None
        );
        return blob!;
    }

    private static byte[] Decrypt(byte[] stored, byte[] key, byte[] associated)
    {
        var text = new byte[stored.Length - 28];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(
            stored.AsSpan(0, 12),
            stored.AsSpan(12, text.Length),
            stored.AsSpan(12 + text.Length),
            text,
            associated
        );
        return text;
    }
}
