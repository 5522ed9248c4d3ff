using System.Collections.Immutable;

namespace Plumbline.Ledger.Trees;

/// <summary>Says that the tree of <paramref name="To"/> leaves begins with the tree of <paramref name="From"/> leaves.</summary>
/// <param name="Hashes">In the order of RFC 6962, section 2.1.2.</param>
public sealed record ConsistencyProof(long From, long To, ImmutableArray<TreeHash> Hashes)
{
    /// <summary>Whether the proof holds between these two roots.</summary>
    /// <remarks>
    /// False for every pair of sizes or number of hashes that cannot be. Size 0 is refused too: a proof from the empty tree
    /// says nothing, so that rule belongs to who may accept a log's first head (a log at its birth, a witness).
    /// </remarks>
    public bool Proves(TreeHash fromRoot, TreeHash toRoot) =>
        From > 0 && SubtreeProof.IsConsistent(start: 0, end: From, size: To, Hashes.AsSpan(), fromRoot, toRoot);
}
