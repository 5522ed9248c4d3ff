using System.Text;
using CsCheck;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Checkpoints;

public sealed class Proof_file : IDisposable
{
    private readonly Log log = new();

    public Proof_file()
    {
        log.Append(300);
        log.Sign();
    }

    public void Dispose() => log.Dispose();

    [Fact]
    public void Proves_its_entry_and_no_other()
    {
        foreach (var index in (int[])[0, 1, 255, 256, 299])
        {
            var file = ProofFile.Parse(Make(index).ToBytes());
            Assert.Equal(index, file.Index);
            Assert.Equal(log.Head!.Head, file.Verify(Leaf(index), Log.Origin, [log.Signer.Key]).Head);
            Faults.Expect(LedgerFault.Altered, () => file.Verify(Leaf(index ^ 2), Log.Origin, [log.Signer.Key]));
            Faults.Expect(LedgerFault.Untrusted, () => file.Verify(Leaf(index), "log.example/other", [log.Signer.Key]));
        }
    }

    [Fact]
    public void Carries_extra_data_that_nobody_signed()
    {
        var file = Make(7, extra: [1, 2, 3]).ToBytes();
        Assert.StartsWith(
            "c2sp.org/tlog-proof@v1\nextra AQID\nindex 7\n",
            Encoding.UTF8.GetString(file),
            StringComparison.Ordinal
        );
        Assert.Equal([1, 2, 3], ProofFile.Parse(file).Extra.ToArray());
        Assert.Equal(file, ProofFile.Parse(file).ToBytes());
        Assert.True(ProofFile.Parse(Make(7).ToBytes()).Extra.IsEmpty);
    }

    [Fact]
    public void Cannot_join_a_proof_to_a_head_of_another_size() =>
        Assert.Throws<ArgumentException>(() => ProofFile.Of(log.Tree.ProveInclusion(0, 299), log.Head!));

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1")]
    [InlineData("c2sp.org/tlog-proof@v1\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra A\nindex 0\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nextra AQID\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nAQID\n\n")]
    public void Breaks_the_format_in_many_ways(string text) =>
        Faults.Expect(LedgerFault.Malformed, () => ProofFile.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Has_at_most_63_hashes()
    {
        var hash = TreeHash.Empty.ToBase64() + "\n";
        Assert.Equal(63, Parse(63).Hashes.Length);
        Faults.Expect(LedgerFault.Malformed, () => Parse(64));

        ProofFile Parse(int hashes) =>
            ProofFile.Parse(
                Encoding.ASCII.GetBytes(
                    $"c2sp.org/tlog-proof@v1\nindex 0\n{string.Concat(Enumerable.Repeat(hash, hashes))}\n"
                )
            );
    }

    [Fact]
    public void With_any_byte_changed_is_refused()
    {
        var file = Make(77).ToBytes();
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Int[1, 255])
            .Sample(
                (place, change) =>
                {
                    var changed = file.ToArray();
                    changed[place] ^= (byte)change;
                    return Faults.Refuses(() =>
                        ProofFile.Parse(changed).Verify(Leaf(77), Log.Origin, [log.Signer.Key])
                    );
                },
                iter: 10_000
            );
    }

    private ProofFile Make(int index, byte[]? extra = null) =>
        ProofFile.Of(log.Tree.ProveInclusion(index, 300), log.Head!, extra);

    private TreeHash Leaf(int index) => TreeHash.OfLeaf(log.Entries[index]);
}
