using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;

namespace Plumbline.Storage.Sqlite;

/// <summary>What is true of a store for ever: its log's name, and the key that signs it.</summary>
/// <param name="VerifierKey">C2SP signed-note verifier key.</param>
internal sealed record Meta(string Origin, string VerifierKey)
{
    private const string OriginPrefix = "plumbline.local/";

    /// <summary>Makes the name of a new log.</summary>
    public static string NewOrigin(DateTimeOffset now, Action<Span<byte>> random) =>
        $"{OriginPrefix}{Uuid7.New(now, random):D}";

    /// <summary>What the store says of itself; null while it is new.</summary>
    /// <exception cref="StoreException">The origin is none that we make: it becomes a path to keys, so no other is followed.</exception>
    public static Meta? Read(SqliteConnection connection, StoreFolder folder)
    {
        var rows = connection
            .All("SELECT name, value FROM meta", row => (Name: row.GetString(0), Value: row.GetString(1)))
            .ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);
        if (!rows.TryGetValue("origin", out var origin) || !rows.TryGetValue("verifierKey", out var key))
        {
            return null;
        }
        return
            origin.StartsWith(OriginPrefix, StringComparison.Ordinal)
            && Guid.TryParseExact(origin.AsSpan(OriginPrefix.Length), "D", out _)
            ? new Meta(origin, key)
            : throw StoreFault.Corrupt(folder.Path, $"expected an origin `{OriginPrefix}UUID`, got `{origin}`");
    }

    public void Write(SqliteConnection connection) =>
        connection.Run(
            "INSERT INTO meta (name, value) VALUES ('origin', $origin), ('verifierKey', $key)",
            ("$origin", Origin),
            ("$key", VerifierKey)
        );
}
