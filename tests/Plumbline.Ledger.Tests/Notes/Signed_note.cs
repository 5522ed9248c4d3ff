using System.Text;
using System.Text.Json;
using CsCheck;
using Plumbline.Ledger.Keys;
using Plumbline.Ledger.Notes;

namespace Plumbline.Ledger.Tests.Notes;

public sealed class Signed_note
{
    /// <summary>Published with the Go implementation of signed notes: key, text and signature.</summary>
    private const string PublishedKey =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string PublishedText =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string PublishedLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    [Fact]
    public void Is_signed_as_the_published_example()
    {
        var signer = Ed25519Signer.Parse(PublishedKey, out var key);
        using (key)
        {
            Assert.Equal(PublishedKey, signer.ExportText());
            var note = Note.Sign(Encoding.UTF8.GetBytes(PublishedText), [signer]);
            Assert.Equal($"{PublishedText}\n{PublishedLine}", Encoding.UTF8.GetString(note.ToBytes()));
            Assert.Equal(signer.Key, Assert.Single(note.Verify([signer.Key])).Key);
        }
    }

    [Fact]
    public void Is_judged_as_all_16_published_ones_say()
    {
        var cases = Corpus.Json("signed-note-vectors", "notes.json").GetProperty("notes").EnumerateArray().ToList();
        Assert.Equal(16, cases.Count);
        foreach (var published in cases)
        {
            var bytes = published.TryGetProperty("noteBase64", out var base64)
                ? base64.GetBytesFromBase64()
                : Encoding.UTF8.GetBytes(published.GetProperty("note").GetString()!);
            VerifierKey[] keys = [.. Strings(published, "keys").Select(VerifierKey.Parse)];
            if (published.GetProperty("ok").GetBoolean())
            {
                var note = Note.Parse(bytes);
                var verified = note.Verify(keys);
                Assert.Equal(Strings(published, "verified"), verified.Select(by => by.Key.Name));
                Assert.Equal(
                    Strings(published, "unknown"),
                    note.Signatures.Select(line => line.Name).Except(verified.Select(by => by.Key.Name))
                );
                Assert.Equal(bytes, note.ToBytes());
            }
            else
            {
                Assert.True(
                    Faults.Refuses(() => Note.Parse(bytes).Verify(keys)),
                    published.GetProperty("name").GetString()
                );
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n{0}")] // no empty line
    [InlineData("text\n\n{0}\n")] // an empty line after
    [InlineData("text\n\n{0}more\n")]
    [InlineData("text\n\nmore\n{0}")]
    [InlineData("text\n\n {0}")]
    [InlineData("te\rxt\n\n{0}")]
    [InlineData("te\txt\n\n{0}")]
    [InlineData("te\0xt\n\n{0}")]
    [InlineData("text\n\n— a\n")]
    [InlineData("text\n\n— a \n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAAAA==\n")] // a key id and no signature
    [InlineData("text\n\n— a AAAAAAB=\n")] // a stray bit
    [InlineData("text\n\n— a AAAAAAA\n")]
    [InlineData("text\n\n— a AAAAAAA= \n")]
    [InlineData("text\n\n— a AAAAAAA= AAAAAAA=\n")]
    [InlineData("text\n\n— a+b AAAAAAA=\n")]
    [InlineData("text\n\n— a\u2003b AAAAAAA=\n")]
    [InlineData("text\n\n- a AAAAAAA=\n")]
    public void Breaks_the_format_in_many_ways(string form) =>
        Faults.Expect(
            LedgerFault.Malformed,
            () => Note.Parse(Encoding.UTF8.GetBytes(form.Replace("{0}", PublishedLine, StringComparison.Ordinal)))
        );

    [Theory]
    [InlineData("\n\n— a AAAAAAA=\n", "\n")]
    [InlineData("a\n\nb\n\n— a AAAAAAA=\n", "a\n\nb\n")]
    [InlineData("a\n\n\n— a AAAAAAA=\n", "a\n\n")]
    [InlineData("— a AAAAAAA=\n\n— a AAAAAAA=\n", "— a AAAAAAA=\n")]
    public void Has_its_signatures_after_the_last_empty_line(string note, string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(Note.Parse(Encoding.UTF8.GetBytes(note)).Text.Span));

    [Fact]
    public void Has_at_most_100_signatures_and_a_million_bytes()
    {
        var most = "text\n\n" + string.Concat(Enumerable.Repeat(PublishedLine, 100));
        Assert.Equal(100, Note.Parse(Encoding.UTF8.GetBytes(most)).Signatures.Length);
        Faults.Expect(LedgerFault.Malformed, () => Note.Parse(Encoding.UTF8.GetBytes(most + PublishedLine)));

        var line = Encoding.UTF8.GetByteCount("\n\n" + PublishedLine);
        var longest = new string('x', Note.MaxBytes - line) + "\n\n" + PublishedLine;
        Assert.Single(Note.Parse(Encoding.UTF8.GetBytes(longest)).Signatures);
        Faults.Expect(LedgerFault.Malformed, () => Note.Parse(Encoding.UTF8.GetBytes("x" + longest)));
    }

    [Fact]
    public void Ignores_unknown_keys_of_a_known_name_or_a_known_id_but_not_of_both()
    {
        using var key = Ed25519PrivateKey.FromSeed(new byte[32]);
        var signer = new Ed25519Signer("a", key);
        var note = Note.Sign("text\n"u8, [signer]);
        var garbage = new byte[64];

        foreach (
            var unknown in (NoteSignature[])
                [new("a", new KeyId(signer.Key.Id.Value + 1), garbage), new("b", signer.Key.Id, garbage)]
        )
        {
            Assert.Single(note.With(unknown).Verify([signer.Key]));
        }

        var fault = Faults.Expect(
            LedgerFault.Untrusted,
            () => note.With(new NoteSignature("a", signer.Key.Id, garbage)).Verify([signer.Key])
        );
        Assert.Equal($"the signature of `a` ({signer.Key.Id}) does not hold", fault.Message);
    }

    [Fact]
    public void Cannot_be_made_of_a_text_that_none_can_hold()
    {
        using var key = Ed25519PrivateKey.FromSeed(new byte[32]);
        foreach (byte[] text in (byte[][])["text"u8.ToArray(), "te\rxt\n"u8.ToArray(), [0xff, (byte)'\n'], []])
        {
            Assert.Throws<ArgumentException>(() => Note.Sign(text, [new Ed25519Signer("a", key)]));
        }
    }

    [Fact]
    public void Carries_a_witnesss_time()
    {
        var example = Corpus.Json("signed-note-vectors", "notes.json").GetProperty("cosignedExample");
        var bytes = Encoding.UTF8.GetBytes(example.GetProperty("text").GetString()!);
        var note = Note.Parse(bytes);
        Assert.Equal(example.GetProperty("cosignatureTime").GetInt64(), Cosignature.Parse(note.Signatures[1]).Time);
        Faults.Expect(LedgerFault.Malformed, () => Cosignature.Parse(note.Signatures[0]));
        Assert.Equal(bytes, note.ToBytes());
    }

    [Fact]
    public void Refuses_a_cosignature_of_another_time_or_text()
    {
        using var key = Ed25519PrivateKey.FromSeed(new byte[32]);
        var witness = VerifierKey.OfWitness("w", key.Public);
        var signature = key.Sign("cosignature/v1\ntime 5\ntext\n"u8);
        var note = Note.Parse(Encoding.UTF8.GetBytes($"text\n\n{Line(5)}\n"));
        Assert.Equal(5, Assert.Single(note.Verify([witness])).Time);

        foreach (var forged in (string[])[$"text\n\n{Line(6)}\n", $"text\n\n{Line(-5)}\n", $"Text\n\n{Line(5)}\n"])
        {
            Faults.Expect(LedgerFault.Untrusted, () => Note.Parse(Encoding.UTF8.GetBytes(forged)).Verify([witness]));
        }

        NoteSignature Line(long time)
        {
            var bytes = new byte[8];
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, time);
            return new NoteSignature("w", witness.Id, (byte[])[.. bytes, .. signature]);
        }
    }

    [Fact]
    public void Of_any_bytes_is_read_or_refused_and_never_anything_else() =>
        Gen.Byte.Array[0, 200].Sample(bytes => Reads(bytes), iter: 20_000);

    [Fact]
    public void With_bytes_changed_removed_or_added_is_refused_or_says_the_same()
    {
        var original = Encoding.UTF8.GetBytes($"{PublishedText}\n{PublishedLine}— other AAAAAAA=\n");
        var key = VerifierKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte, Gen.Int[0, 3], Gen.Int[0, 40])
            .Sample(
                (place, value, kind, length) =>
                {
                    var end = Math.Min(place + length, original.Length);
                    byte[] changed = kind switch
                    {
                        0 => [.. original[..place], value, .. original[(place + 1)..]],
                        1 => [.. original[..place], value, .. original[place..]],
                        2 => [.. original[..place], .. original[end..]],
                        _ => [.. original[..end], .. original[place..]],
                    };
                    Reads(changed);
                    try
                    {
                        return Note.Parse(changed).Verify([key]).Length == 1
                            && Note.Parse(changed).Text.Span.SequenceEqual(Encoding.UTF8.GetBytes(PublishedText));
                    }
                    catch (LedgerException)
                    {
                        return true;
                    }
                },
                iter: 20_000
            );
    }

    /// <summary>Reads and, what could be read, writes again as the same bytes.</summary>
    private static void Reads(byte[] bytes)
    {
        byte[]? again = null;
        if (!Faults.Refuses(() => again = Note.Parse(bytes).ToBytes()))
        {
            Assert.Equal(bytes, again);
        }
    }

    private static IEnumerable<string> Strings(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(item => item.GetString()!) : [];
}
