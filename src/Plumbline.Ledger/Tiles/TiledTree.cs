using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tiles;

/// <summary>A tree that is read from tiles, as they are needed.</summary>
/// <remarks>
/// Keeps the last tile of every level, so that a proof reads each tile once and a walk along the leaves reads each once too.
/// Not safe for several threads.
/// </remarks>
public sealed class TiledTree(long size, TileReader read) : MerkleTree(size)
{
    private readonly (long Index, TreeHash[] Hashes)[] last = new (long, TreeHash[])[TileId.Levels];

    /// <summary>Takes the node from its tile, or hashes the up to 128 hashes that lie below it there.</summary>
    private protected override TreeHash Node(int height, long index)
    {
        var (level, row) = Math.DivRem(height, TileId.Rows);
        var first = index << row;
        var hashes = Hashes(TileId.Holding(level, first, Size >> level * TileId.Rows));
        var below = hashes.AsSpan((int)(first % TileId.FullWidth), 1 << row);
        return Fold(below);
    }

    private TreeHash[] Hashes(TileId tile)
    {
        ref var kept = ref last[tile.Level];
        if (kept.Hashes is null || kept.Index != tile.Index)
        {
            kept = (tile.Index, Tile.Read(read, tile).ToArray());
        }

        return kept.Hashes;
    }

    private static TreeHash Fold(ReadOnlySpan<TreeHash> below)
    {
        Span<TreeHash> nodes = stackalloc TreeHash[TileId.FullWidth / 2];
        below.CopyTo(nodes);
        for (var width = below.Length; width > 1; width /= 2)
        {
            for (var i = 0; i < width / 2; i++)
            {
                nodes[i] = TreeHash.OfNode(nodes[2 * i], nodes[2 * i + 1]);
            }
        }

        return nodes[0];
    }
}
