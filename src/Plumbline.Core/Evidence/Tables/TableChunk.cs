using System.Collections.Immutable;
using System.Text;
using Plumbline.Core.Checks;
using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Evidence.Tables;

/// <summary>What a chunk of the verdict tables holds.</summary>
internal enum TableChunkKind
{
    Keys,
    Vector,
    Rows,
}

/// <summary>One chunk of the verdict tables: a header line, and a body whose form the header names.</summary>
/// <remarks>
/// <code>
/// chunk    header, canonical JSON │ line feed │ body
///
/// keys     {"count", "kind": "keys", "type", "v": 1}            resource keys of the type, each with a line feed
/// vector   {"check", "count", "instance", "keys": digest,       verdicts of those keys: two bits each, four to a byte,
///           "kind": "vector", "type", "v": 1}                   low bits first; what is over in the last byte is 0
/// rows     {"check", "count", "instance", "keys": digest,       canonical JSON lines of what fails or is unknown among
///           "kind": "rows", "type", "v": 1}                     those keys, in their order (see <see cref="FindingRow"/>)
/// </code>
/// <c>count</c> is how many keys, verdicts or rows; <c>keys</c> the digest of the chunk of keys that a vector or rows go with.
/// A key holds no control character, so a line feed ends it (CONTRACTS §3).
/// </remarks>
internal sealed class TableChunk
{
    public const int MaxKeys = 4096;

    private const int Version = 1;

    private TableChunk(StoredObject header, ReadOnlyMemory<byte> bytes, int bodyAt)
    {
        Kind = header.OfVersion(Version).Word<TableChunkKind>("kind");
        Type = header.Text("type");
        Count = header.Count("count");
        if (Kind != TableChunkKind.Keys)
        {
            Check = header.Text("check");
            Instance = header.Text("instance");
            Keys = header.Digest("keys");
        }

        Bytes = bytes;
        Body = bytes[bodyAt..];
    }

    public TableChunkKind Kind { get; }

    public string Type { get; }

    public int Count { get; }

    /// <summary>Check id and instance name; empty in a chunk of keys.</summary>
    public string Check { get; } = "";

    /// <inheritdoc cref="Check"/>
    public string Instance { get; } = "";

    /// <summary>Digest of the chunk of keys that this one goes with; empty in a chunk of keys itself.</summary>
    public string Keys { get; } = "";

    public ReadOnlyMemory<byte> Bytes { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string Name =>
        Kind == TableChunkKind.Keys ? $"keys of {Type}"
        : Instance == CheckInstance.DefaultName ? $"{Words<TableChunkKind>.Of(Kind)} of {Check} on {Type}"
        : $"{Words<TableChunkKind>.Of(Kind)} of {Check}[{Instance}] on {Type}";

    public bool IsOf(CheckInstance instance) => Check == instance.Check.Id && Instance == instance.Name;

    public static byte[] WriteKeys(string type, ReadOnlySpan<Resource> resources)
    {
        var keys = new StringBuilder();
        foreach (var resource in resources)
        {
            keys.Append(resource.Key.Text).Append('\n');
        }

        var header = Header(TableChunkKind.Keys, type, resources.Length);
        return Write(header, Encoding.UTF8.GetBytes(keys.ToString()));
    }

    /// <param name="packed">Whole bytes of the instance's vector, from the first verdict of the chunk on.</param>
    public static byte[] WriteVector(
        CheckInstance instance,
        string type,
        string keys,
        int count,
        ReadOnlySpan<byte> packed
    ) => Write(Header(TableChunkKind.Vector, type, count, instance, keys), packed);

    public static byte[] WriteRows(
        CheckInstance instance,
        string type,
        string keys,
        IReadOnlyCollection<Finding> rows
    ) =>
        Write(
            Header(TableChunkKind.Rows, type, rows.Count, instance, keys),
            SnapshotBlobs.Lines(rows.Select(FindingRow.ToValue))
        );

    /// <summary>Reads a chunk, and refuses what <c>Write…</c> would not have written.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TableChunk Parse(ReadOnlyMemory<byte> bytes)
    {
        var end = bytes.Span.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw new FormatException("table chunk: expected a header line, got none");
        }

        var chunk = new TableChunk(StoredObject.Parse(bytes.Span[..end], "table chunk"), bytes, end + 1);
        var body = chunk.Body.Span;
        var found = chunk.Kind == TableChunkKind.Vector ? chunk.Count : body.Count((byte)'\n');
        var fits =
            chunk.Kind == TableChunkKind.Vector
                ? body.Length == (chunk.Count + 3) / 4 && HasNothingOver(body, chunk.Count)
                : body.IsEmpty || body[^1] == '\n';
        if (!fits || found != chunk.Count || chunk.Count is 0 or > MaxKeys)
        {
            throw new FormatException($"{chunk.Name}: expected {chunk.Count} of 1 to {MaxKeys}, got another body");
        }

        return chunk;
    }

    public Verdict VerdictAt(int index) => (Verdict)((Body.Span[index >> 2] >> ((index & 3) * 2)) & 3);

    /// <summary>Keys in order, which is strictly ascending.</summary>
    /// <exception cref="FormatException">A line is no key of the type, or not after the one before.</exception>
    public ImmutableArray<ResourceKey> ReadKeys()
    {
        var keys = ImmutableArray.CreateBuilder<ResourceKey>(Count);
        foreach (var line in Encoding.UTF8.GetString(Body.Span).Split('\n')[..^1])
        {
            if (
                !ResourceKey.TryParse(line, out var key)
                || key.Type != Type
                || (keys.Count > 0 && keys[^1].CompareTo(key) >= 0)
            )
            {
                throw new FormatException($"{Name}: expected keys of the type in their order, got `{line}`");
            }

            keys.Add(key);
        }

        return keys.MoveToImmutable();
    }

    /// <summary>Where a key stands among those of a chunk of keys; negative where it does not.</summary>
    /// <exception cref="FormatException">The keys are not in order.</exception>
    public int IndexOf(ResourceKey key) => ReadKeys().AsSpan().BinarySearch(key);

    public IEnumerable<StoredObject> ReadRows() => StoredObject.ParseLines(Body, Name);

    private static bool HasNothingOver(ReadOnlySpan<byte> packed, int count) =>
        (count & 3) == 0 || packed[^1] >> ((count & 3) * 2) == 0;

    private static ObjectBuilder Header(TableChunkKind kind, string type, int count) =>
        new()
        {
            ["count"] = count,
            ["kind"] = Words<TableChunkKind>.Of(kind),
            ["type"] = type,
            ["v"] = Version,
        };

    private static ObjectBuilder Header(
        TableChunkKind kind,
        string type,
        int count,
        CheckInstance instance,
        string keys
    )
    {
        var header = Header(kind, type, count);
        header["check"] = instance.Check.Id;
        header["instance"] = instance.Name;
        header["keys"] = keys;
        return header;
    }

    private static byte[] Write(ObjectBuilder header, ReadOnlySpan<byte> body) =>
        [.. Jcs.ToBytes(header.ToValue()), (byte)'\n', .. body];
}
