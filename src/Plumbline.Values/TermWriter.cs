using System.Globalization;
using System.Text;

namespace Plumbline.Values;

/// <summary>Writes a value as Rego text, which is JSON but for sets and for keys that are not strings.</summary>
internal static class TermWriter
{
    public static string Write(Value value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(Value value, StringBuilder text)
    {
        switch (value.Kind)
        {
            case ValueKind.Undefined:
                text.Append("undefined");
                break;
            case ValueKind.Null:
                text.Append("null");
                break;
            case ValueKind.Boolean:
                text.Append(value.IsTrue ? "true" : "false");
                break;
            case ValueKind.Number:
                text.Append(
                    value.TryGetInt64(out var small)
                        ? small.ToString(CultureInfo.InvariantCulture)
                        : value.AsNumber.ToString()
                );
                break;
            case ValueKind.String:
                Quote(value.Utf8.ToString(), text);
                break;
            case ValueKind.Array:
                text.Append('[');
                for (var i = 0; i < value.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Write(value[i], text);
                }

                More(value, text);
                text.Append(']');
                break;
            case ValueKind.Object:
                text.Append('{');
                WriteMembers(value, text);
                More(value, text);
                text.Append('}');
                break;
            case ValueKind.Set when value.Count == 0 && !value.IsOpen:
                text.Append("set()");
                break;
            case ValueKind.Set:
                text.Append('{');
                WriteItems(value, text);
                More(value, text);
                text.Append('}');
                break;
            case ValueKind.Unknown:
                text.Append(value.AsUnknown!.Display);
                break;
        }
    }

    private static void WriteMembers(Value value, StringBuilder text)
    {
        var first = true;
        foreach (var i in Comparing.Order(value))
        {
            text.Append(first ? "" : ", ");
            Write(value.KeyAt(i), text);
            text.Append(": ");
            Write(value[i], text);
            first = false;
        }
    }

    private static void WriteItems(Value value, StringBuilder text)
    {
        var first = true;
        foreach (var i in Comparing.Order(value))
        {
            text.Append(first ? "" : ", ");
            Write(value[i], text);
            first = false;
        }
    }

    private static void More(Value value, StringBuilder text)
    {
        if (value.IsOpen)
        {
            text.Append(value.Count == 0 ? "…" : ", …");
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
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
