using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;
using Plumbline.Storage.Blobs;
using Plumbline.Storage.Files;
using Plumbline.Storage.Keys;
using Plumbline.Storage.Log;
using Plumbline.Storage.Pending;
using Plumbline.Storage.Runs;
using Plumbline.Storage.Sqlite;
using SQLitePCL;

namespace Plumbline.Storage;

/// <summary>The embedded evidence store: one SQLite file, its keys apart from it.</summary>
/// <remarks>
/// SQLite has no asynchronous calls; what is awaited here is the lock. Reads go through one connection that is kept; every seal opens its own
/// and closes it, so that an error in a commit can never be carried on.
/// </remarks>
public sealed class EvidenceStore : IEvidenceStore
{
    private readonly StoreContext store;
    private readonly SqliteConnection connection;
    private readonly DataKeys keys;
    private readonly RunJournal journal;

    /// <summary>What was settled at opening, to be told with the next outcome.</summary>
    private readonly List<StoreNotice> untold = [];

    private EvidenceStore(StoreContext store, SqliteConnection connection)
    {
        this.store = store;
        this.connection = connection;
        keys = new DataKeys(connection, store);
        journal = new RunJournal(store.Folder);
    }

    public string Origin => store.Meta.Origin;

    public string VerifierKey => store.Meta.VerifierKey;

    /// <summary>Opens the store; for writing, makes it where it is not, and settles what a crash left behind.</summary>
    /// <exception cref="StoreException">It cannot be opened as asked.</exception>
    public static async Task<EvidenceStore> OpenAsync(StoreOptions options, CancellationToken cancel)
    {
        var folder = new StoreFolder(Path.GetFullPath(options.Folder));
        var database = new Database(folder, options.BusyTimeout);
        KeyFolder.RequireOutside(options.KeysFolder, options.ScannedPaths);
        var opening = new StoreOpening(options, folder, database);
        var isWriter = options.Access == StoreAccess.Write;
        var (connection, meta) = isWriter ? await opening.ForWritingAsync(cancel) : opening.ForReading();
        var keyFolder = KeyFolder.Of(options.KeysFolder, meta.Origin);
        var opened = new EvidenceStore(new StoreContext(options, folder, database, meta, keyFolder), connection);
        try
        {
            if (isWriter)
            {
                folder.Guard(opened.SettleIfFree);
            }
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async Task<SealOutcome> SealAsync(SealRequest request, CancellationToken cancel)
    {
        if (store.Options.Access == StoreAccess.Read)
        {
            throw StoreFault.ReadOnly(store.Folder.Path);
        }
        var batch = Pack(request);
        using var held = await store.Folder.GuardAsync(() =>
            LockFile.TakeAsync(store.Folder.WriterLock, store.Options.LockWait, store.Clock, cancel)
        );
        var outcome = store.Folder.Guard(() => held is null ? Defer(batch) : Seal(batch));
        List<StoreNotice> notices = [.. untold, .. outcome.Notices];
        untold.Clear();
        return outcome with { Notices = notices };
    }

    public Task<LedgerEntry?> EntryAsync(long index, CancellationToken cancel) =>
        Do(() => LogTables.Entry(connection, index));

    public async IAsyncEnumerable<LedgerEntry> EntriesAsync(
        long from,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        const int Page = 256;
        var end = await Do(() => LogTables.ReadHead(connection).Size);
        for (var next = from; next < end; next += Page)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var entry in await Do(() => LogTables.Entries(connection, next, end, Page)))
            {
                yield return entry;
            }
        }
    }

    public Task<LedgerEntry?> AssessmentAsync(int label, CancellationToken cancel) =>
        Do(() => LogTables.Assessment(connection, label));

    public Task<IReadOnlyList<long>> FindAsync(string name, CancellationToken cancel) =>
        Do<IReadOnlyList<long>>(() => LogTables.Find(connection, name));

    public Task<byte[]> BlobAsync(BlobRef blob, CancellationToken cancel) =>
        Do(() => new BlobReader(connection, keys).Read(blob).Plaintext);

    public Task<OpenedBlob> OpenBlobAsync(BlobRef blob, CancellationToken cancel) =>
        Do(() =>
        {
            var (salt, plaintext) = new BlobReader(connection, keys).Read(blob);
            return new OpenedBlob(salt, plaintext);
        });

    public Task<byte[]?> StoredBlobAsync(string ct, CancellationToken cancel) =>
        Do(() => Digest.Bytes(ct) is { } bytes ? BlobTable.Read(connection, bytes) : null);

    public Task<string?> CheckpointAsync(CancellationToken cancel) =>
        Do(() => LogTables.ReadHead(connection).Checkpoint);

    public Task<byte[]> TileAsync(int level, long index, CancellationToken cancel) =>
        Do(() => LogTables.Tile(connection, level, index));

    public async IAsyncEnumerable<Discrepancy> VerifyAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var snapshot = await Do(() => connection.BeginTransaction(deferred: true));
        var trusted = await Do(store.TrustedKey);
        if (trusted.ToString() != VerifierKey)
        {
            yield return new Discrepancy(
                "key",
                $"`{trusted}`, which this machine keeps for the log",
                $"`{VerifierKey}`"
            );
        }
        var verifier = new LogVerifier(connection, Origin, trusted);
        using var faults = await Do(() => verifier.Verify().GetEnumerator());
        while (await Do(faults.MoveNext))
        {
            cancel.ThrowIfCancellationRequested();
            yield return faults.Current;
        }
    }

    public Task BeginRunAsync(Guid run, DateTimeOffset started, string description, CancellationToken cancel) =>
        Do(() => journal.Begin(connection, run, started, description));

    public Task EndRunAsync(Guid run, CancellationToken cancel) => Do(() => journal.End(connection, run));

    public ValueTask DisposeAsync()
    {
        journal.Dispose();
        keys.Dispose();
        store.Keys.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Compresses and encrypts, before anybody has to wait for it.</summary>
    private Batch Pack(SealRequest request)
    {
        using var packing = new Packing(connection, keys, store);
        return Batch.Of(request, packing, payload => store.Folder.Guard(() => packing.Add(payload)));
    }

    private SealOutcome Seal(Batch batch)
    {
        try
        {
            using var writer = new StoreWriter(store, journal);
            return new SealOutcome.Sealed(writer.Seal(batch)) { Notices = writer.Notices };
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            // A foreign program holds the database. Had the entry been committed already, its id makes the bundle harmless.
            return Defer(batch);
        }
    }

    /// <summary>Leaves the batch to the next writer. The run's row stays until then: the bundle may yet prove to be damaged.</summary>
    private SealOutcome Defer(Batch batch)
    {
        var now = store.Clock.GetUtcNow();
        var time = LogTime.FromMicroseconds(LogTime.ToMicroseconds(now));
        var bundle = new PendingFolder(store.Folder).Write(
            Uuid7.New(now, store.Random),
            Origin,
            batch,
            time,
            store.Keys.Runner
        );
        return new SealOutcome.Pending(bundle);
    }

    private void SettleIfFree()
    {
        if (!StoreWriter.IsNeeded(store, connection, journal))
        {
            return;
        }
        using var held = LockFile.TryTake(store.Folder.WriterLock);
        if (held is null)
        {
            return; // whoever holds it settles before sealing
        }
        using var writer = new StoreWriter(store, journal);
        writer.Settle();
        untold.AddRange(writer.Notices);
    }

    /// <summary>SQLite answers at once: there is nothing to wait for, but faults are told the store's way.</summary>
    private Task<T> Do<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(store.Folder.Guard(work));
        }
        catch (StoreException e)
        {
            return Task.FromException<T>(e);
        }
    }

    private Task Do(Action work) =>
        Do(() =>
        {
            work();
            return true;
        });
}
