using System.Buffers;
using System.Collections.Immutable;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence.Snapshots;

/// <summary>A snapshot as content-addressed payloads in three layers (CONTRACTS §6, "Snapshot").</summary>
/// <remarks>
/// <code>
/// documents ◀── manifests, a chunk per (type, realm) ◀── snapshot ◀── observation
///                                     positions, a chunk per manifest ◀──┘
/// </code>
/// Only the observation holds times. On an unchanged day all else is what the store has already, so that the day costs one
/// record; where a document changes, its manifest and the snapshot do.
/// </remarks>
internal static class SnapshotBlobs
{
    /// <summary>Rows of a manifest: few enough to be read for one resource, many enough not to be counted.</summary>
    public const int RowsPerManifest = 4096;

    /// <summary>Adds all layers.</summary>
    /// <param name="findings">Their parts say which positions are kept.</param>
    /// <param name="checkFiles">Where each check is written, by id.</param>
    /// <returns>The digests that the statement calls <c>snapshot</c> and <c>observed</c>.</returns>
    public static (string Snapshot, string Observed) Add(
        ContentSet content,
        Snapshot snapshot,
        FindingTable findings,
        ImmutableSortedDictionary<string, string> checkFiles
    )
    {
        var places = findings
            .Rows.SelectMany(f => f.Parts.Select(p => (f.Resource.Key, p.Place)))
            .ToLookup(p => p.Key, p => p.Place);
        var manifests = ImmutableArray.CreateBuilder<ManifestRef>();
        var positions = ImmutableArray.CreateBuilder<string>();
        foreach (var chunk in Chunks(snapshot))
        {
            foreach (var resource in chunk)
            {
                content.Add(ContentKind.Document, resource.Bytes, resource.Digest);
            }

            var rows = Lines(chunk.Select(r => ManifestRow.Of(r).ToValue()));
            manifests.Add(ManifestRef.Of(chunk[0].Key, chunk.Length, content.Add(ContentKind.Manifest, rows)));
            positions.Add(
                content.Add(ContentKind.Positions, Lines(chunk.Select(r => PositionRow.Of(r, places[r.Key]).ToValue())))
            );
        }

        var stored = new StoredSnapshot
        {
            Target = snapshot.Target,
            Identity = snapshot.Identity,
            Gaps = snapshot.Gaps,
            Manifests = manifests.ToImmutable(),
        };
        var digest = content.Add(ContentKind.Snapshot, stored.ToBytes());
        var observation = new StoredObservation
        {
            From = snapshot.From,
            To = snapshot.To,
            Reads = snapshot.Reads,
            Snapshot = digest,
            Positions = positions.ToImmutable(),
            FilesRead = snapshot.FilesRead,
            FilesWithoutResources = snapshot.FilesWithoutResources,
            Duplicates = snapshot.Duplicates,
            CheckFiles = checkFiles,
        };
        return (digest, content.Add(ContentKind.Observation, observation.ToBytes()));
    }

    /// <summary>JSON lines: each value in canonical form, each line with its line feed.</summary>
    public static byte[] Lines(IEnumerable<Value> rows)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var row in rows)
        {
            Jcs.Write(row, lines);
            lines.Write("\n"u8);
        }

        return lines.WrittenSpan.ToArray();
    }

    /// <summary>The resources of each manifest, in its order.</summary>
    public static IEnumerable<Resource[]> Chunks(Snapshot snapshot) =>
        snapshot
            .Resources.GroupBy(r => (r.Key.Type, r.Key.Realm))
            .OrderBy(g => g.Key.Type, Ordinal.Comparer)
            .ThenBy(g => g.Key.Realm, Ordinal.Comparer)
            .SelectMany(g => g.OrderBy(r => r.Key).Chunk(RowsPerManifest));
}
