using System.Runtime.InteropServices;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tiles;

/// <summary>A tile with its hashes, 32 bytes each, as it is to be stored.</summary>
public sealed record Tile(TileId Id, byte[] Bytes)
{
    internal static Tile Of(TileId id, ReadOnlySpan<TreeHash> hashes) =>
        new(id, MemoryMarshal.AsBytes(hashes).ToArray());

    /// <summary>Reads a tile's hashes, at least as many as asked for.</summary>
    /// <exception cref="LedgerException">It is missing, too narrow, or no whole number of hashes.</exception>
    internal static ReadOnlySpan<TreeHash> Read(TileReader read, TileId id)
    {
        var bytes = read(id) ?? throw new LedgerException(LedgerFault.Missing, $"`{id}` is missing");
        if (
            bytes.Length % TreeHash.Size != 0
            || bytes.Length / TreeHash.Size is var width && (width < id.Width || width > TileId.FullWidth)
        )
        {
            throw LedgerException.Malformed(
                $"`{id}` holds {id.Width} hashes in {id.Width * TreeHash.Size} bytes, got {bytes.Length}"
            );
        }

        return MemoryMarshal.Cast<byte, TreeHash>(bytes)[..id.Width];
    }
}
