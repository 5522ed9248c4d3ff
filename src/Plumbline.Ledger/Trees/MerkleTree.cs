using System.Collections.Immutable;
using System.Numerics;

namespace Plumbline.Ledger.Trees;

/// <summary>A tree of RFC 6962 whose complete nodes can be read: gives roots of all its past sizes, and proofs.</summary>
/// <remarks>
/// The hashes are taken as they are read. Who did not compute them himself compares <see cref="Root"/> with a signed one,
/// or lets the proof prove itself against it.
/// </remarks>
public abstract class MerkleTree
{
    private protected MerkleTree(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Size = size;
    }

    /// <summary>The number of leaves.</summary>
    public long Size { get; }

    public TreeHash Root() => RootAt(Size);

    /// <summary>The root of the tree when it had <paramref name="size"/> leaves.</summary>
    public TreeHash RootAt(long size) => EdgeAt(size).Root();

    /// <summary>The right edge of the tree when it had <paramref name="size"/> leaves, to append others than followed.</summary>
    public CompactRange EdgeAt(long size)
    {
        CheckSize(size, least: 0);
        return CompactRange.Of(size, Node);
    }

    /// <summary>Shows that the leaf at <paramref name="index"/> is in the tree of the first <paramref name="size"/> leaves.</summary>
    /// <remarks>RFC 6962, section 2.1.1: PATH(index, D[0:size]).</remarks>
    public InclusionProof ProveInclusion(long index, long size)
    {
        CheckSize(size, least: 1);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var hashes = ImmutableArray.CreateBuilder<TreeHash>();
        Path(index, 0, size, hashes);
        return new InclusionProof(index, size, hashes.ToImmutable());
    }

    /// <summary>Shows that the first <paramref name="to"/> leaves begin with the first <paramref name="from"/>.</summary>
    /// <remarks>
    /// RFC 6962, section 2.1.2: PROOF(from, D[0:to]). There is no proof from size 0: every tree begins with the empty one,
    /// so it would prove nothing; who accepts that start says so himself.
    /// </remarks>
    public ConsistencyProof ProveConsistency(long from, long to)
    {
        CheckSize(to, least: 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var hashes = ImmutableArray.CreateBuilder<TreeHash>();
        Subproof(from, 0, to, fromIsWhole: true, hashes);
        return new ConsistencyProof(from, to, hashes.ToImmutable());
    }

    /// <summary>The root of the complete subtree of 2^<paramref name="height"/> leaves, the <paramref name="index"/>-th of its height.</summary>
    /// <remarks>Asked only for subtrees that lie wholly inside <see cref="Size"/>.</remarks>
    private protected abstract TreeHash Node(int height, long index);

    private void Path(long index, long start, long end, ImmutableArray<TreeHash>.Builder hashes)
    {
        if (end - start == 1)
        {
            return;
        }

        var middle = start + LeftWidth(end - start);
        if (index < middle)
        {
            Path(index, start, middle, hashes);
            hashes.Add(Range(middle, end));
        }
        else
        {
            Path(index, middle, end, hashes);
            hashes.Add(Range(start, middle));
        }
    }

    /// <param name="fromIsWhole">The verifier knows the root of D[start:from]: it need not be told.</param>
    private void Subproof(long from, long start, long end, bool fromIsWhole, ImmutableArray<TreeHash>.Builder hashes)
    {
        if (from == end)
        {
            if (!fromIsWhole)
            {
                hashes.Add(Range(start, end));
            }

            return;
        }

        var middle = start + LeftWidth(end - start);
        if (from <= middle)
        {
            Subproof(from, start, middle, fromIsWhole, hashes);
            hashes.Add(Range(middle, end));
        }
        else
        {
            Subproof(from, middle, end, fromIsWhole: false, hashes);
            hashes.Add(Range(start, middle));
        }
    }

    /// <summary>MTH(D[start:end]), where <paramref name="start"/> is a multiple of the next power of two.</summary>
    private TreeHash Range(long start, long end)
    {
        var width = end - start;
        if (BitOperations.IsPow2(width))
        {
            var height = BitOperations.Log2((ulong)width);
            return Node(height, start >> height);
        }

        var middle = start + LeftWidth(width);
        return TreeHash.OfNode(Range(start, middle), Range(middle, end));
    }

    /// <summary>The largest power of two that is smaller than <paramref name="width"/>: where RFC 6962 splits a tree.</summary>
    private static long LeftWidth(long width) => 1L << BitOperations.Log2((ulong)width - 1);

    private void CheckSize(long size, long least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
    }
}
