using System.Text;
using Microsoft.Data.Sqlite;
using Plumbline.Ledger;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Tiles;
using Plumbline.Storage.Sqlite;

namespace Plumbline.Storage.Log;

/// <summary>Signs what has been appended, after reading it back (RELIABILITY 0.5, 0.6). The caller holds the writer's lock.</summary>
internal sealed class Checkpointer(Database database, ISigner signer)
{
    /// <summary>How many entries are read at once; a range to be signed may be long after a crash.</summary>
    private const int Page = 256;

    /// <summary>Brings the signed checkpoint up to the head, and checks that one follows from the other in any case.</summary>
    /// <param name="writer">Where the new checkpoint is swapped in; everything is read through a connection of its own.</param>
    /// <returns>The checkpoint that covers the whole log; null for a log without entries.</returns>
    /// <exception cref="LedgerException">What is stored is not what was signed, or does not hash to its root. Nothing was signed.</exception>
    public string? CatchUp(SqliteConnection writer)
    {
        using var reader = database.OpenForReading();
        using var snapshot = reader.BeginTransaction(deferred: true);
        var head = LogTables.ReadHead(reader);
        var last = head.Checkpoint is { } text
            ? SignedCheckpoint.Open(Encoding.UTF8.GetBytes(text), signer.Key.Name, [signer.Key])
            : null;
        if (last is null && head.Size == 0)
        {
            return null;
        }
        var from = last?.Head.Size ?? 0;
        var tree = new TiledTree(head.Size, LogTables.Tiles(reader));
        var signed = Growth.Sign(last, tree, EntriesOf(reader, from, head.Size), [signer]);
        if (signed.Head.Root != head.Root)
        {
            throw new LedgerException(
                LedgerFault.Altered,
                $"the head of {head.Size} entries says root {head.Root}, the tiles have {signed.Head.Root}"
            );
        }
        if (from == head.Size)
        {
            return head.Checkpoint;
        }
        var next = Encoding.UTF8.GetString(signed.Bytes.Span);
        return LogTables.MoveCheckpoint(writer, head.Checkpoint, next, head.Size)
            ? next
            : throw new LedgerException(
                LedgerFault.Inconsistent,
                $"another writer signed a checkpoint while {head.Size} entries were being signed"
            );
    }

    private static IEnumerable<ReadOnlyMemory<byte>> EntriesOf(SqliteConnection reader, long from, long end)
    {
        while (from < end && LogTables.Entries(reader, from, end, Page) is { Count: > 0 } page)
        {
            foreach (var entry in page)
            {
                yield return entry.Data;
            }
            from = page[^1].Index + 1;
        }
    }
}
