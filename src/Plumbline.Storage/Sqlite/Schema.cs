using System.Reflection;
using DbUp;
using Microsoft.Data.Sqlite;

namespace Plumbline.Storage.Sqlite;

/// <summary>The version of a database's tables, kept in <c>PRAGMA user_version</c>, and the way to the newest one.</summary>
/// <remarks>
/// Each script of <c>Migrations/</c> runs in one transaction and ends by stating the version it leads to, so a crash leaves the old version or
/// the new one. DbUp is loaded only where a script has to run: an up-to-date store pays for one PRAGMA.
/// </remarks>
internal static class Schema
{
    public const long Newest = 1;

    /// <summary>How a database stands to this program.</summary>
    /// <exception cref="Core.Evidence.StoreException">It is newer than this program, or not ours.</exception>
    public static bool IsCurrent(SqliteConnection connection, StoreFolder folder)
    {
        var version = Version(connection);
        if (connection.Number("PRAGMA application_id") != Database.ApplicationId && !IsEmpty(connection))
        {
            throw StoreFault.Foreign(folder.Database);
        }
        return version <= Newest ? version == Newest : throw StoreFault.SchemaTooNew(folder.Path, version, Newest);
    }

    public static long Version(SqliteConnection connection) => connection.Number("PRAGMA user_version") ?? 0;

    /// <summary>Brings the tables up to date. The caller holds the writer's lock.</summary>
    public static void Migrate(SqliteConnection connection, string connectionString)
    {
        connection.Run($"PRAGMA application_id = {Database.ApplicationId}");
        var result = DeployChanges
            .To.SqliteDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(
                Assembly.GetExecutingAssembly(),
                name => name.EndsWith(".sql", StringComparison.Ordinal)
            )
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw result.Error;
        }
    }

    private static bool IsEmpty(SqliteConnection connection) =>
        connection.Number("SELECT count(*) FROM sqlite_schema") == 0;
}
