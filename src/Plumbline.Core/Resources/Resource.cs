using System.Collections.Immutable;
using System.Security.Cryptography;
using Plumbline.Values;

namespace Plumbline.Core.Resources;

/// <summary>Where a document comes from, which decides what absence in it means (CONTRACTS §5).</summary>
public enum Basis
{
    /// <summary>Written in a file.</summary>
    Declared,

    /// <summary>What a plan says will be.</summary>
    Planned,

    /// <summary>Read from what runs.</summary>
    Effective,
}

/// <summary>One configured thing as it was read: the bytes that are hashed and judged, and where they came from.</summary>
public sealed class Resource
{
    private Resource(ResourceKey key, Basis basis, byte[] bytes, Value document, Observation observed)
    {
        Key = key;
        Basis = basis;
        Bytes = bytes;
        Document = document;
        Observed = observed;
        Digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
    }

    /// <summary>Takes a document in: it is written as it will be stored, and judged from what was written.</summary>
    /// <param name="redacted">Which redactor took which value out, by pointer.</param>
    public static Resource Of(
        ResourceKey key,
        Basis basis,
        Value document,
        Observation observed,
        ImmutableSortedDictionary<string, string>? redacted = null
    )
    {
        var bytes = DocumentFile.ToBytes(document);
        return new Resource(key, basis, bytes, DocumentFile.Parse(bytes), observed)
        {
            Redacted = redacted ?? NoneRedacted,
        };
    }

    /// <summary>Takes in a document that was stored before, with what stood beside it.</summary>
    /// <exception cref="FormatException">The bytes are no stored document.</exception>
    public static Resource OfStored(
        ResourceKey key,
        Basis basis,
        byte[] bytes,
        Observation observed,
        string? incarnation,
        ImmutableSortedDictionary<string, string> tags,
        ImmutableSortedDictionary<string, string> redacted
    ) =>
        new(key, basis, bytes, DocumentFile.Parse(bytes), observed)
        {
            Incarnation = incarnation,
            Tags = tags,
            Redacted = redacted,
        };

    public ResourceKey Key { get; }

    public Basis Basis { get; }

    /// <summary>The stored document (<see cref="DocumentFile"/>).</summary>
    public byte[] Bytes { get; }

    /// <summary><c>sha256:</c> of <see cref="Bytes"/>, lower-case hex.</summary>
    public string Digest { get; }

    /// <summary>What checks judge, read from <see cref="Bytes"/>.</summary>
    public Value Document { get; }

    public Observation Observed { get; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(Ordinal.Comparer);

    /// <summary>UID or creation time: the same key with another incarnation is another thing. Null where files are read.</summary>
    public string? Incarnation { get; init; }

    /// <summary>Which redactor took which value out, by pointer.</summary>
    public ImmutableSortedDictionary<string, string> Redacted { get; init; } = NoneRedacted;

    private static readonly ImmutableSortedDictionary<string, string> NoneRedacted = ImmutableSortedDictionary.Create<
        string,
        string
    >(Ordinal.Comparer);
}

/// <summary>Where a resource was read, for people: never hashed with its document.</summary>
/// <param name="File">Path as the user may open it, forward slashes; empty where it was no file.</param>
/// <param name="Source">The document as read, with positions; null where there are none.</param>
public sealed record Observation(string File, Document? Source)
{
    public static Observation None { get; } = new("", null);

    /// <summary>Pointer in <see cref="Source"/> at which the resource's document stands, e.g. <c>/items/3</c> of a List.</summary>
    public JsonPointer Within { get; init; }

    /// <summary>Positions that evidence kept, where the source itself is gone; by pointer into the resource's document.</summary>
    public ImmutableSortedDictionary<JsonPointer, Position> Kept { get; init; } =
        ImmutableSortedDictionary<JsonPointer, Position>.Empty;

    /// <summary>Line and column of a value, or of its nearest parent that is written.</summary>
    public Position PositionOf(JsonPointer place) =>
        Source is not null ? Source.PositionOf(JsonPointer.Parse(Within.Text + place.Text)) : KeptPositionOf(place);

    /// <summary>Pointers to every value whose position is known, from the resource's root on.</summary>
    internal IEnumerable<JsonPointer> Places() =>
        Source is null ? Kept.Keys : Below(Within.Resolve(Source.Root), JsonPointer.Root);

    private static IEnumerable<JsonPointer> Below(Value value, JsonPointer at)
    {
        yield return at;
        for (var i = 0; (value.IsArray || value.IsObject) && i < value.Count; i++)
        {
            var member = value.IsArray ? at.Append(i) : at.Append(value.KeyAt(i).Utf8.ToString());
            foreach (var place in Below(value[i], member))
            {
                yield return place;
            }
        }
    }

    private Position KeptPositionOf(JsonPointer place)
    {
        while (!Kept.ContainsKey(place) && !place.IsRoot)
        {
            place = place.Parent;
        }

        return Kept.GetValueOrDefault(place);
    }
}
