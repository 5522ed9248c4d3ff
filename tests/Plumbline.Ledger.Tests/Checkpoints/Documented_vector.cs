using System.Buffers.Binary;
using System.Text;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Keys;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Checkpoints;

/// <summary>The vectors of <c>docs/formats</c> are what the code does.</summary>
public sealed class Documented_vector
{
    private const string Origin = "log.example/evidence";
    private const string Witness = "witness.example/w1";

    [Fact]
    public void Of_a_checkpoint_is_what_the_code_signs_and_accepts()
    {
        // The seeds of TEST 1 and TEST 2 of RFC 8032, section 7.1; the entries are the first three of RFC 6962's vectors.
        using var logKey = Seed("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        using var witnessKey = Seed("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        var signer = new Ed25519Signer(Origin, logKey);
        var witness = VerifierKey.OfWitness(Witness, witnessKey.Public);
        ReadOnlyMemory<byte>[] entries = [Array.Empty<byte>(), new byte[] { 0x00 }, new byte[] { 0x10 }];
        var tree = new MemoryTree([.. entries.Select(entry => TreeHash.OfLeaf(entry.Span))]);

        var signed = Note.Parse(Growth.Sign(null, tree, entries, [signer]).Bytes.Span);
        var cosigned = signed.With(
            new NoteSignature(Witness, witness.Id, Cosign(witnessKey, signed, time: 1767225600))
        );
        Assert.Equal(
            [null, 1767225600],
            SignedCheckpoint.Open(cosigned.ToBytes(), Origin, [signer.Key, witness]).Endorsements.Select(by => by.Time)
        );

        var page = Page("checkpoint.md");
        Assert.Contains($"```\n{Encoding.UTF8.GetString(cosigned.ToBytes())}```\n", page, StringComparison.Ordinal);
        foreach (
            var value in (string[])
                [signer.Key.ToString(), witness.ToString(), logKey.Public.ToPem(), logKey.Public.Fingerprint]
        )
        {
            Assert.Contains(value, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_a_right_edge_is_what_the_code_saves()
    {
        var edge = new CompactRange();
        foreach (
            byte[] entry in (byte[][])
                [
                    [],
                    [0x00],
                    [0x10],
                ]
        )
        {
            edge.Append(TreeHash.OfLeaf(entry));
        }

        var saved = Convert.ToHexStringLower(edge.Save());
        Assert.Contains($"{saved[..16]}\n{saved[16..80]}\n{saved[80..]}\n", Page("tree.md"), StringComparison.Ordinal);
    }

    private static byte[] Cosign(Ed25519PrivateKey key, Note note, long time)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time);
        return
        [
            .. bytes,
            .. key.Sign([.. Encoding.ASCII.GetBytes($"cosignature/v1\ntime {time}\n"), .. note.Text.Span]),
        ];
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", name));

    private static Ed25519PrivateKey Seed(string hex) => Ed25519PrivateKey.FromSeed(Convert.FromHexString(hex));
}
