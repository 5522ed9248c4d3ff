using System.Globalization;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>How a text of many lines is laid out.</summary>
/// <param name="Prefix">Stands at the start of each line.</param>
/// <param name="Indent">Stands once per level after it.</param>
internal sealed record JsonLayout(string Prefix, string Indent);

/// <summary>JSON as Go's <c>encoding/json</c> writes it: names in order, and <c>&lt; &gt; &amp;</c> escaped.</summary>
/// <remarks>Sets become arrays in Rego's order; a key that is no string becomes its own JSON text; an unknown its mark.</remarks>
internal static class GoJson
{
    /// <param name="layout">Null for one line.</param>
    public static string Write(Value value, JsonLayout? layout)
    {
        var text = new StringBuilder();
        Write(value, layout, 0, text);
        return text.ToString();
    }

    private static void Write(Value value, JsonLayout? layout, int depth, StringBuilder text)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                Quote(value.Utf8.ToString(), text);
                break;
            case ValueKind.Unknown:
                Quote(value.AsUnknown!.Display, text);
                break;
            case ValueKind.Array:
            case ValueKind.Set:
                var items = Members.InOrder(value);
                WriteAll(
                    '[',
                    ']',
                    items.Length,
                    value.IsOpen,
                    layout,
                    depth,
                    text,
                    i => Write(items[i], layout, depth + 1, text)
                );
                break;
            case ValueKind.Object:
                var members = Names(value);
                WriteAll(
                    '{',
                    '}',
                    members.Length,
                    value.IsOpen,
                    layout,
                    depth,
                    text,
                    i =>
                    {
                        Quote(members[i].Name, text);
                        text.Append(layout is null ? ":" : ": ");
                        Write(members[i].Value, layout, depth + 1, text);
                    }
                );
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static (string Name, Value Value)[] Names(Value value)
    {
        var members = new (string Name, Value Value)[value.Count];
        for (var i = 0; i < members.Length; i++)
        {
            var key = value.KeyAt(i);
            members[i] = (key.IsString ? key.Utf8.ToString() : Write(key, null), value[i]);
        }

        Array.Sort(members, (a, b) => new Utf8(a.Name).CompareTo(new Utf8(b.Name)));
        return members;
    }

    private static void WriteAll(
        char open,
        char close,
        int count,
        bool isOpen,
        JsonLayout? layout,
        int depth,
        StringBuilder text,
        Action<int> write
    )
    {
        text.Append(open);
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            NewLine(layout, depth + 1, text);
            write(i);
        }

        if (isOpen)
        {
            text.Append(count == 0 ? "…" : ",…");
        }

        if (count > 0)
        {
            NewLine(layout, depth, text);
        }

        text.Append(close);
    }

    private static void NewLine(JsonLayout? layout, int depth, StringBuilder text)
    {
        if (layout is null)
        {
            return;
        }

        text.Append('\n').Append(layout.Prefix);
        for (var i = 0; i < depth; i++)
        {
            text.Append(layout.Indent);
        }
    }

    private static void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => text.Append(
                    CultureInfo.InvariantCulture,
                    $"\\u{(int)c:x4}"
                ),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
