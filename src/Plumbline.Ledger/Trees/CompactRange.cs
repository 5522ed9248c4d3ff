using System.Buffers.Binary;
using System.Numerics;

namespace Plumbline.Ledger.Trees;

/// <summary>The right edge of a growing tree: all that is needed to append leaves and to know the root.</summary>
/// <remarks>
/// <para>Holds the root of one complete subtree for every bit of <see cref="Size"/>, at most 63.</para>
/// <para>Saved form:</para>
/// <code>
/// 8 bytes      size, big-endian, below 2^63
/// 32 bytes     per bit that is set in the size: the subtree's root, the widest subtree (the leftmost) first
/// </code>
/// </remarks>
public sealed class CompactRange
{
    private const int SizeBytes = sizeof(long);

    /// <summary>By height; meaningful where <see cref="Size"/> has that bit.</summary>
    private readonly TreeHash[] subtrees = new TreeHash[63];

    /// <summary>How many leaves have been appended.</summary>
    public long Size { get; private set; }

    /// <summary>The root over all leaves so far; costs at most 62 hashes.</summary>
    public TreeHash Root() => FoldOnto(null) ?? TreeHash.Empty;

    /// <summary>Appends one leaf; one node is hashed per leaf on average.</summary>
    public void Append(in TreeHash leaf)
    {
        var node = leaf;
        var height = 0;
        for (; (Size >> height & 1) == 1; height++)
        {
            node = TreeHash.OfNode(subtrees[height], node);
        }

        subtrees[height] = node;
        Size = checked(Size + 1);
    }

    public byte[] Save()
    {
        var saved = new byte[SizeBytes + BitOperations.PopCount((ulong)Size) * TreeHash.Size];
        BinaryPrimitives.WriteInt64BigEndian(saved, Size);
        var end = saved.Length;
        for (var rest = Size; rest != 0; rest &= rest - 1)
        {
            end -= TreeHash.Size;
            subtrees[BitOperations.TrailingZeroCount(rest)].CopyTo(saved.AsSpan(end));
        }

        return saved;
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="LedgerException">The size is negative, or the length is not the one that it demands.</exception>
    public static CompactRange Restore(ReadOnlySpan<byte> saved)
    {
        if (saved.Length < SizeBytes || BinaryPrimitives.ReadInt64BigEndian(saved) is not (>= 0 and var size))
        {
            throw LedgerException.Malformed("a saved right edge starts with its size: 8 bytes, below 2^63");
        }

        var count = BitOperations.PopCount((ulong)size);
        if (saved.Length != SizeBytes + count * TreeHash.Size)
        {
            throw LedgerException.Malformed(
                $"a right edge of size {size} has {count} hashes in {SizeBytes + count * TreeHash.Size} bytes, got {saved.Length}"
            );
        }

        var edge = new CompactRange { Size = size };
        var end = saved.Length;
        for (var rest = size; rest != 0; rest &= rest - 1)
        {
            end -= TreeHash.Size;
            edge.subtrees[BitOperations.TrailingZeroCount(rest)] = TreeHash.Read(saved.Slice(end, TreeHash.Size));
        }

        return edge;
    }

    /// <summary>The edge of the first <paramref name="size"/> leaves of a tree that is already there.</summary>
    internal static CompactRange Of(long size, Func<int, long, TreeHash> node)
    {
        var edge = new CompactRange { Size = size };
        for (var rest = size; rest != 0; rest &= rest - 1)
        {
            var height = BitOperations.TrailingZeroCount(rest);
            edge.subtrees[height] = node(height, (size >> height) - 1);
        }

        return edge;
    }

    /// <summary>Hashes the subtrees, from the narrowest on, onto what lies to their right.</summary>
    internal TreeHash? FoldOnto(TreeHash? right)
    {
        for (var rest = Size; rest != 0; rest &= rest - 1)
        {
            var left = subtrees[BitOperations.TrailingZeroCount(rest)];
            right = right is { } hash ? TreeHash.OfNode(left, hash) : left;
        }

        return right;
    }
}
