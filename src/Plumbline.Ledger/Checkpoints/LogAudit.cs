using Plumbline.Ledger.Tiles;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Checkpoints;

/// <summary>Recomputes a whole log from its entries, as anybody can who has its files.</summary>
public static class LogAudit
{
    /// <summary>Demands that entries and tiles are exactly those of the signed head.</summary>
    /// <param name="read">Gives bundles of entries and tiles of hashes, each of exactly the width that is asked for.</param>
    /// <remarks>One pass along the entries; memory does not grow with the log.</remarks>
    /// <exception cref="LedgerException">
    /// <see cref="LedgerFault.Missing"/>, <see cref="LedgerFault.Malformed"/> or <see cref="LedgerFault.Altered"/>: the message names
    /// the tile or bundle.
    /// </exception>
    public static void Check(Checkpoint head, TileReader read)
    {
        var tree = new GrowingTree();
        foreach (var bundle in TileId.OfEntries(head.Size))
        {
            foreach (var entry in EntryBundle.Decode(bundle, Fetch(read, bundle)))
            {
                tree.Append(TreeHash.OfLeaf(entry.Span));
            }

            Compare(tree.TakeFullTiles(), read);
        }

        Compare(tree.PartialTiles(), read);
        if (tree.Root() != head.Root)
        {
            throw new LedgerException(
                LedgerFault.Altered,
                $"the {head.Size} entries have the root {tree.Root()}, the checkpoint says {head.Root}"
            );
        }
    }

    private static void Compare(IEnumerable<Tile> tiles, TileReader read)
    {
        foreach (var tile in tiles)
        {
            if (!Fetch(read, tile.Id).AsSpan().SequenceEqual(tile.Bytes))
            {
                throw new LedgerException(
                    LedgerFault.Altered,
                    $"`{tile.Id}` does not hold the hashes of the entries below it"
                );
            }
        }
    }

    private static byte[] Fetch(TileReader read, TileId tile) =>
        read(tile) ?? throw new LedgerException(LedgerFault.Missing, $"`{tile}` is missing");
}
