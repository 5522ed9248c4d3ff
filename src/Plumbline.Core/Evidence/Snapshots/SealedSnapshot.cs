using System.Collections.Immutable;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Evidence.Snapshots;

/// <summary>The layers of a snapshot, read back one by one.</summary>
internal sealed class SealedSnapshot
{
    private readonly SealedContent _content;

    private SealedSnapshot(SealedContent content, StoredSnapshot stored, StoredObservation observation)
    {
        _content = content;
        Stored = stored;
        Observation = observation;
    }

    public StoredSnapshot Stored { get; }

    public StoredObservation Observation { get; }

    public static async Task<SealedSnapshot> OpenAsync(
        SealedContent content,
        Statement statement,
        CancellationToken cancel
    )
    {
        var stored = await content.ReadAsync(statement.Snapshot, "snapshot", StoredSnapshot.Parse, cancel);
        var observation = await content.ReadAsync(
            ContentKind.Observation,
            statement.Observed,
            utf8 => Demand(StoredObservation.Parse(utf8), statement.Snapshot, stored.Manifests.Length),
            cancel
        );
        return new SealedSnapshot(content, stored, observation);
    }

    /// <summary>The rows of a manifest.</summary>
    public Task<ManifestRow[]> ManifestAsync(int index, CancellationToken cancel)
    {
        var manifest = Stored.Manifests[index];
        return _content.ReadAsync(
            manifest.Digest,
            $"manifest of {manifest.Type} in {manifest.Realm}",
            manifest.RowsOf,
            cancel
        );
    }

    /// <summary>Where the resources of a manifest stood.</summary>
    public Task<ImmutableDictionary<ResourceKey, Observation>> PositionsAsync(int index, CancellationToken cancel) =>
        _content.ReadAsync(
            Observation.Positions[index],
            $"positions of {Stored.Manifests[index].Type} in {Stored.Manifests[index].Realm}",
            utf8 =>
                StoredObject
                    .ParseLines(utf8, "positions")
                    .Select(PositionRow.Read)
                    .DistinctBy(p => p.Key)
                    .ToImmutableDictionary(p => p.Key, p => p.ToObservation()),
            cancel
        );

    /// <summary>The document of a row; its digest was found true.</summary>
    public Task<byte[]> DocumentAsync(ManifestRow row, CancellationToken cancel) =>
        _content.ReadAsync(row.Digest, $"document of {row.Key}", utf8 => utf8, cancel);

    /// <summary>All of it, as it was before it was sealed.</summary>
    public async Task<Snapshot> ReadAsync(CancellationToken cancel)
    {
        var resources = ImmutableArray.CreateBuilder<Resource>();
        for (var i = 0; i < Stored.Manifests.Length; i++)
        {
            var positions = await PositionsAsync(i, cancel);
            foreach (var row in await ManifestAsync(i, cancel))
            {
                var document = await DocumentAsync(row, cancel);
                var observed = positions.GetValueOrDefault(row.Key, Resources.Observation.None);
                var what = $"{_content.Place}, document of {row.Key}";
                resources.Add(SealedContent.Parsed(what, () => row.ToResource(document, observed)));
            }
        }

        resources.Sort((a, b) => a.Key.CompareTo(b.Key));
        return ToSnapshot(resources.ToImmutable());
    }

    /// <summary>The snapshot with these resources.</summary>
    public Snapshot ToSnapshot(ImmutableArray<Resource> resources) =>
        new()
        {
            Target = Stored.Target,
            From = Observation.From,
            To = Observation.To,
            Identity = Stored.Identity,
            Reads = Observation.Reads,
            Resources = resources,
            Gaps = Stored.Gaps,
            FilesRead = Observation.FilesRead,
            FilesWithoutResources = Observation.FilesWithoutResources,
            Duplicates = Observation.Duplicates,
        };

    private static StoredObservation Demand(StoredObservation observation, string snapshot, int manifests)
    {
        var fits = observation.Snapshot == snapshot && observation.Positions.Length == manifests;
        return fits ? observation : throw new FormatException($"expected the observation of {snapshot}, got another");
    }
}
