using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tiles;

/// <summary>A tree that grows leaf by leaf and is kept as tiles: its whole state is the partial tiles of its right edge.</summary>
/// <remarks>
/// One writer's use: open at the stored size, append, store <see cref="TakeFullTiles"/> and <see cref="PartialTiles"/> with
/// the new size in one transaction. Every node is hashed once. Not safe for several threads.
/// </remarks>
public sealed class GrowingTree
{
    private readonly Level[] levels = [.. Enumerable.Range(0, TileId.Levels).Select(level => new Level(level))];
    private readonly List<Tile> full = [];

    public long Size { get; private set; }

    /// <summary>Takes up a tree of this size from its stored right edge, at most eight tiles; size 0 reads none.</summary>
    /// <exception cref="LedgerException">A tile is missing or has not the length that the size demands.</exception>
    public static GrowingTree Open(long size, TileReader read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var tree = new GrowingTree { Size = size };
        foreach (var level in tree.levels)
        {
            level.Open(size >> level.Number * TileId.Rows, read);
        }

        return tree;
    }

    public void Append(in TreeHash leaf)
    {
        var hash = leaf;
        foreach (var level in levels)
        {
            if (!level.Append(ref hash, full))
            {
                break;
            }
        }

        Size++;
    }

    public TreeHash Root()
    {
        TreeHash? right = null;
        foreach (var level in levels)
        {
            right = level.Edge.FoldOnto(right);
        }

        return right ?? TreeHash.Empty;
    }

    /// <summary>The tiles that became full since the last call; they never change again.</summary>
    public IReadOnlyList<Tile> TakeFullTiles()
    {
        Tile[] taken = [.. full];
        full.Clear();
        return taken;
    }

    /// <summary>The partial tiles of the right edge at the present size; each replaces a narrower one of the same place.</summary>
    public IEnumerable<Tile> PartialTiles() => levels.Select(level => level.Partial()).OfType<Tile>();

    /// <summary>The last tile of a level: its hashes, and the compact range over them.</summary>
    private sealed class Level(int number)
    {
        private readonly TreeHash[] hashes = new TreeHash[TileId.FullWidth];
        private long index;

        public int Number => number;

        public CompactRange Edge { get; private set; } = new();

        public void Open(long count, TileReader read)
        {
            index = count / TileId.FullWidth;
            if (count % TileId.FullWidth is > 0 and var width)
            {
                foreach (ref readonly var hash in Tile.Read(read, new TileId(number, index, (int)width)))
                {
                    Add(hash);
                }
            }
        }

        /// <returns>Whether the tile became full; <paramref name="hash"/> is then its root, for the level above.</returns>
        public bool Append(ref TreeHash hash, List<Tile> full)
        {
            Add(hash);
            if (Edge.Size < TileId.FullWidth)
            {
                return false;
            }

            full.Add(Tile.Of(new TileId(number, index, TileId.FullWidth), hashes));
            hash = Edge.Root();
            Edge = new CompactRange();
            index++;
            return true;
        }

        public Tile? Partial() =>
            Edge.Size == 0
                ? null
                : Tile.Of(new TileId(number, index, (int)Edge.Size), hashes.AsSpan(0, (int)Edge.Size));

        private void Add(in TreeHash hash)
        {
            hashes[Edge.Size] = hash;
            Edge.Append(hash);
        }
    }
}
