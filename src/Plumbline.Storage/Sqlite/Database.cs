using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Plumbline.Storage.Sqlite;

/// <summary>Opens connections to a store's database, all with the settings that durability rests on.</summary>
/// <remarks>
/// WAL with <c>synchronous=FULL</c> is durable at COMMIT (sqlite.org/pragma.html#pragma_synchronous). Connections are not pooled: the
/// last one to close folds the log back into the file, and a log that is left behind tells of a crash.
/// </remarks>
internal sealed class Database(StoreFolder folder, TimeSpan busyTimeout)
{
    /// <summary>The first release without the WAL-reset bug of 3.7.0 to 3.51.2 (sqlite.org/wal.html, section 11).</summary>
    public static readonly Version OldestSqlite = new(3, 51, 3);

    /// <summary>"Plum" in ASCII; tells our files from other SQLite databases.</summary>
    public const int ApplicationId = 0x506C756D;

    public string ConnectionString { get; } =
        new SqliteConnectionStringBuilder
        {
            DataSource = folder.Database,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = 1, // SQLite's own busy handler waits, below; the provider need not try again after it
        }.ConnectionString;

    /// <summary>Refuses a SQLite library that can corrupt a store.</summary>
    public static void RequireVersion(string found)
    {
        if (!Version.TryParse(found, out var version) || version < OldestSqlite)
        {
            throw StoreFault.SqliteTooOld(found, OldestSqlite.ToString());
        }
    }

    public SqliteConnection OpenForWriting()
    {
        var connection = Open(ConnectionString);
        try
        {
            connection.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that cannot change the file.</summary>
    /// <remarks>
    /// A database in WAL mode wants to make two files beside itself even to be read. Where that is impossible (a read-only mount) and no log
    /// is left, it is opened as immutable, which it then is (sqlite.org/wal.html, "Read-Only Databases").
    /// </remarks>
    public SqliteConnection OpenForReading()
    {
        var settings = new SqliteConnectionStringBuilder(ConnectionString) { Mode = SqliteOpenMode.ReadOnly };
        SqliteConnection? connection = null;
        try
        {
            connection = Open(settings.ConnectionString);
            connection.Number("SELECT count(*) FROM sqlite_schema");
            return connection;
        }
        catch (SqliteException e)
            when (e.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && !folder.HasWriteAheadLog)
        {
            connection?.Dispose();
            settings.DataSource = new UriBuilder("file", "") { Path = folder.Database, Query = "immutable=1" }
                .Uri
                .AbsoluteUri;
            return Open(settings.ConnectionString);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private SqliteConnection Open(string settings)
    {
        var connection = new SqliteConnection(settings);
        try
        {
            connection.Open();
            RequireVersion(connection.ServerVersion);
            // trusted_schema off: a store may come with a stranger's repository.
            connection.Run(
                $"PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds}; PRAGMA trusted_schema = OFF;"
            );
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
