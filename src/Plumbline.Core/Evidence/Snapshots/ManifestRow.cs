using System.Collections.Immutable;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence.Snapshots;

/// <summary>One resource in a manifest: its key and the digest of its document, without times and places.</summary>
/// <remarks>
/// <code>
/// {"basis", "digest", "incarnation"?, "key", "redacted"?: {pointer: redactor}, "tags"?: {name: text}}
/// </code>
/// What is empty is left out.
/// </remarks>
internal sealed record ManifestRow(ResourceKey Key, string Digest, Basis Basis)
{
    public string? Incarnation { get; init; }

    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    public required ImmutableSortedDictionary<string, string> Redacted { get; init; }

    public static ManifestRow Of(Resource resource) =>
        new(resource.Key, resource.Digest, resource.Basis)
        {
            Incarnation = resource.Incarnation,
            Tags = resource.Tags,
            Redacted = resource.Redacted,
        };

    public Value ToValue()
    {
        var row = new ObjectBuilder
        {
            ["basis"] = Words<Basis>.Of(Basis),
            ["digest"] = Digest,
            ["key"] = Key.Text,
        };
        row.AddUnlessNull("incarnation", Incarnation);
        row.AddUnlessEmpty("redacted", StoredValue.Map(Redacted));
        row.AddUnlessEmpty("tags", StoredValue.Map(Tags));
        return row.ToValue();
    }

    public static ManifestRow Read(StoredObject row) =>
        new(ReadKey(row), row.Digest("digest"), row.Word<Basis>("basis"))
        {
            Incarnation = row.OptionalText("incarnation"),
            Tags = row.Map("tags"),
            Redacted = row.Map("redacted"),
        };

    public static ResourceKey ReadKey(StoredObject row) =>
        ResourceKey.TryParse(row.Text("key"), out var key) ? key : throw row.Expected("key", "a resource key");

    /// <summary>The resource again, once its document has been read.</summary>
    /// <exception cref="FormatException">The bytes are no stored document.</exception>
    public Resource ToResource(byte[] document, Observation observed) =>
        Resource.OfStored(Key, Basis, document, observed, Incarnation, Tags, Redacted);
}
