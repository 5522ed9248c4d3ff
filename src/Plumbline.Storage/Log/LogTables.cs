using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;
using Plumbline.Ledger;
using Plumbline.Ledger.Tiles;
using Plumbline.Ledger.Trees;
using Plumbline.Storage.Sqlite;

namespace Plumbline.Storage.Log;

/// <summary>The newest state of the log.</summary>
/// <param name="Time">Of the newest entry.</param>
/// <param name="Wall">What the machine's clock said when that entry was written.</param>
/// <param name="Signed">The size that <paramref name="Checkpoint"/> states; what lies beyond has still to be signed.</param>
/// <param name="Checkpoint">The newest signed checkpoint.</param>
internal sealed record Head(
    long Size,
    TreeHash Root,
    DateTimeOffset Time,
    DateTimeOffset Wall,
    long Signed,
    string? Checkpoint
);

/// <summary>The tables <c>entry</c>, <c>tile</c>, <c>head</c>, <c>seen</c>, <c>assessment</c> and <c>lookup</c>.</summary>
internal static class LogTables
{
    private const string EntryColumns =
        "SELECT e.idx, e.leaf, e.data, a.n FROM entry e LEFT JOIN assessment a ON a.idx = e.idx";

    public static Head ReadHead(SqliteConnection connection) =>
        connection.First(
            "SELECT size, root, time, wall, signed, checkpoint FROM head WHERE id = 1",
            row => new Head(
                row.GetInt64(0),
                TreeHash.Read(row.Bytes(1)),
                LogTime.FromMicroseconds(row.GetInt64(2)),
                LogTime.FromMicroseconds(row.GetInt64(3)),
                row.GetInt64(4),
                row.TextOrNull(5)
            )
        ) ?? throw new LedgerException(LedgerFault.Missing, "the row of `head` is missing");

    /// <summary>Compare-and-swap of the log's size and root.</summary>
    /// <returns>False when the head is not <paramref name="from"/> any more.</returns>
    public static bool MoveHead(SqliteConnection connection, Head from, Head to) =>
        connection.Run(
            "UPDATE head SET size = $size, root = $root, time = $time, wall = $wall WHERE id = 1 AND size = $from AND root = $fromRoot",
            ("$size", to.Size),
            ("$root", to.Root.ToArray()),
            ("$time", LogTime.ToMicroseconds(to.Time)),
            ("$wall", LogTime.ToMicroseconds(to.Wall)),
            ("$from", from.Size),
            ("$fromRoot", from.Root.ToArray())
        ) == 1;

    /// <summary>Compare-and-swap of the signed checkpoint, on its text.</summary>
    public static bool MoveCheckpoint(SqliteConnection connection, string? from, string to, long size) =>
        connection.Run(
            "UPDATE head SET checkpoint = $to, signed = $size WHERE id = 1 AND checkpoint IS $from",
            ("$to", to),
            ("$size", size),
            ("$from", from)
        ) == 1;

    public static void InsertEntry(SqliteConnection connection, long index, in TreeHash leaf, byte[] data) =>
        connection.Run(
            "INSERT INTO entry (idx, leaf, data) VALUES ($idx, $leaf, $data)",
            ("$idx", index),
            ("$leaf", leaf.ToArray()),
            ("$data", data)
        );

    public static LedgerEntry? Entry(SqliteConnection connection, long index) =>
        connection.First($"{EntryColumns} WHERE e.idx = $idx", ReadEntry, ("$idx", index));

    public static LedgerEntry? Assessment(SqliteConnection connection, int label) =>
        connection.First($"{EntryColumns} WHERE a.n = $n", ReadEntry, ("$n", label));

    /// <summary>At most <paramref name="count"/> entries from <paramref name="from"/> on, below <paramref name="end"/>.</summary>
    public static List<LedgerEntry> Entries(SqliteConnection connection, long from, long end, int count) =>
        connection.All(
            $"{EntryColumns} WHERE e.idx >= $from AND e.idx < $end ORDER BY e.idx LIMIT $count",
            ReadEntry,
            ("$from", from),
            ("$end", end),
            ("$count", count)
        );

    /// <summary>The entry that an id became.</summary>
    public static long? Seen(SqliteConnection connection, string id) =>
        connection.Number("SELECT idx FROM seen WHERE id = $id", ("$id", id));

    public static void InsertSeen(SqliteConnection connection, string id, long index) =>
        connection.Run("INSERT INTO seen (id, idx) VALUES ($id, $idx)", ("$id", id), ("$idx", index));

    /// <summary>Gives the next label A-n to the entry.</summary>
    public static void InsertAssessment(SqliteConnection connection, long index) =>
        connection.Run(
            "INSERT INTO assessment (n, idx) SELECT coalesce(max(n), 0) + 1, $idx FROM assessment",
            ("$idx", index)
        );

    public static void InsertNames(SqliteConnection connection, IEnumerable<string> names, long index)
    {
        using var insert = new Repeated(
            connection,
            "INSERT INTO lookup (name, idx) VALUES ($name, $idx) ON CONFLICT DO NOTHING",
            "$name",
            "$idx"
        );
        foreach (var name in names)
        {
            insert.Run(name, index);
        }
    }

    public static List<long> Find(SqliteConnection connection, string name) =>
        connection.All(
            "SELECT idx FROM lookup WHERE name = $name ORDER BY idx",
            row => row.GetInt64(0),
            ("$name", name)
        );

    /// <summary>How a tree reads its nodes from these tables.</summary>
    public static TileReader Tiles(SqliteConnection connection) =>
        tile => Tile(connection, tile.Level, tile.Index) is { Length: > 0 } hashes ? hashes : null;

    /// <summary>A tile's hashes; empty where there is none.</summary>
    public static byte[] Tile(SqliteConnection connection, int level, long index) =>
        connection.First(
            "SELECT hashes FROM tile WHERE level = $level AND idx = $idx",
            row => row.Bytes(0),
            ("$level", level),
            ("$idx", index)
        ) ?? [];

    public static void WriteTile(SqliteConnection connection, Tile tile) =>
        connection.Run(
            """
            INSERT INTO tile (level, idx, hashes) VALUES ($level, $idx, $hashes)
            ON CONFLICT (level, idx) DO UPDATE SET hashes = excluded.hashes
            """,
            ("$level", tile.Id.Level),
            ("$idx", tile.Id.Index),
            ("$hashes", tile.Bytes)
        );

    private static LedgerEntry ReadEntry(SqliteDataReader row) =>
        new(row.GetInt64(0), row.Bytes(1), row.Bytes(2), row.IsDBNull(3) ? null : row.GetInt32(3));
}
