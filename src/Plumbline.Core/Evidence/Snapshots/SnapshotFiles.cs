using System.Collections.Immutable;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence.Snapshots;

/// <summary>A file of a snapshot folder.</summary>
/// <param name="Path">From the folder, with forward slashes.</param>
public readonly record struct SnapshotFile(string Path, ReadOnlyMemory<byte> Bytes);

/// <summary>A snapshot as a folder of files (CONTRACTS §6, "As a folder"): all that judging it again takes.</summary>
/// <remarks>
/// <code>
/// snapshot.json         {"duplicates", "files", "from", "gaps", "identity", "manifests": [{"digest", "realm", "rows", "type"}, …],
///                        "observations": digest, "reads", "target", "to", "v": 1}
/// manifests/N.jsonl     the N-th manifest, from 0, as evidence has it
/// documents/HEX.json    a document, as evidence has it, by its digest
/// observations.jsonl    where each resource stood and every value in it, in the order of the manifests and their rows
/// </code>
/// Members mean what they mean in <see cref="StoredSnapshot"/> and <see cref="StoredObservation"/>. Evidence keeps the places
/// that findings name; a folder keeps all, since nobody has judged it yet.
/// </remarks>
public static class SnapshotFiles
{
    public const string Head = "snapshot.json";

    public const string Observations = "observations.jsonl";

    private const int Version = 1;

    /// <summary>The files; <see cref="Head"/> comes last, so that a folder that has it is whole.</summary>
    public static IEnumerable<SnapshotFile> Of(Snapshot snapshot)
    {
        var manifests = ImmutableArray.CreateBuilder<ManifestRef>();
        var documents = new HashSet<string>(StringComparer.Ordinal);
        var resources = new List<Resource>();
        foreach (var chunk in SnapshotBlobs.Chunks(snapshot))
        {
            foreach (var resource in chunk.Where(r => documents.Add(r.Digest)))
            {
                yield return new SnapshotFile(DocumentPath(resource.Digest), resource.Bytes);
            }

            var rows = SnapshotBlobs.Lines(chunk.Select(r => ManifestRow.Of(r).ToValue()));
            yield return new SnapshotFile(ManifestPath(manifests.Count), rows);
            manifests.Add(ManifestRef.Of(chunk[0].Key, chunk.Length, ContentDigest.Of(rows)));
            resources.AddRange(chunk);
        }

        var observations = SnapshotBlobs.Lines(resources.Select(r => PositionRow.OfAll(r).ToValue()));
        yield return new SnapshotFile(Observations, observations);
        yield return new SnapshotFile(Head, HeadOf(snapshot, manifests.ToImmutable(), ContentDigest.Of(observations)));
    }

    /// <summary>Reads a folder's files, and finds each to be what <see cref="Head"/> says.</summary>
    /// <param name="file">Gives a file's bytes.</param>
    /// <exception cref="FormatException">A file is not what was saved; says which.</exception>
    public static async Task<Snapshot> ReadAsync(
        Func<string, CancellationToken, Task<byte[]>> file,
        CancellationToken cancel
    )
    {
        var head = StoredObject.Parse(await file(Head, cancel), Head).OfVersion(Version);
        var positions = StoredObject
            .ParseLines(await CheckedAsync(Observations, head.Digest("observations")), Observations)
            .Select(PositionRow.Read)
            .DistinctBy(p => p.Key)
            .ToDictionary(p => p.Key, p => p.ToObservation());
        var resources = ImmutableArray.CreateBuilder<Resource>();
        var manifests = head.Objects("manifests").Select(ManifestRef.Read).ToImmutableArray();
        for (var i = 0; i < manifests.Length; i++)
        {
            foreach (var row in manifests[i].RowsOf(await CheckedAsync(ManifestPath(i), manifests[i].Digest)))
            {
                var document = await CheckedAsync(DocumentPath(row.Digest), row.Digest);
                resources.Add(row.ToResource(document, positions.GetValueOrDefault(row.Key, Observation.None)));
            }
        }

        resources.Sort((a, b) => a.Key.CompareTo(b.Key));
        return new Snapshot
        {
            Target = head.Text("target"),
            From = head.Time("from"),
            To = head.Time("to"),
            Identity = head.Text("identity"),
            Reads = [.. head.Objects("reads").Select(StoredObservation.ReadRead)],
            Resources = resources.ToImmutable(),
            Gaps = [.. head.Objects("gaps").Select(StoredGaps.Read)],
            FilesRead = head.Inner("files").Count("read"),
            FilesWithoutResources = head.Inner("files").Count("without"),
            Duplicates = head.Texts("duplicates"),
        };

        async Task<byte[]> CheckedAsync(string path, string digest)
        {
            var bytes = await file(path, cancel);
            var found = ContentDigest.Of(bytes);
            return found == digest ? bytes : throw new FormatException($"{path}: expected {digest}, got {found}");
        }
    }

    private static byte[] HeadOf(Snapshot snapshot, ImmutableArray<ManifestRef> manifests, string observations) =>
        Jcs.ToBytes(
            new ObjectBuilder
            {
                ["duplicates"] = StoredValue.Texts(snapshot.Duplicates),
                ["files"] = StoredObservation.FilesOf(snapshot.FilesRead, snapshot.FilesWithoutResources),
                ["from"] = Instant.Format(snapshot.From),
                ["gaps"] = StoredGaps.ToValue(snapshot.Gaps),
                ["identity"] = snapshot.Identity,
                ["manifests"] = StoredValue.List(manifests.Select(m => m.ToValue())),
                ["observations"] = observations,
                ["reads"] = StoredValue.List(snapshot.Reads.Select(StoredObservation.ToValue)),
                ["target"] = snapshot.Target,
                ["to"] = Instant.Format(snapshot.To),
                ["v"] = Version,
            }.ToValue()
        );

    private static string ManifestPath(int index) => FormattableString.Invariant($"manifests/{index}.jsonl");

    private static string DocumentPath(string digest) => $"documents/{digest[ContentDigest.Prefix.Length..]}.json";
}
