using System.Collections.Immutable;
using System.Text.Json;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Trees;

/// <summary>The 518 proofs of the transparency-dev project, nearly all of which a verifier must refuse.</summary>
/// <remarks>
/// Their numbers have 64 bits, ours 63: what does not fit arrives negative and must be refused as such. A hash of another
/// length than 32 cannot even be held; where a vector says <c>don't care</c> for one, the hash of these words stands in.
/// </remarks>
public sealed class Published_proof_vectors
{
    [Fact]
    public void Of_inclusion_are_all_judged_alike() =>
        All(
            "inclusion.jsonl",
            98,
            v =>
                Hash(v, "leafHash") is { } leaf
                && Hash(v, "root") is { } root
                && Proof(v) is { } proof
                && new InclusionProof(Number(v, "leafIdx"), Number(v, "treeSize"), proof).Proves(leaf, root)
        );

    [Fact]
    public void Of_consistency_are_all_judged_alike() =>
        All(
            "consistency.jsonl",
            98,
            v =>
                Hash(v, "root1") is { } from
                && Hash(v, "root2") is { } to
                && Proof(v) is { } proof
                && new ConsistencyProof(Number(v, "size1"), Number(v, "size2"), proof).Proves(from, to)
        );

    [Fact]
    public void Of_inclusion_in_a_subtree_are_all_judged_alike() =>
        All(
            "subtreeinclusion.jsonl",
            204,
            v =>
                Hash(v, "leafHash") is { } leaf
                && Hash(v, "root") is { } root
                && Proof(v) is { } proof
                && SubtreeProof.Includes(
                    Number(v, "leafIdx"),
                    Number(v, "start"),
                    Number(v, "end"),
                    proof.AsSpan(),
                    leaf,
                    root
                )
        );

    [Fact]
    public void Of_consistency_with_a_subtree_are_all_judged_alike() =>
        All(
            "subtreeconsistency.jsonl",
            118,
            v =>
                Hash(v, "root1") is { } subtree
                && Hash(v, "root2") is { } root
                && Proof(v) is { } proof
                && SubtreeProof.IsConsistent(
                    Number(v, "start"),
                    Number(v, "end"),
                    Number(v, "size"),
                    proof.AsSpan(),
                    subtree,
                    root
                )
        );

    private static void All(string file, int count, Func<JsonElement, bool> accepts)
    {
        var vectors = Corpus.JsonLines("merkle-proof-vectors", file);
        Assert.Equal(count, vectors.Count);
        Assert.Empty(
            vectors
                .Where(v => accepts(v) == v.GetProperty("wantErr").GetBoolean())
                .Select(v =>
                    $"{v.GetProperty("source")} wants {(v.GetProperty("wantErr").GetBoolean() ? "refusal" : "acceptance")}"
                )
        );
    }

    private static long Number(JsonElement vector, string name) =>
        unchecked((long)vector.GetProperty(name).GetUInt64());

    private static TreeHash? Hash(JsonElement vector, string name) => Hash(vector.GetProperty(name));

    private static TreeHash? Hash(JsonElement value)
    {
        var bytes = value.ValueKind == JsonValueKind.Null ? [] : value.GetBytesFromBase64();
        return bytes.AsSpan().StartsWith("don't care"u8) ? TreeHash.OfLeaf(bytes)
            : TreeHash.TryRead(bytes, out var hash) ? hash
            : null;
    }

    private static ImmutableArray<TreeHash>? Proof(JsonElement vector)
    {
        var proof = vector.GetProperty("proof");
        TreeHash?[] hashes = proof.ValueKind == JsonValueKind.Null ? [] : [.. proof.EnumerateArray().Select(Hash)];
        return hashes.All(hash => hash is not null) ? [.. hashes.Select(hash => hash!.Value)] : null;
    }
}
