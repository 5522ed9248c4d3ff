using CsCheck;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Trees;

public sealed class Compact_range
{
    [Fact]
    public void Has_the_root_of_the_definition_after_every_leaf()
    {
        var entries = Naive.Entries(300);
        var edge = new CompactRange();
        Assert.Equal(Naive.Root([]), edge.Root());
        for (var size = 1; size <= entries.Length; size++)
        {
            edge.Append(TreeHash.OfLeaf(entries[size - 1]));
            Assert.Equal(size, edge.Size);
            Assert.Equal(Naive.Root(entries.AsSpan(0, size)), edge.Root());
        }
    }

    [Fact]
    public void Goes_on_where_it_was_saved() =>
        Gen.Select(Gen.Int[0, 600], Gen.Int[0, 300])
            .Sample(
                (before, after) =>
                {
                    var leaves = Naive.Leaves(before + after);
                    var edge = new CompactRange();
                    Append(edge, leaves.AsSpan(0, before));
                    var restored = CompactRange.Restore(edge.Save());
                    Append(restored, leaves.AsSpan(before));
                    return restored.Size == leaves.Length
                        && restored.Root() == new MemoryTree(leaves).Root()
                        && CompactRange.Restore(restored.Save()).Save().AsSpan().SequenceEqual(restored.Save());
                },
                iter: 200
            );

    [Fact]
    public void Is_saved_as_its_size_and_the_widest_subtree_first()
    {
        var leaves = Naive.Leaves(3);
        var edge = new CompactRange();
        Append(edge, leaves);
        byte[] expected =
        [
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            3,
            .. TreeHash.OfNode(leaves[0], leaves[1]).ToArray(),
            .. leaves[2].ToArray(),
        ];
        Assert.Equal(expected, edge.Save());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000")]
    [InlineData("ffffffffffffffff")] // a negative size
    [InlineData("0000000000000001")] // one hash short
    [InlineData("000000000000000000")] // one byte too many
    public void Refuses_what_was_not_saved(string hex) =>
        Faults.Expect(LedgerFault.Malformed, () => CompactRange.Restore(Convert.FromHexString(hex)));

    private static void Append(CompactRange edge, ReadOnlySpan<TreeHash> leaves)
    {
        foreach (ref readonly var leaf in leaves)
        {
            edge.Append(leaf);
        }
    }
}
