using System.Collections.Immutable;
using System.Globalization;

namespace Plumbline.Values;

/// <summary>Names a value inside a document (RFC 6901): <c>/spec/containers/0/image</c>; the empty text is the whole document.</summary>
public readonly struct JsonPointer : IEquatable<JsonPointer>, IComparable<JsonPointer>
{
    private readonly string? _text;

    private JsonPointer(string text) => _text = text;

    public static JsonPointer Root => default;

    public string Text => _text ?? "";

    public bool IsRoot => Text.Length == 0;

    /// <summary>The reference tokens, unescaped.</summary>
    public IEnumerable<string> Segments =>
        IsRoot ? [] : Text[1..].Split('/').Select(s => s.Contains('~') ? s.Replace("~1", "/").Replace("~0", "~") : s);

    /// <summary>False where the text is neither empty nor starts with <c>/</c>, or has a <c>~</c> before anything but 0 and 1.</summary>
    public static bool TryParse(string text, out JsonPointer pointer)
    {
        pointer = default;
        if (text.Length > 0 && text[0] != '/')
        {
            return false;
        }

        for (var i = text.IndexOf('~'); i >= 0; i = text.IndexOf('~', i + 1))
        {
            if (i + 1 == text.Length || text[i + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        pointer = new JsonPointer(text);
        return true;
    }

    /// <exception cref="FormatException">The text is no pointer.</exception>
    public static JsonPointer Parse(string text) =>
        TryParse(text, out var pointer)
            ? pointer
            : throw new FormatException($"expected a JSON Pointer such as `/spec/containers/0`, got `{text}`");

    public static JsonPointer Of(ImmutableArray<string> segments) => segments.Aggregate(Root, (p, s) => p.Append(s));

    public JsonPointer Append(string segment) =>
        new(
            $"{Text}/{(segment.AsSpan().ContainsAny('~', '/') ? segment.Replace("~", "~0").Replace("/", "~1") : segment)}"
        );

    public JsonPointer Append(int index) => new(string.Create(CultureInfo.InvariantCulture, $"{Text}/{index}"));

    /// <summary>The pointer to what holds this value; of the whole document the document itself.</summary>
    public JsonPointer Parent => IsRoot ? this : new JsonPointer(Text[..Text.LastIndexOf('/')]);

    /// <summary>The value this names below <paramref name="root"/>, else undefined; a set's members have no pointer.</summary>
    public Value Resolve(Value root)
    {
        foreach (var segment in Segments)
        {
            root = root.Kind switch
            {
                ValueKind.Object => root[segment],
                ValueKind.Array when TryIndex(segment, out var index) => root[Value.Of(index)],
                _ => default,
            };
        }

        return root;
    }

    public bool Equals(JsonPointer other) => Text == other.Text;

    public override bool Equals(object? obj) => obj is JsonPointer other && Equals(other);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public int CompareTo(JsonPointer other) => string.CompareOrdinal(Text, other.Text);

    public override string ToString() => Text;

    public static bool operator ==(JsonPointer left, JsonPointer right) => left.Equals(right);

    public static bool operator !=(JsonPointer left, JsonPointer right) => !left.Equals(right);

    /// <summary>Array indexes are digits without leading zeros (RFC 6901, section 4).</summary>
    internal static bool TryIndex(string segment, out int index)
    {
        index = 0;
        return segment.Length is > 0 and <= 9
            && (segment.Length == 1 || segment[0] != '0')
            && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
