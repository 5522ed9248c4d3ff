using Plumbline.Core.Assessments;
using Plumbline.Ledger.Trees;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>The entry that an assessment is in the log: commitments, counts and the few blobs from which all others are reached.</summary>
/// <remarks>
/// The members of <see cref="LeafHead"/>, of the type <c>plumbline.dev/assessment/v1</c>, and <c>assessment</c>:
/// <code>
/// {"counts": counts, "statement": "sha256:…", "tables": {"root": base64, "size"}}
///
/// observed   when the snapshot was read
/// blobs      observation, identity, statement, salts, then the pieces of each index
/// </code>
/// <c>statement</c> is the salted digest of the statement, <c>pt</c> of its blob: SHA-256(02 │ salt │ statement).
/// </remarks>
public sealed record AssessmentLeaf
{
    public const string Type = "plumbline.dev/assessment/v1";

    private const string Member = "assessment";

    public required LeafHead Head { get; init; }

    /// <summary>Salted digest of the statement.</summary>
    public required string Statement { get; init; }

    /// <summary>Root of the tree over the verdict tables.</summary>
    public required TreeHash TablesRoot { get; init; }

    /// <summary>Chunks in that tree.</summary>
    public required long TablesSize { get; init; }

    public required AssessmentCounts Counts { get; init; }

    internal byte[] ToBytes() =>
        Head.ToBytes(
            Type,
            Member,
            new ObjectBuilder
            {
                ["counts"] = StoredCounts.ToValue(Counts),
                ["statement"] = Statement,
                ["tables"] = new ObjectBuilder { ["root"] = TablesRoot.ToBase64(), ["size"] = TablesSize }.ToValue(),
            }.ToValue()
        );

    /// <exception cref="FormatException">The bytes are no leaf of an assessment.</exception>
    public static AssessmentLeaf Parse(ReadOnlySpan<byte> utf8)
    {
        var leaf = StoredObject.Parse(utf8, "leaf");
        var head = LeafHead.Read(leaf, Type);
        var assessment = leaf.Inner(Member);
        var tables = assessment.Inner("tables");
        return new AssessmentLeaf
        {
            Head = head,
            Statement = assessment.Digest("statement"),
            TablesRoot = ReadRoot(tables),
            TablesSize = tables.Count("size"),
            Counts = StoredCounts.Read(assessment.Inner("counts")),
        };
    }

    private static TreeHash ReadRoot(StoredObject tables)
    {
        Span<byte> root = stackalloc byte[TreeHash.Size];
        return
            Convert.TryFromBase64String(tables.Text("root"), root, out var length)
            && TreeHash.TryRead(root[..length], out var hash)
            ? hash
            : throw tables.Expected("root", "32 bytes in base64");
    }
}
