using System.Collections.Immutable;
using CsCheck;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Trees;

public sealed class Consistency_proof
{
    private const int Most = 70;

    private static readonly MemoryTree Tree = new(Naive.Leaves(Most));

    [Fact]
    public void Between_all_pairs_of_sizes_holds_and_only_between_them()
    {
        for (var to = 1; to <= Most; to++)
        {
            for (var from = 1; from <= to; from++)
            {
                var proof = Tree.ProveConsistency(from, to);
                var (fromRoot, toRoot) = (Tree.RootAt(from), Tree.RootAt(to));
                Assert.True(proof.Proves(fromRoot, toRoot), $"{from} to {to}");
                Assert.Equal(from == to, proof.Proves(toRoot, fromRoot));
                Assert.False(proof.Proves(Tree.RootAt(from - 1), toRoot));
                Assert.False(proof.Proves(fromRoot, Tree.RootAt(to - 1)));
                Assert.False((proof with { From = to + 1 }).Proves(fromRoot, toRoot));
                Assert.False((proof with { From = 0 }).Proves(TreeHash.Empty, toRoot));
                Assert.False((proof with { From = -from }).Proves(fromRoot, toRoot));
                Assert.False((proof with { To = -to }).Proves(fromRoot, toRoot));
                Assert.False((proof with { To = long.MaxValue }).Proves(fromRoot, toRoot));
            }
        }
    }

    [Fact]
    public void With_any_bit_changed_a_hash_more_or_a_hash_less_does_not_hold() =>
        Gen.Int[1, Most]
            .SelectMany(to => Gen.Select(Gen.Int[1, to], Gen.Const(to), Gen.Int[0, 255], Gen.Int[0, 7]))
            .Sample(
                (from, to, bit, place) =>
                {
                    var proof = Tree.ProveConsistency(from, to);
                    var (fromRoot, toRoot) = (Tree.RootAt(from), Tree.RootAt(to));
                    var hashes = proof.Hashes;
                    place = hashes.IsEmpty ? 0 : place % hashes.Length;
                    return !Holds(hashes.Insert(place, Tree.RootAt(1 + bit % Most)))
                        && !Holds(hashes.Add(hashes.IsEmpty ? toRoot : hashes[^1]))
                        && (hashes.IsEmpty || !Holds(hashes.RemoveAt(place)))
                        && (hashes.IsEmpty || !Holds(hashes.SetItem(place, Inclusion_proof.Flip(hashes[place], bit))))
                        && !proof.Proves(Inclusion_proof.Flip(fromRoot, bit), toRoot)
                        && !proof.Proves(fromRoot, Inclusion_proof.Flip(toRoot, bit));

                    bool Holds(ImmutableArray<TreeHash> changed) =>
                        (proof with { Hashes = changed }).Proves(fromRoot, toRoot);
                },
                iter: 5_000
            );

    [Fact]
    public void From_the_empty_tree_says_nothing_and_is_refused()
    {
        Assert.False(new ConsistencyProof(0, 0, []).Proves(TreeHash.Empty, TreeHash.Empty));
        Assert.False(new ConsistencyProof(0, 5, []).Proves(TreeHash.Empty, Tree.RootAt(5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveConsistency(0, 5));
    }

    [Fact]
    public void To_a_smaller_or_an_unknown_size_cannot_be_asked_for()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveConsistency(6, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveConsistency(5, Most + 1));
    }
}
