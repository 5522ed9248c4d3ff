using CsCheck;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Keys;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Checkpoints;

public sealed class Growth_of_a_log : IDisposable
{
    private readonly Log log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public void Is_signed_from_the_empty_log_on()
    {
        foreach (var step in (int[])[0, 1, 0, 254, 1, 1, 343])
        {
            log.Append(step);
            var head = log.Sign();
            Assert.Equal(new Checkpoint(Log.Origin, log.Entries.Count, log.Tree.Root()), head.Head);
            Assert.Equal(head.Head, SignedCheckpoint.Open(head.Bytes.Span, Log.Origin, [log.Signer.Key]).Head);
        }

        Assert.Equal(Naive.Root([.. log.Entries]), log.Head!.Head.Root);
    }

    [Fact]
    public void Of_nothing_gives_the_same_bytes_again()
    {
        log.Append(3);
        Assert.Equal(log.Sign().Bytes.ToArray(), log.Sign().Bytes.ToArray());
    }

    [Fact]
    public void Cannot_be_shorter_than_before()
    {
        log.Append(5);
        log.Sign();
        var fault = Faults.Expect(LedgerFault.Inconsistent, () => Sign(log.Head, log.Entries[..4]));
        Assert.Equal("the log rolled back from 5 to 4 entries", fault.Message);
    }

    [Fact]
    public void Cannot_change_what_was_signed() =>
        Gen.Int[1, 600]
            .SelectMany(old => Gen.Select(Gen.Const(old), Gen.Int[0, 300], Gen.Int[0, old - 1]))
            .Sample(
                (old, more, changed) =>
                {
                    using var fresh = new Log();
                    fresh.Append(old);
                    fresh.Sign();
                    fresh.Append(more);
                    byte[][] entries = [.. fresh.Entries];
                    entries[changed] = "other"u8.ToArray();
                    Faults.Expect(LedgerFault.Inconsistent, () => Sign(fresh.Head, entries));
                    return Sign(fresh.Head, [.. fresh.Entries]).Head.Size == old + more;
                },
                iter: 60
            );

    [Fact]
    public void Is_not_signed_when_an_entry_reads_back_differently()
    {
        log.Append(300);
        log.Sign();
        log.Append(300);
        var flipped = log.Entries[450].ToArray();
        flipped[0] ^= 1;
        List<byte[]> entries = [.. log.Entries];

        entries[450] = flipped;
        Refused(entries);
        entries[450] = log.Entries[450];
        Refused(entries[..599]);
        Refused([.. entries, flipped]);
        (entries[400], entries[401]) = (entries[401], entries[400]);
        Refused(entries);

        void Refused(List<byte[]> readBack)
        {
            var since300 = readBack.Skip(300).Select(entry => (ReadOnlyMemory<byte>)entry);
            Faults.Expect(LedgerFault.Altered, () => Growth.Sign(log.Head, log.Tree, since300, [log.Signer]));
        }
    }

    [Fact]
    public void Is_not_signed_with_a_signature_that_does_not_hold()
    {
        log.Append(1);
        Faults.Expect(
            LedgerFault.Untrusted,
            () => Growth.Sign(null, log.Tree, log.Since(0), [new BrokenSigner(log.Signer)])
        );
    }

    [Fact]
    public void Is_signed_by_signers_of_one_name_only()
    {
        using var key = Ed25519PrivateKey.FromSeed(new byte[32]);
        var second = new Ed25519Signer(Log.Origin, key);
        log.Append(1);
        Assert.Equal(2, Growth.Sign(null, log.Tree, log.Since(0), [log.Signer, second]).Endorsements.Length);

        var other = new Ed25519Signer("log.example/other", key);
        Assert.Throws<ArgumentException>(() => Growth.Sign(null, log.Tree, log.Since(0), [log.Signer, other]));
        Assert.Throws<ArgumentException>(() => Growth.Sign(null, log.Tree, log.Since(0), []));

        log.Sign();
        var fault = Faults.Expect(LedgerFault.Inconsistent, () => Growth.Sign(log.Head, log.Tree, [], [other]));
        Assert.Equal("`log.example/other` cannot follow `log.example/evidence`", fault.Message);
    }

    [Fact]
    public void Is_followed_by_who_kept_an_earlier_head()
    {
        log.Append(3);
        var three = log.Sign();
        log.Append(4);
        var seven = log.Sign();
        var proof = log.Tree.ProveConsistency(3, 7);

        seven.MustFollow(three, proof);
        seven.MustFollow(seven, null);
        Faults.Expect(LedgerFault.Inconsistent, () => three.MustFollow(seven, proof));
        Faults.Expect(LedgerFault.Inconsistent, () => seven.MustFollow(three, null));
        Faults.Expect(LedgerFault.Inconsistent, () => seven.MustFollow(three, log.Tree.ProveConsistency(4, 7)));
        Faults.Expect(LedgerFault.Inconsistent, () => seven.MustFollow(three, proof with { Hashes = [] }));
    }

    [Fact]
    public void Shows_a_fork_where_two_heads_of_one_size_differ()
    {
        log.Append(3);
        var fork = Sign(null, Naive.Entries(2).Append("fork"u8.ToArray()).ToArray());
        Assert.StartsWith(
            "the log forked: two roots for 3 entries",
            Faults.Expect(LedgerFault.Inconsistent, () => log.Sign().MustFollow(fork, null)).Message,
            StringComparison.Ordinal
        );
    }

    private SignedCheckpoint Sign(SignedCheckpoint? last, IReadOnlyList<byte[]> entries)
    {
        var tree = new MemoryTree([.. entries.Select(entry => TreeHash.OfLeaf(entry))]);
        var from = (int)Math.Min(last?.Head.Size ?? 0, entries.Count);
        return Growth.Sign(last, tree, entries.Skip(from).Select(entry => (ReadOnlyMemory<byte>)entry), [log.Signer]);
    }

    private sealed class BrokenSigner(Ed25519Signer inner) : ISigner
    {
        public VerifierKey Key => inner.Key;

        public byte[] Sign(ReadOnlySpan<byte> text)
        {
            var signature = inner.Sign(text);
            signature[10] ^= 1;
            return signature;
        }
    }
}
