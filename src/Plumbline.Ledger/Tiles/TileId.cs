namespace Plumbline.Ledger.Tiles;

/// <summary>Names one tile: 256 neighbouring hashes, or as many entries, and fewer at the tree's right edge.</summary>
/// <remarks>
/// C2SP tlog-tiles, "Merkle Tree". The hashes of level L are the roots of complete subtrees of 256^L leaves; what is
/// incomplete is in no tile. A tree of size s has floor(s / 256^L) hashes on level L. Paths:
/// <code>
/// tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]        hashes; N in groups of three digits, all but the last with an x: x001/x234/067
/// tile/entries/&lt;N&gt;[.p/&lt;W&gt;]    entries
/// </code>
/// </remarks>
/// <param name="Level">0 to 7, or <see cref="EntriesLevel"/>.</param>
/// <param name="Index">Counted from the left, within the level.</param>
/// <param name="Width">1 to 256; a tile below 256 is partial and will be replaced by a wider one.</param>
public readonly record struct TileId(int Level, long Index, int Width)
{
    /// <summary>Hashes or entries in a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>The tree's rows that one level of tiles spans.</summary>
    internal const int Rows = 8;

    /// <summary>Sizes are below 2^63, so no tree has more levels.</summary>
    internal const int Levels = 8;

    /// <summary>The level of entry bundles.</summary>
    public const int EntriesLevel = -1;

    public bool IsPartial => Width < FullWidth;

    /// <summary>Where the tile lies under a log's prefix.</summary>
    public string Path
    {
        get
        {
            var name = $"{Index % 1000:D3}";
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
            {
                name = $"x{rest % 1000:D3}/{name}";
            }

            var level = Level == EntriesLevel ? "entries" : $"{Level}";
            return IsPartial ? $"tile/{level}/{name}.p/{Width}" : $"tile/{level}/{name}";
        }
    }

    /// <summary>All tiles of hashes that a tree of this size has, the lowest level first.</summary>
    public static IEnumerable<TileId> OfTree(long size)
    {
        for (var level = 0; size > 0; level++, size >>= Rows)
        {
            foreach (var tile in Row(level, size))
            {
                yield return tile;
            }
        }
    }

    /// <summary>All bundles of entries that a log of this size has.</summary>
    public static IEnumerable<TileId> OfEntries(long size) => Row(EntriesLevel, size);

    public override string ToString() => Path;

    /// <summary>The tile that holds the <paramref name="index"/>-th of a level's <paramref name="count"/> hashes.</summary>
    internal static TileId Holding(int level, long index, long count)
    {
        var tile = index / FullWidth;
        return new TileId(level, tile, (int)Math.Min(FullWidth, count - tile * FullWidth));
    }

    private static IEnumerable<TileId> Row(int level, long count)
    {
        for (long start = 0; start < count; start += FullWidth)
        {
            yield return Holding(level, start, count);
        }
    }
}

/// <summary>Gives the stored bytes of a tile or bundle, or null where there are none.</summary>
/// <remarks>
/// For a partial tile a wider one may be given instead: it begins with the same hashes. The caller owns the place, so what
/// it throws passes through.
/// </remarks>
public delegate byte[]? TileReader(TileId tile);
