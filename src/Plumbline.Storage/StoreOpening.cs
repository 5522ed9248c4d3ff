using Microsoft.Data.Sqlite;
using Plumbline.Ledger.Notes;
using Plumbline.Storage.Files;
using Plumbline.Storage.Keys;
using Plumbline.Storage.Sqlite;

namespace Plumbline.Storage;

/// <summary>Brings a store to the point where it can be used: found or made, sound, of the right version.</summary>
internal sealed class StoreOpening(StoreOptions options, StoreFolder folder, Database database)
{
    /// <summary>Up to this size a database is checked at every start, which then costs a few milliseconds; above, only after a crash.</summary>
    private const long AlwaysCheckedBytes = 8 << 20;

    public (SqliteConnection Connection, Meta Meta) ForReading() =>
        folder.Guard(() =>
        {
            if (!File.Exists(folder.Database))
            {
                throw StoreFault.NoStore(folder.Path);
            }
            return Keep(
                database.OpenForReading(),
                connection =>
                    Schema.IsCurrent(connection, folder)
                        ? Meta.Read(connection, folder) ?? throw StoreFault.NoStore(folder.Path)
                        : throw StoreFault.SchemaTooOld(folder.Path, Schema.Version(connection), Schema.Newest)
            );
        });

    public async Task<(SqliteConnection Connection, Meta Meta)> ForWritingAsync(CancellationToken cancel)
    {
        var (connection, meta) = folder.Guard(() =>
        {
            folder.Create();
            var isSuspect = folder.HasWriteAheadLog;
            return Keep(
                database.OpenForWriting(),
                connection =>
                {
                    var isCurrent = Schema.IsCurrent(connection, folder);
                    RequireSound(connection, isSuspect);
                    return isCurrent ? Meta.Read(connection, folder) : null;
                }
            );
        });
        try
        {
            return (connection, meta ?? await MakeAsync(connection, cancel));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes tables, name and keys. Several processes may want to; the first one does.</summary>
    private async Task<Meta> MakeAsync(SqliteConnection connection, CancellationToken cancel)
    {
        using var held =
            await folder.GuardAsync(() =>
                LockFile.TakeAsync(folder.WriterLock, options.LockWait, options.Clock, cancel)
            ) ?? throw StoreFault.Busy(folder.Path);
        return folder.Guard(() =>
        {
            if (!Schema.IsCurrent(connection, folder))
            {
                Schema.Migrate(connection, database.ConnectionString);
            }
            return Meta.Read(connection, folder) ?? MakeLog(connection);
        });
    }

    /// <summary>The keys come first: a store that names keys which were never written could not seal anything.</summary>
    private Meta MakeLog(SqliteConnection connection)
    {
        var origin = Meta.NewOrigin(options.Clock.GetUtcNow(), options.Random);
        using var keys = KeyFolder.Of(options.KeysFolder, origin);
        keys.Create(options.Random);
        var meta = new Meta(origin, VerifierKey.OfSigner(origin, keys.Log.Public).ToString());
        meta.Write(connection);
        return meta;
    }

    private void RequireSound(SqliteConnection connection, bool isSuspect)
    {
        if (!isSuspect && new FileInfo(folder.Database).Length > AlwaysCheckedBytes)
        {
            return;
        }
        var findings = connection.All("PRAGMA quick_check(1)", row => row.GetString(0));
        if (findings is not ["ok"])
        {
            throw StoreFault.Corrupt(folder.Path, findings[0].ReplaceLineEndings(" "));
        }
    }

    /// <summary>The connection with what was read through it; closed when that fails.</summary>
    private static (SqliteConnection, T) Keep<T>(SqliteConnection connection, Func<SqliteConnection, T> read)
    {
        try
        {
            return (connection, read(connection));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
