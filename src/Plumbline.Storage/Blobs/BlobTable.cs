using Microsoft.Data.Sqlite;
using Plumbline.Storage.Sqlite;

namespace Plumbline.Storage.Blobs;

/// <summary>The tables <c>blob</c>, <c>blob_index</c> and <c>data_key</c>.</summary>
internal static class BlobTable
{
    public static byte[]? Read(SqliteConnection connection, byte[] ct) =>
        connection.First("SELECT bytes FROM blob WHERE ct = $ct", row => row.Bytes(0), ("$ct", ct));

    public static bool Has(SqliteConnection connection, byte[] ct) =>
        connection.Number("SELECT 1 FROM blob WHERE ct = $ct", ("$ct", ct)) is not null;

    /// <summary>Finds, by tag, the blob that an equal plaintext of a scope became; see <see cref="ReadKnown"/>.</summary>
    public static Repeated FindEqual(SqliteConnection connection) =>
        new(
            connection,
            "SELECT i.ct, i.pt, i.key, length(b.bytes) FROM blob_index i JOIN blob b ON b.ct = i.ct WHERE i.tag = $tag",
            "$tag"
        );

    public static KnownBlob ReadKnown(SqliteDataReader row) =>
        new(row.Bytes(0), row.Bytes(1), row.GetString(2), row.GetInt64(3));

    /// <summary>The key new payloads of this scope are sealed under: the oldest that lives.</summary>
    public static DataKey? CurrentKey(SqliteConnection connection, string @class, int year) =>
        connection.First(
            "SELECT ref, class, year, created, wrapped FROM data_key WHERE class = $class AND year = $year ORDER BY created, ref LIMIT 1",
            ReadKey,
            ("$class", @class),
            ("$year", year)
        );

    public static DataKey? Key(SqliteConnection connection, string name) =>
        connection.First(
            "SELECT ref, class, year, created, wrapped FROM data_key WHERE ref = $ref",
            ReadKey,
            ("$ref", name)
        );

    /// <summary>Inside the caller's transaction. What is there already, under the same digest or name, is left as it is.</summary>
    public static void Insert(SqliteConnection connection, IEnumerable<DataKey> keys, IEnumerable<StoredBlob> blobs)
    {
        foreach (var key in keys)
        {
            connection.Run(
                """
                INSERT INTO data_key (ref, class, year, created, wrapped) VALUES ($ref, $class, $year, $created, $wrapped)
                ON CONFLICT DO NOTHING
                """,
                ("$ref", key.Ref),
                ("$class", key.Class),
                ("$year", key.Year),
                ("$created", key.Created),
                ("$wrapped", key.Wrapped)
            );
        }
        using var insertBlob = new Repeated(
            connection,
            "INSERT INTO blob (ct, bytes) VALUES ($ct, $bytes) ON CONFLICT DO NOTHING",
            "$ct",
            "$bytes"
        );
        using var insertIndex = new Repeated(
            connection,
            "INSERT INTO blob_index (tag, ct, pt, key) VALUES ($tag, $ct, $pt, $key) ON CONFLICT DO NOTHING",
            "$tag",
            "$ct",
            "$pt",
            "$key"
        );
        foreach (var blob in blobs)
        {
            insertBlob.Run(blob.Ct, blob.Bytes);
            insertIndex.Run(blob.Tag, blob.Ct, blob.Pt, blob.Key);
        }
    }

    private static DataKey ReadKey(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.Bytes(4));
}

/// <summary>A blob that is in the store.</summary>
internal sealed record KnownBlob(byte[] Ct, byte[] Pt, string Key, long Size);
