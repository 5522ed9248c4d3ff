using System.Collections.Immutable;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence.Snapshots;

/// <summary>The upper layer that has no times: what was read, by whom, what could not be, and the manifests of it.</summary>
/// <remarks>
/// <code>
/// {"gaps": [gap, …], "identity", "manifests": [{"digest", "realm", "rows", "type"}, …], "target", "v": 1}
/// </code>
/// Its digest is the statement's <c>snapshot</c>: an unchanged day has the same one.
/// </remarks>
internal sealed record StoredSnapshot
{
    public const int Version = 1;

    public required string Target { get; init; }

    public required string Identity { get; init; }

    public required ImmutableArray<Gap> Gaps { get; init; }

    /// <summary>By type, realm and first key.</summary>
    public required ImmutableArray<ManifestRef> Manifests { get; init; }

    public byte[] ToBytes() =>
        Jcs.ToBytes(
            new ObjectBuilder
            {
                ["gaps"] = StoredGaps.ToValue(Gaps),
                ["identity"] = Identity,
                ["manifests"] = StoredValue.List(Manifests.Select(m => m.ToValue())),
                ["target"] = Target,
                ["v"] = Version,
            }.ToValue()
        );

    /// <exception cref="FormatException">The bytes are no stored snapshot.</exception>
    public static StoredSnapshot Parse(byte[] utf8)
    {
        var snapshot = StoredObject.Parse(utf8, "snapshot").OfVersion(Version);
        return new StoredSnapshot
        {
            Target = snapshot.Text("target"),
            Identity = snapshot.Text("identity"),
            Gaps = [.. snapshot.Objects("gaps").Select(StoredGaps.Read)],
            Manifests = [.. snapshot.Objects("manifests").Select(ManifestRef.Read)],
        };
    }
}

/// <summary>A manifest as the snapshot names it.</summary>
/// <param name="Rows">How many resources it lists.</param>
internal sealed record ManifestRef(string Type, string Realm, int Rows, string Digest)
{
    /// <param name="first">Any key of it.</param>
    public static ManifestRef Of(ResourceKey first, int rows, string digest) =>
        new(first.Type, first.Realm, rows, digest);

    public Value ToValue() =>
        new ObjectBuilder
        {
            ["digest"] = Digest,
            ["realm"] = Realm,
            ["rows"] = Rows,
            ["type"] = Type,
        }.ToValue();

    public static ManifestRef Read(StoredObject manifest) =>
        new(manifest.Text("type"), manifest.Text("realm"), manifest.Count("rows"), manifest.Digest("digest"));

    /// <summary>Its rows: as many as it says, of its type and realm, in the order of their keys.</summary>
    /// <exception cref="FormatException">The bytes are others.</exception>
    public ManifestRow[] RowsOf(byte[] utf8)
    {
        ManifestRow[] rows = [.. StoredObject.ParseLines(utf8, "manifest").Select(ManifestRow.Read)];
        for (var i = 0; i < rows.Length; i++)
        {
            var (key, isNext) = (rows[i].Key, i == 0 || rows[i - 1].Key.CompareTo(rows[i].Key) < 0);
            if (key.Type != Type || key.Realm != Realm || !isNext)
            {
                throw new FormatException($"expected keys of the manifest in their order, got `{key}`");
            }
        }

        return rows.Length == Rows ? rows : throw new FormatException($"expected {Rows} rows, got {rows.Length}");
    }
}
