using System.Numerics;

namespace Plumbline.Ledger.Trees;

/// <summary>Verifies the proofs of RFC 9162 against any subtree D[start:end], of which a tree's beginning is the case 0.</summary>
/// <remarks>
/// RFC 9162, sections 2.1.3.2 and 2.1.4.2, in the general form of draft-ietf-plants-merkle-tree-certs, section 4. All
/// arguments may come from strangers: what cannot be is refused, nothing throws.
/// </remarks>
internal static class SubtreeProof
{
    public static bool Includes(
        long index,
        long start,
        long end,
        ReadOnlySpan<TreeHash> proof,
        TreeHash leaf,
        TreeHash root
    )
    {
        if (!IsSubtree(start, end) || index < start || index >= end)
        {
            return false;
        }

        var node = index - start; // of the path, counted in its row
        var last = end - start - 1; // of that row
        var hash = leaf;
        foreach (ref readonly var sibling in proof)
        {
            if (last == 0)
            {
                return false; // already at the root: too many hashes
            }

            if (IsOdd(node) || node == last)
            {
                hash = TreeHash.OfNode(sibling, hash);
                while (!IsOdd(node) && node != 0)
                {
                    node >>= 1; // a last node without sibling stands for its parent
                    last >>= 1;
                }
            }
            else
            {
                hash = TreeHash.OfNode(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <param name="proof">Shows that D[start:end] is in D[0:size].</param>
    /// <param name="subtree">MTH(D[start:end])</param>
    /// <param name="root">MTH(D[0:size])</param>
    public static bool IsConsistent(
        long start,
        long end,
        long size,
        ReadOnlySpan<TreeHash> proof,
        TreeHash subtree,
        TreeHash root
    )
    {
        if (!IsSubtree(start, end) || end > size)
        {
            return false;
        }

        if (start == end)
        {
            return proof.IsEmpty && subtree == TreeHash.Empty; // no leaves are part of every tree
        }

        var (first, last, rightmost) = (start, end - 1, size - 1);
        while (first != last && (last == rightmost || IsOdd(last)))
        {
            Climb(ref first, ref last, ref rightmost); // up to the widest complete node that ends with the subtree
        }

        var known = first == last; // the subtree is one node of the tree: the proof starts above it
        if (!known && proof.IsEmpty)
        {
            return false;
        }

        var inSubtree = known ? subtree : proof[0];
        var inTree = inSubtree;
        foreach (ref readonly var sibling in known ? proof : proof[1..])
        {
            if (rightmost == 0)
            {
                return false; // already at the root: too many hashes
            }

            if (IsOdd(last) || last == rightmost)
            {
                if (first < last)
                {
                    inSubtree = TreeHash.OfNode(sibling, inSubtree);
                }

                inTree = TreeHash.OfNode(sibling, inTree);
                while (!IsOdd(last))
                {
                    Climb(ref first, ref last, ref rightmost);
                }
            }
            else
            {
                inTree = TreeHash.OfNode(inTree, sibling);
            }

            Climb(ref first, ref last, ref rightmost);
        }

        return rightmost == 0 && inSubtree == subtree && inTree == root;
    }

    /// <summary>Whether D[start:end] is a node's range, or the beginning of one.</summary>
    private static bool IsSubtree(long start, long end) =>
        start >= 0
        && end >= start
        && (ulong)start % BitOperations.RoundUpToPowerOf2((ulong)Math.Max(end - start, 1)) == 0;

    private static bool IsOdd(long value) => (value & 1) == 1;

    private static void Climb(ref long first, ref long last, ref long rightmost)
    {
        first >>= 1;
        last >>= 1;
        rightmost >>= 1;
    }
}
