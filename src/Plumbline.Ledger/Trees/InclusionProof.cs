using System.Collections.Immutable;

namespace Plumbline.Ledger.Trees;

/// <summary>Says that a leaf stands at <paramref name="Index"/> of the tree of <paramref name="Size"/> leaves.</summary>
/// <param name="Hashes">From the leaf's sibling up to a child of the root (RFC 6962, section 2.1.1).</param>
public sealed record InclusionProof(long Index, long Size, ImmutableArray<TreeHash> Hashes)
{
    /// <summary>Whether the proof leads from this leaf to this root.</summary>
    /// <remarks>False for every index, size or number of hashes that cannot be; costs a hash per step.</remarks>
    public bool Proves(TreeHash leaf, TreeHash root) =>
        SubtreeProof.Includes(Index, start: 0, end: Size, Hashes.AsSpan(), leaf, root);
}
