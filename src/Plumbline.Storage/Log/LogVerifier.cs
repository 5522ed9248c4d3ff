using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;
using Plumbline.Ledger;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Tiles;
using Plumbline.Ledger.Trees;
using Plumbline.Storage.Blobs;
using Plumbline.Storage.Sqlite;

namespace Plumbline.Storage.Log;

/// <summary>Recomputes a whole store from its bytes and names every place that is not what was sealed. Needs no secret.</summary>
/// <remarks>One pass along the entries and one along the blobs; the caller's transaction makes them one snapshot.</remarks>
internal sealed class LogVerifier(SqliteConnection connection, string origin, VerifierKey key)
{
    private const int Page = 256;

    public IEnumerable<Discrepancy> Verify()
    {
        var damage = connection.All("PRAGMA integrity_check", row => row.GetString(0));
        if (damage is not ["ok"])
        {
            return damage.Select(finding => Differs("database", "an intact file", finding));
        }
        var head = LogTables.ReadHead(connection);
        return Entries(head).Concat(Signature(head)).Concat(Blobs());
    }

    /// <summary>Leaf hashes, places in the log, order of time, tiles and root, in one pass.</summary>
    private IEnumerable<Discrepancy> Entries(Head head)
    {
        var tree = new GrowingTree();
        var time = DateTimeOffset.MinValue;
        for (
            var page = LogTables.Entries(connection, 0, long.MaxValue, Page);
            page.Count > 0;
            page = LogTables.Entries(connection, page[^1].Index + 1, long.MaxValue, Page)
        )
        {
            foreach (var entry in page)
            {
                if (entry.Index != tree.Size)
                {
                    yield return Differs($"entry {tree.Size}", "an entry", "none");
                    yield break;
                }
                var hash = TreeHash.OfLeaf(entry.Data.Span);
                tree.Append(hash);
                if (!TreeHash.TryRead(entry.LeafHash.Span, out var stored) || stored != hash)
                {
                    yield return Differs(
                        $"entry {entry.Index}",
                        $"leaf hash {Convert.ToHexStringLower(entry.LeafHash.Span)}",
                        $"{hash}"
                    );
                }
                foreach (var fault in Leaf(entry, ref time))
                {
                    yield return fault;
                }
            }
            foreach (var fault in Tiles(tree.TakeFullTiles()))
            {
                yield return fault;
            }
        }
        if (tree.Size < head.Size)
        {
            yield return Differs($"entry {tree.Size}", "an entry", "none");
            yield break;
        }
        foreach (var fault in Tiles(tree.PartialTiles()))
        {
            yield return fault;
        }
        if (tree.Size > head.Size)
        {
            yield return Differs("head", $"{head.Size} entries", $"{tree.Size}");
        }
        else if (tree.Root() != head.Root)
        {
            yield return Differs("head", $"root {head.Root}", $"{tree.Root()}");
        }
    }

    /// <summary>The leaf can be read, is later than the one before, and what it refers to is there.</summary>
    private List<Discrepancy> Leaf(LedgerEntry entry, ref DateTimeOffset time)
    {
        var place = $"entry {entry.Index}";
        try
        {
            var before = time;
            time = LeafHeader.Read(entry.Data.Span).Time;
            var faults = LeafHeader
                .BlobsOf(entry.Data)
                .Where(ct => Digest.Bytes(ct) is not { } bytes || !BlobTable.Has(connection, bytes))
                .Select(ct => Differs(place, $"its blob {ct} in the store", "none"))
                .ToList();
            if (time <= before)
            {
                faults.Add(Differs(place, $"a time after {LogTime.Format(before)}", LogTime.Format(time)));
            }
            return faults;
        }
        catch (FormatException e)
        {
            return [Differs(place, "a leaf", e.Message)];
        }
    }

    private IEnumerable<Discrepancy> Tiles(IEnumerable<Tile> tiles) =>
        from tile in tiles
        let stored = LogTables.Tile(connection, tile.Id.Level, tile.Id.Index)
        where !stored.AsSpan().SequenceEqual(tile.Bytes)
        let at = stored.AsSpan().CommonPrefixLength(tile.Bytes) / TreeHash.Size
        select Differs(tile.Id.Path, $"hash {at} to be {HashAt(tile.Bytes, at)}", HashAt(stored, at));

    private static string HashAt(byte[] hashes, int at) =>
        hashes.Length >= (at + 1) * TreeHash.Size
            ? Convert.ToHexStringLower(hashes, at * TreeHash.Size, TreeHash.Size)
            : "none";

    /// <summary>The checkpoint is the log's own, and the head grew out of it.</summary>
    private IEnumerable<Discrepancy> Signature(Head head)
    {
        if (head.Checkpoint is not { } text)
        {
            return head.Size == 0 ? [] : [Differs("checkpoint", "a signed one", "none")];
        }
        try
        {
            var signed = SignedCheckpoint.Open(Encoding.UTF8.GetBytes(text), origin, [key]).Head;
            if (signed.Size > head.Size)
            {
                return [Differs("head", $"the {signed.Size} entries that were signed", $"{head.Size}")];
            }
            var root = new TiledTree(head.Size, LogTables.Tiles(connection)).RootAt(signed.Size);
            return root == signed.Root ? [] : [Differs("checkpoint", $"root {root}", $"{signed.Root}")];
        }
        catch (LedgerException e)
        {
            return [Differs("checkpoint", $"one that `{key}` signed", e.Message)];
        }
    }

    private IEnumerable<Discrepancy> Blobs()
    {
        foreach (var ct in connection.All("SELECT ct FROM blob ORDER BY ct", row => row.Bytes(0)))
        {
            var found = SHA256.HashData(BlobTable.Read(connection, ct)!);
            if (!found.AsSpan().SequenceEqual(ct))
            {
                yield return Differs($"blob {Digest.Text(ct)}", Digest.Text(ct), Digest.Text(found));
            }
        }
    }

    private static Discrepancy Differs(string place, string expected, string found) => new(place, expected, found);
}
