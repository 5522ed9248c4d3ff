using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Storage.Blobs;
using Plumbline.Storage.Log;
using Plumbline.Values;

namespace Plumbline.Storage.Pending;

/// <summary>The file <c>statement</c> of a pending bundle: all that the entry needs besides the bytes of its blobs.</summary>
/// <remarks>
/// Canonical JSON (RFC 8785), described in docs/formats/pending-bundle.md:
/// <code>
/// {"blobs": [{"ct": digest, "key", "pt": digest, "tag": base64}, …],
///  "keys": [{"class", "created", "ref", "wrapped": base64, "year"}, …],
///  "leaf": text, "names": [text, …], "origin", "run"?: UUID, "v": 1}
/// </code>
/// </remarks>
internal sealed record BundleStatement
{
    public const int Version = 1;

    public required int V { get; init; }

    /// <summary>The log that it is meant for.</summary>
    public required string Origin { get; init; }

    /// <summary>The entry. Its <c>time</c> is when the bundle was made, and is replaced by the log's time when it is taken in.</summary>
    public required string Leaf { get; init; }

    public required IReadOnlyList<BundleBlob> Blobs { get; init; }

    /// <summary>Data keys that the store had not yet when the bundle was made.</summary>
    public required IReadOnlyList<DataKey> Keys { get; init; }

    public required IReadOnlyCollection<string> Names { get; init; }

    /// <summary>The run that ends with the entry.</summary>
    public Guid? Run { get; init; }

    public static BundleStatement Of(string origin, Batch batch, byte[] leaf) =>
        new()
        {
            V = Version,
            Origin = origin,
            Leaf = Encoding.UTF8.GetString(leaf),
            Blobs = [.. batch.Blobs.Select(b => new BundleBlob(Digest.Text(b.Ct), Digest.Text(b.Pt), b.Key, b.Tag))],
            Keys = batch.Keys,
            Names = batch.Names,
            Run = batch.Run,
        };

    public byte[] ToBytes() =>
        Jcs.ToBytes(Json.Parse(JsonSerializer.SerializeToUtf8Bytes(this, BundleJson.Default.BundleStatement)));

    /// <exception cref="InvalidDataException">The bytes are no such statement.</exception>
    public static BundleStatement Parse(byte[] utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, BundleJson.Default.BundleStatement)
                ?? throw new InvalidDataException("its statement is null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"its statement cannot be read: {e.Message}", e);
        }
    }
}

/// <summary><see cref="StoredBlob"/> less its bytes, which lie in <c>blobs/</c> under their digest.</summary>
internal sealed record BundleBlob(string Ct, string Pt, string Key, byte[] Tag);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(BundleStatement))]
internal sealed partial class BundleJson : JsonSerializerContext;
