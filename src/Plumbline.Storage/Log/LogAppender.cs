using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;
using Plumbline.Ledger;
using Plumbline.Ledger.Tiles;
using Plumbline.Ledger.Trees;
using Plumbline.Storage.Blobs;
using Plumbline.Storage.Runs;

namespace Plumbline.Storage.Log;

/// <summary>Appends entries, one transaction each (RELIABILITY 2.4, write path). The caller holds the writer's lock.</summary>
/// <remarks>
/// The lock is a courtesy that saves others the wait; what keeps the log whole without it is <c>BEGIN IMMEDIATE</c> and the
/// compare-and-swap on the head. After any error the connection is to be closed: an fsync that failed is never tried again.
/// </remarks>
/// <param name="gap">Makes the entry that says that the clock went back.</param>
internal sealed class LogAppender(SqliteConnection connection, TimeProvider clock, Func<ClockJump, Batch> gap)
{
    /// <summary>Clocks that are being disciplined step back a little; that much passes in silence (RELIABILITY 2.4).</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);

    /// <summary>Appends the batch, or finds the entry that its id became before. Durable when it returns.</summary>
    public Appended Append(Batch batch)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var head = LogTables.ReadHead(connection);
        var tree = GrowingTree.Open(head.Size, LogTables.Tiles(connection));
        if (tree.Root() != head.Root)
        {
            throw new LedgerException(
                LedgerFault.Altered,
                $"the head of {head.Size} entries says root {head.Root}, the tiles have {tree.Root()}"
            );
        }
        var now = clock.GetUtcNow();
        var jump = head.Size > 0 && now < head.Wall - Tolerance ? new ClockJump(head.Wall, now) : null;
        var time = head.Time;
        if (jump is not null)
        {
            time = After(time, now);
            AppendBatch(tree, gap(jump), time);
        }
        time = After(time, now);
        var leaf = batch.Leaf(time);
        if (LogTables.Seen(connection, LeafHeader.Read(leaf).Id) is { } earlier)
        {
            return new Appended(earlier, null); // the transaction is rolled back
        }
        var index = AppendBatch(tree, batch, time);
        LogTables.InsertNames(connection, batch.Names, index);
        if (batch.Run is { } run)
        {
            RunJournal.Forget(connection, run);
        }
        WriteEdge(tree);
        var next = head with { Size = tree.Size, Root = tree.Root(), Time = time, Wall = now };
        if (!LogTables.MoveHead(connection, head, next))
        {
            throw new LedgerException(LedgerFault.Inconsistent, "the head was moved inside our own transaction");
        }
        transaction.Commit();
        return new Appended(index, jump);
    }

    private long AppendBatch(GrowingTree tree, Batch batch, DateTimeOffset time)
    {
        BlobTable.Insert(connection, batch.Keys, batch.Blobs);
        return AppendEntry(tree, batch.Leaf(time), time);
    }

    private long AppendEntry(GrowingTree tree, byte[] leaf, DateTimeOffset time)
    {
        LeafProfile.Require(leaf);
        var header = LeafHeader.Read(leaf);
        if (header.Time != time)
        {
            throw new FormatException($"expected a leaf at {LogTime.Format(time)}, got {LogTime.Format(header.Time)}");
        }
        var index = tree.Size;
        var hash = TreeHash.OfLeaf(leaf);
        tree.Append(hash);
        LogTables.InsertEntry(connection, index, hash, leaf);
        LogTables.InsertSeen(connection, header.Id, index);
        if (header.Type == AssessmentLeaf.Type)
        {
            LogTables.InsertAssessment(connection, index);
        }
        return index;
    }

    private void WriteEdge(GrowingTree tree)
    {
        foreach (var tile in tree.TakeFullTiles().Concat(tree.PartialTiles()))
        {
            LogTables.WriteTile(connection, tile);
        }
    }

    /// <summary>The log's time: the clock's, to the microsecond, but always later than the entry before.</summary>
    private static DateTimeOffset After(DateTimeOffset last, DateTimeOffset now)
    {
        var whole = LogTime.FromMicroseconds(LogTime.ToMicroseconds(now));
        return whole > last ? whole : last + Tick;
    }
}

/// <summary>Where the batch's entry is.</summary>
/// <param name="Jump">The clock had gone back since the entry before; a <c>gap</c> entry says so.</param>
internal sealed record Appended(long Index, ClockJump? Jump);

internal sealed record ClockJump(DateTimeOffset From, DateTimeOffset To);
