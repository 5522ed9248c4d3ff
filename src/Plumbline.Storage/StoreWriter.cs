using System.Text;
using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;
using Plumbline.Ledger;
using Plumbline.Storage.Blobs;
using Plumbline.Storage.Log;
using Plumbline.Storage.Pending;
using Plumbline.Storage.Runs;
using SQLitePCL;

namespace Plumbline.Storage;

/// <summary>All that happens while the writer's lock is held: what others left is settled, then one's own entry is appended.</summary>
internal sealed class StoreWriter : IDisposable
{
    private readonly StoreContext store;
    private readonly RunJournal journal;
    private readonly PendingFolder pending;
    private readonly SqliteConnection connection;
    private readonly LogAppender appender;
    private readonly Checkpointer checkpointer;
    private readonly List<StoreNotice> notices = [];

    public StoreWriter(StoreContext store, RunJournal journal)
    {
        this.store = store;
        this.journal = journal;
        pending = new PendingFolder(store.Folder);
        checkpointer = new Checkpointer(store.Database, store.LogSigner());
        connection = store.Database.OpenForWriting();
        appender = new LogAppender(
            connection,
            store.Clock,
            jump => Pack(GapLeaf.OfClock(store.Gap(), jump.From, jump.To))
        );
    }

    public IReadOnlyList<StoreNotice> Notices => notices;

    /// <summary>True when an earlier writer left something that the next one has to do.</summary>
    public static bool IsNeeded(StoreContext store, SqliteConnection connection, RunJournal journal)
    {
        var head = LogTables.ReadHead(connection);
        return head.Signed != head.Size
            || new PendingFolder(store.Folder).List().Count > 0
            || journal.FindDead(connection).Count > 0;
    }

    /// <summary>Checks the log against its last checkpoint, takes pending bundles in, records lost runs, and signs.</summary>
    public void Settle()
    {
        TakeOver();
        checkpointer.CatchUp(connection);
    }

    /// <summary>Settles, appends, signs.</summary>
    public Receipt Seal(Batch batch)
    {
        TakeOver();
        var index = Append(batch);
        var checkpoint = checkpointer.CatchUp(connection);
        var entry = LogTables.Entry(connection, index);
        if (entry is null || checkpoint is null)
        {
            throw new LedgerException(LedgerFault.Missing, $"entry {index} is not there after it was committed");
        }
        Forget(batch.Run);
        return new Receipt(index, entry.LeafHash, checkpoint, entry.Label);
    }

    public void Dispose() => connection.Dispose();

    private void TakeOver()
    {
        checkpointer.CatchUp(connection);
        // A run that left a bundle and then ended must not be found dead, so the dead are counted before the bundles are listed.
        var dead = journal.FindDead(connection);
        pending.Sweep();
        foreach (var bundle in pending.List())
        {
            TakeIn(bundle);
        }
        foreach (var run in dead.Where(run => RunJournal.Has(connection, run.Id)))
        {
            RecordLoss(run);
        }
    }

    private long Append(Batch batch)
    {
        var appended = appender.Append(batch);
        if (appended.Jump is { } jump)
        {
            Tell(
                StoreNoticeKind.ClockBackwards,
                $"the clock went back from {LogTime.Format(jump.From)} to {LogTime.Format(jump.To)}; a gap entry says so"
            );
        }
        return appended.Index;
    }

    private void TakeIn(string bundle)
    {
        try
        {
            var batch = PendingFolder.Read(bundle, store.Meta.Origin, store.Keys.Runner.Public);
            var index = Append(batch);
            Forget(batch.Run);
            pending.Remove(bundle);
            Tell(StoreNoticeKind.BundleTakenIn, $"the pending bundle `{bundle}` is now entry {index}");
        }
        catch (PendingFolder.UnreadableException e)
        {
            Tell(StoreNoticeKind.BundleLeft, $"the pending bundle `{bundle}` stays where it is: {e.Message}");
        }
        catch (Exception e) when (IsRefusal(e))
        {
            var aside = pending.SetAside(bundle);
            Tell(StoreNoticeKind.BundleSetAside, $"the pending bundle `{aside}` was not taken in: {e.Message}");
        }
    }

    private void RecordLoss(LostRun run)
    {
        var gap = store.Gap();
        Append(Pack(GapLeaf.OfLostRun(gap, run.Id, (run.Started, gap.Now), run.Description)));
        journal.Release(run.Id);
        Tell(
            StoreNoticeKind.LostRun,
            $"the run of {LogTime.Format(run.Started)} ended without sealing ({run.Description}); a gap entry says so"
        );
    }

    /// <summary>An entry of our own: nobody waits for what it takes to make it.</summary>
    private Batch Pack(SealRequest request)
    {
        using var keys = new DataKeys(connection, store);
        using var packing = new Packing(connection, keys, store);
        return Batch.Of(request, packing, payload => packing.Add(payload));
    }

    /// <summary>Ends the run of an entry. Its row is still there where the entry's id had been sealed before.</summary>
    private void Forget(Guid? run)
    {
        if (run is { } id)
        {
            RunJournal.Forget(connection, id);
            journal.Release(id);
        }
    }

    /// <summary>The bundle is at fault: it is not what the runner signed, or it needs a key that has been destroyed.</summary>
    private static bool IsRefusal(Exception e) =>
        e is InvalidDataException or SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT };

    private void Tell(StoreNoticeKind kind, string message) => notices.Add(new StoreNotice(kind, message));
}
