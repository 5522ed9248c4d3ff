using System.Buffers.Binary;

namespace Plumbline.Ledger.Tiles;

/// <summary>The entries of one level-0 tile in one file.</summary>
/// <remarks>
/// C2SP tlog-tiles, "Log entries"; per entry, from the left:
/// <code>
/// 2 bytes   length, big-endian
/// n bytes   the entry, hashed as a leaf
/// </code>
/// </remarks>
public static class EntryBundle
{
    /// <summary>The most that a length of two bytes can say.</summary>
    public const int MaxEntryBytes = ushort.MaxValue;

    public static byte[] Encode(IReadOnlyCollection<ReadOnlyMemory<byte>> entries)
    {
        var bundle = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(entry.Length, MaxEntryBytes);
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>Splits a bundle into exactly the entries that its name promises.</summary>
    /// <exception cref="LedgerException">It holds more, fewer, or a part of one.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Decode(TileId id, ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>(id.Width);
        while (!bundle.IsEmpty)
        {
            if (bundle.Length < sizeof(ushort) || bundle[sizeof(ushort)..].Length < Length(bundle.Span))
            {
                throw LedgerException.Malformed($"`{id}` ends inside entry {entries.Count}");
            }

            entries.Add(bundle.Slice(sizeof(ushort), Length(bundle.Span)));
            bundle = bundle[(sizeof(ushort) + entries[^1].Length)..];
        }

        return entries.Count == id.Width
            ? entries
            : throw LedgerException.Malformed($"`{id}` holds {id.Width} entries, got {entries.Count}");
    }

    private static int Length(ReadOnlySpan<byte> bundle) => BinaryPrimitives.ReadUInt16BigEndian(bundle);
}
