using System.Collections.Immutable;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence.Snapshots;

/// <summary>The layer of times and places: when a snapshot was read, and where its parts stood. No digest of content depends on it.</summary>
/// <remarks>
/// <code>
/// {"checks": {id: file}, "duplicates": [text, …], "files": {"read", "without"}, "from", "positions": [digest, …],
///  "reads": [{"found", "from", "identity", "operation", "to"}, …], "snapshot": digest, "to", "v": 1}
/// </code>
/// <c>reads</c> are one a call of a collector.
/// <c>positions</c> are one a manifest, in the same order. Its digest is the statement's <c>observed</c>.
/// </remarks>
internal sealed record StoredObservation
{
    public const int Version = 1;

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required ImmutableArray<SnapshotRead> Reads { get; init; }

    /// <summary>Digest of the <see cref="StoredSnapshot"/> that was observed.</summary>
    public required string Snapshot { get; init; }

    public required ImmutableArray<string> Positions { get; init; }

    public required int FilesRead { get; init; }

    public required int FilesWithoutResources { get; init; }

    public required ImmutableArray<string> Duplicates { get; init; }

    /// <summary>Where each check is written, by id.</summary>
    public required ImmutableSortedDictionary<string, string> CheckFiles { get; init; }

    public byte[] ToBytes() =>
        Jcs.ToBytes(
            new ObjectBuilder
            {
                ["checks"] = StoredValue.Map(CheckFiles),
                ["duplicates"] = StoredValue.Texts(Duplicates),
                ["files"] = FilesOf(FilesRead, FilesWithoutResources),
                ["from"] = Instant.Format(From),
                ["positions"] = StoredValue.Texts(Positions),
                ["reads"] = StoredValue.List(Reads.Select(ToValue)),
                ["snapshot"] = Snapshot,
                ["to"] = Instant.Format(To),
                ["v"] = Version,
            }.ToValue()
        );

    /// <exception cref="FormatException">The bytes are no stored observation.</exception>
    public static StoredObservation Parse(byte[] utf8)
    {
        var observation = StoredObject.Parse(utf8, "observation").OfVersion(Version);
        return new StoredObservation
        {
            From = observation.Time("from"),
            To = observation.Time("to"),
            Reads = [.. observation.Objects("reads").Select(ReadRead)],
            Snapshot = observation.Digest("snapshot"),
            Positions = observation.Texts("positions"),
            FilesRead = observation.Inner("files").Count("read"),
            FilesWithoutResources = observation.Inner("files").Count("without"),
            Duplicates = observation.Texts("duplicates"),
            CheckFiles = observation.Map("checks"),
        };
    }

    public static Value FilesOf(int read, int without) =>
        new ObjectBuilder { ["read"] = read, ["without"] = without }.ToValue();

    public static Value ToValue(SnapshotRead read) =>
        new ObjectBuilder
        {
            ["found"] = read.Found,
            ["from"] = Instant.Format(read.From),
            ["identity"] = read.Identity,
            ["operation"] = read.Operation,
            ["to"] = Instant.Format(read.To),
        }.ToValue();

    public static SnapshotRead ReadRead(StoredObject read) =>
        new(read.Text("operation"), read.Text("identity"), read.Time("from"), read.Time("to"), read.Count("found"));
}
