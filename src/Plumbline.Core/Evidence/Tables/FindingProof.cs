using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Ledger.Trees;

namespace Plumbline.Core.Evidence.Tables;

/// <summary>Shows that an assessment said this of one resource, to somebody who holds nothing but the leaf.</summary>
/// <remarks>
/// It discloses the keys of the chunk that the resource is in, 4,096 at most, and what the instance said of each. How the leaf is
/// in the log is another proof (docs/formats/tree.md).
/// </remarks>
public sealed record FindingProof
{
    /// <summary>Id of the check, and name of its parameter set.</summary>
    public required string Check { get; init; }

    /// <inheritdoc cref="Check"/>
    public required string Instance { get; init; }

    public required ResourceKey Resource { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The chunk that has the resource's key.</summary>
    public required ChunkProof Keys { get; init; }

    /// <summary>The chunk that has the verdict.</summary>
    public required ChunkProof Vector { get; init; }

    /// <summary>The chunk that has the reasons; null where there are none.</summary>
    public ChunkProof? Rows { get; init; }

    /// <summary>Checks the proof against what the leaf says of its tables.</summary>
    /// <param name="fault">What does not hold; empty where all does.</param>
    public bool Holds(TreeHash root, long size, out string fault)
    {
        try
        {
            fault = FaultOf(root, size) ?? "";
        }
        catch (FormatException e)
        {
            fault = e.Message;
        }

        return fault.Length == 0;
    }

    private string? FaultOf(TreeHash root, long size)
    {
        foreach (var proof in new[] { Keys, Vector, Rows }.OfType<ChunkProof>())
        {
            if (!proof.Proves(root, size))
            {
                return $"expected a path to the root {root} of {size} chunks, got another";
            }
        }

        var vector = TableChunk.Parse(Vector.Chunk);
        if (vector.Kind != TableChunkKind.Vector || !IsOfInstance(vector))
        {
            return $"expected a vector of `{Check}`, `{Instance}`, got {vector.Name}";
        }

        var keys = TableChunk.Parse(Keys.Chunk);
        var index = keys.Kind == TableChunkKind.Keys ? keys.IndexOf(Resource) : -1;
        if (index < 0 || index >= vector.Count || keys.Count != vector.Count)
        {
            return $"expected the key `{Resource}` among {vector.Count} of the chunk, got none";
        }

        return vector.VerdictAt(index) == Verdict
            ? FaultOfRows()
            : $"expected the verdict {Words<Verdict>.Of(Verdict)}, got {Words<Verdict>.Of(vector.VerdictAt(index))}";
    }

    private string? FaultOfRows()
    {
        if (Rows is null)
        {
            return null;
        }

        var rows = TableChunk.Parse(Rows.Chunk);
        return
            rows.Kind == TableChunkKind.Rows
            && IsOfInstance(rows)
            && rows.ReadRows().Any(r => FindingRow.ReadKey(r) == Resource && r.Word<Verdict>("verdict") == Verdict)
            ? null
            : $"expected a row of `{Check}`, `{Instance}` on `{Resource}`, got {rows.Name}";
    }

    private bool IsOfInstance(TableChunk chunk) =>
        chunk.Check == Check && chunk.Instance == Instance && chunk.Keys == ContentDigest.Of(Keys.Chunk.Span);
}
