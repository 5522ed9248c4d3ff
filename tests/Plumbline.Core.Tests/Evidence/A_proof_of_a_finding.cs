using System.Collections.Immutable;
using Plumbline.Core.Evidence.Tables;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Tests.Evidence;

public sealed class A_proof_of_a_finding
{
    private static readonly ImmutableArray<TableChunk> Chunks = Verdict_tables.ChunksOf(
        SampleEstate.Assess(SampleEstate.Input()).Findings
    );

    private static readonly TableTree Tree = new(
        [.. Enumerable.Repeat((byte)7, TableTree.SeedSize)],
        [.. Chunks.Select(c => c.Bytes)]
    );

    [Fact]
    public void Holds_for_root_and_size_and_for_no_others()
    {
        var proof = Proof();

        Assert.True(proof.Holds(Tree.Root, Tree.Size, out _));
        Assert.False(proof.Holds(Tree.Root, Tree.Size - 1, out _));
        Assert.False(proof.Holds(Ledger.Trees.TreeHash.Empty, Tree.Size, out _));
    }

    [Fact]
    public void Holds_for_its_verdict_alone()
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            Assert.Equal(verdict == Verdict.Fail, Holds(Proof() with { Verdict = verdict, Rows = null }));
        }
    }

    [Fact]
    public void Holds_for_its_own_resource_and_instance_alone()
    {
        Assert.False(Holds(Proof() with { Resource = Key("api"), Rows = null }));
        Assert.False(Holds(Proof() with { Resource = Key("nobody") }));
        Assert.False(Holds(Proof() with { Check = "limits" }));
        Assert.False(Holds(Proof() with { Instance = "prod" }));
    }

    [Fact]
    public void Does_not_hold_when_a_chunk_stands_for_another()
    {
        Assert.False(Holds(Proof() with { Keys = ProofOf("keys of k8s//Pod") }));
        Assert.False(Holds(Proof() with { Vector = ProofOf("vector of privileged on k8s//Pod") }));
        Assert.False(Holds(Proof() with { Rows = ProofOf("rows of limits on k8s/apps/Deployment") }));
        Assert.False(Holds(Proof() with { Rows = ProofOf("keys of k8s//Pod") }));
    }

    [Fact]
    public void Does_not_hold_when_any_byte_of_it_is_changed()
    {
        foreach (var part in new[] { Proof().Keys, Proof().Vector, Proof().Rows! })
        {
            for (var i = 0; i < part.Chunk.Length; i++)
            {
                Assert.False((part with { Chunk = Flipped(part.Chunk, i) }).Proves(Tree.Root, Tree.Size));
            }

            for (var i = 0; i < part.Salt.Length; i++)
            {
                Assert.False((part with { Salt = Flipped(part.Salt, i) }).Proves(Tree.Root, Tree.Size));
            }
        }
    }

    [Fact]
    public void Has_a_salt_for_each_chunk() =>
        Assert.Equal(
            Chunks.Length,
            Chunks.Select((c, i) => Convert.ToHexString(Tree.Prove(i, c.Bytes).Salt.Span)).Distinct().Count()
        );

    private static bool Holds(FindingProof proof) => proof.Holds(Tree.Root, Tree.Size, out _);

    private static FindingProof Proof() =>
        new()
        {
            Check = "privileged",
            Instance = "default",
            Resource = Key("web"),
            Verdict = Verdict.Fail,
            Keys = ProofOf("keys of k8s/apps/Deployment"),
            Vector = ProofOf("vector of privileged on k8s/apps/Deployment"),
            Rows = ProofOf("rows of privileged on k8s/apps/Deployment"),
        };

    private static ChunkProof ProofOf(string name)
    {
        var index = Chunks.IndexOf(Chunks.First(c => c.Name == name));
        return Tree.Prove(index, Chunks[index].Bytes);
    }

    private static ResourceKey Key(string name) => ResourceKey.Of(SampleEstate.Realm, SampleEstate.Deployment, name);

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes, int index)
    {
        var flipped = bytes.ToArray();
        flipped[index] ^= 1;
        return flipped;
    }
}
