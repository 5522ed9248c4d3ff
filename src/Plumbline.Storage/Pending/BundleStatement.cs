using System.Text.Json.Serialization;
using Plumbline.Storage.Blobs;

namespace Plumbline.Storage.Pending;

/// <summary>The file <c>statement</c> of a pending bundle: all that the entry needs besides the bytes of its blobs.</summary>
internal sealed record BundleStatement
{
    public required int V { get; init; }

    /// <summary>The log that it is meant for.</summary>
    public required string Origin { get; init; }

    /// <summary>The entry. Its <c>time</c> is when the bundle was made, and is replaced by the log's time when it is taken in.</summary>
    public required byte[] Leaf { get; init; }

    public required IReadOnlyList<BundleBlob> Blobs { get; init; }

    /// <summary>Data keys that the store had not yet when the bundle was made.</summary>
    public required IReadOnlyList<DataKey> Keys { get; init; }

    public required IReadOnlyCollection<string> Names { get; init; }

    public required Guid? Run { get; init; }
}

/// <summary><see cref="StoredBlob"/> less its bytes, which lie in <c>blobs/</c> under their digest.</summary>
internal sealed record BundleBlob(byte[] Ct, byte[] Pt, string Key, byte[] Tag);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(BundleStatement))]
internal sealed partial class BundleJson : JsonSerializerContext;
