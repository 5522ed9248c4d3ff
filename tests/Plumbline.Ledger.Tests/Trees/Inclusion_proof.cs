using System.Collections.Immutable;
using CsCheck;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Trees;

public sealed class Inclusion_proof
{
    private const int Most = 70;

    private static readonly TreeHash[] Leaves = Naive.Leaves(Most);
    private static readonly MemoryTree Tree = new(Leaves);

    [Fact]
    public void Of_every_leaf_in_every_size_holds()
    {
        for (var size = 1; size <= Most; size++)
        {
            for (var index = 0; index < size; index++)
            {
                Assert.True(
                    Tree.ProveInclusion(index, size).Proves(Leaves[index], Tree.RootAt(size)),
                    $"{index} in {size}"
                );
            }
        }
    }

    [Fact]
    public void Holds_for_no_other_leaf_index_size_or_root()
    {
        for (var size = 1; size <= Most; size++)
        {
            var root = Tree.RootAt(size);
            for (var index = 0; index < size; index++)
            {
                var proof = Tree.ProveInclusion(index, size);
                for (var other = 0; other < size; other++)
                {
                    Assert.Equal(other == index, proof.Proves(Leaves[other], root));
                    Assert.Equal(other == index, (proof with { Index = other }).Proves(Leaves[index], root));
                }

                Assert.False(proof.Proves(Leaves[index], Tree.RootAt(size % Most + 1)));
                foreach (var impossible in (long[])[-1, size, long.MaxValue, long.MinValue])
                {
                    Assert.False((proof with { Index = impossible }).Proves(Leaves[index], root));
                    Assert.False((proof with { Size = impossible - size }).Proves(Leaves[index], root));
                }
            }
        }
    }

    [Fact]
    public void With_any_bit_changed_a_hash_more_or_a_hash_less_does_not_hold() =>
        Gen.Int[1, Most]
            .SelectMany(size => Gen.Select(Gen.Const(size), Gen.Int[0, size - 1], Gen.Int[0, 255], Gen.Int[0, 6]))
            .Sample(
                (size, index, bit, place) =>
                {
                    var (proof, root) = (Tree.ProveInclusion(index, size), Tree.RootAt(size));
                    var hashes = proof.Hashes;
                    place = hashes.IsEmpty ? 0 : place % hashes.Length;
                    return !Holds(hashes.Insert(place, Leaves[bit % Most]))
                        && !Holds(hashes.Add(hashes.IsEmpty ? root : hashes[^1]))
                        && (hashes.IsEmpty || !Holds(hashes.RemoveAt(place)))
                        && (hashes.IsEmpty || !Holds(hashes.SetItem(place, Flip(hashes[place], bit))))
                        && !proof.Proves(Flip(Leaves[index], bit), root)
                        && !proof.Proves(Leaves[index], Flip(root, bit));

                    bool Holds(ImmutableArray<TreeHash> changed) =>
                        (proof with { Hashes = changed }).Proves(Leaves[index], root);
                },
                iter: 5_000
            );

    [Fact]
    public void Of_a_leaf_that_is_not_there_cannot_be_asked_for()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveInclusion(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveInclusion(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveInclusion(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveInclusion(0, Most + 1));
    }

    internal static TreeHash Flip(TreeHash hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8] ^= (byte)(1 << bit % 8);
        return TreeHash.Read(bytes);
    }
}
