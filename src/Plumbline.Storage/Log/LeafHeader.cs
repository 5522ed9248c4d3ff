using System.Text;
using System.Text.Json;
using Plumbline.Core.Evidence;

namespace Plumbline.Storage.Log;

/// <summary>The three members of an entry that the store itself must know (RELIABILITY 2.2).</summary>
/// <param name="Id">Unique in the log; what makes sealing twice harmless.</param>
/// <param name="Type">E.g. <c>plumbline.dev/assessment/v1</c>.</param>
/// <param name="TimeAt">Where in the bytes the text of <c>time</c> begins, just after its quote.</param>
internal readonly record struct LeafHeader(string Id, string Type, DateTimeOffset Time, int TimeAt)
{
    /// <exception cref="FormatException">The bytes are no leaf; says what was expected.</exception>
    public static LeafHeader Read(ReadOnlySpan<byte> leaf)
    {
        if (leaf.Length > LedgerEntry.MaxBytes)
        {
            throw new FormatException($"expected a leaf of at most {LedgerEntry.MaxBytes} bytes, got {leaf.Length}");
        }
        try
        {
            return Scan(leaf);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: text that is no UTF-8
        {
            throw new FormatException($"expected a leaf that is JSON: {e.Message}", e);
        }
    }

    /// <summary>The same leaf at another time; the length stays.</summary>
    public static byte[] WithTime(ReadOnlySpan<byte> leaf, DateTimeOffset time)
    {
        var changed = leaf.ToArray();
        Encoding.ASCII.GetBytes(LogTime.Format(time), changed.AsSpan(Read(leaf).TimeAt, LogTime.Length));
        return changed;
    }

    /// <summary>The digests of the blobs that a leaf refers to, as it writes them (<c>ct</c>).</summary>
    /// <remarks>The bytes are a leaf as <see cref="Read"/> takes it; what is no reference in it counts as the empty one.</remarks>
    public static IReadOnlyList<string> BlobsOf(ReadOnlyMemory<byte> leaf)
    {
        using var json = JsonDocument.Parse(leaf);
        return json.RootElement.TryGetProperty("blobs", out var blobs) && blobs.ValueKind == JsonValueKind.Array
            ? [.. blobs.EnumerateArray().Select(CtOf)]
            : [];
    }

    private static string CtOf(JsonElement blob) =>
        blob.ValueKind == JsonValueKind.Object
        && blob.TryGetProperty("ct", out var ct)
        && ct.ValueKind == JsonValueKind.String
            ? ct.GetString()!
            : "";

    private static LeafHeader Scan(ReadOnlySpan<byte> leaf)
    {
        string? id = null;
        string? type = null;
        string? time = null;
        var timeAt = 0;
        var reader = new Utf8JsonReader(leaf);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException($"expected a leaf that is a JSON object, got {reader.TokenType}");
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "id":
                    id = Text(ref reader, name);
                    break;
                case "type":
                    type = Text(ref reader, name);
                    break;
                case "time":
                    time = Text(ref reader, name);
                    timeAt = (int)reader.TokenStartIndex + 1;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        if (reader.BytesConsumed != leaf.Length || id is null || type is null || time is null)
        {
            throw new FormatException("expected a leaf with `id`, `time` and `type`, and nothing after it");
        }
        return LogTime.TryParse(time, out var parsed)
            ? new LeafHeader(id, type, parsed, timeAt)
            : throw new FormatException($"expected a leaf's `time` to be UTC to the microsecond, got `{time}`");
    }

    private static string Text(ref Utf8JsonReader reader, string name) =>
        reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw new FormatException($"expected a leaf's `{name}` to be a string, got {reader.TokenType}");
}
