using System.Text;
using Plumbline.Core;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign;

/// <summary>JSON as Go's <c>encoding/json</c> writes it indented: names in order, <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> escaped.</summary>
internal static class GoJson
{
    /// <param name="sorts">Go keeps the order of a structure's members, and sorts those of a map.</param>
    public static string Indented(Value value, string indent, bool sorts = true)
    {
        var writer = new Writer(indent, sorts);
        writer.Write(value, "\n");
        return writer.ToString();
    }

    private sealed class Writer(string indent, bool sorts)
    {
        private readonly StringBuilder _text = new();

        public override string ToString() => _text.ToString();

        public void Write(Value value, string line)
        {
            switch (value.Kind)
            {
                case ValueKind.Object:
                    WriteObject(value, line);
                    break;
                case ValueKind.Array or ValueKind.Set:
                    WriteArray(value, line);
                    break;
                case ValueKind.String:
                    WriteText(value.Utf8.ToString());
                    break;
                default:
                    _text.Append(Jcs.ToText(value));
                    break;
            }
        }

        private void WriteArray(Value value, string line)
        {
            _text.Append('[');
            for (var i = 0; i < value.Count; i++)
            {
                _text.Append(i > 0 ? "," : "").Append(line).Append(indent);
                Write(value[i], line + indent);
            }

            _text.Append(value.Count > 0 ? line : "").Append(']');
        }

        private void WriteObject(Value value, string line)
        {
            var members = Enumerable.Range(0, value.Count).Select(i => (Key: NameOf(value.KeyAt(i)), Value: value[i]));
            var separator = "";
            _text.Append('{');
            foreach (var (key, member) in sorts ? members.OrderBy(m => m.Key, Ordinal.Comparer) : members)
            {
                _text.Append(separator).Append(line).Append(indent);
                WriteText(key);
                _text.Append(": ");
                Write(member, line + indent);
                separator = ",";
            }

            _text.Append(value.Count > 0 ? line : "").Append('}');
        }

        private static string NameOf(Value key) => key.IsString ? key.Utf8.ToString() : Jcs.ToText(key);

        private void WriteText(string value)
        {
            _text.Append('"');
            foreach (var c in value)
            {
                _ = c switch
                {
                    '"' => _text.Append("\\\""),
                    '\\' => _text.Append("\\\\"),
                    '\n' => _text.Append("\\n"),
                    '\r' => _text.Append("\\r"),
                    '\t' => _text.Append("\\t"),
                    '\b' => _text.Append("\\b"),
                    '\f' => _text.Append("\\f"),
                    < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => _text.Append($"\\u{(int)c:x4}"),
                    _ => _text.Append(c),
                };
            }

            _text.Append('"');
        }
    }
}
