using System.Globalization;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>Query strings of URLs, as Go's <c>net/url</c> writes and reads them (<c>application/x-www-form-urlencoded</c>).</summary>
internal static class UrlQuery
{
    public static string Escape(Utf8 text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var b in text.Span)
        {
            _ =
                char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~'
                    ? result.Append((char)b)
                : b == ' ' ? result.Append('+')
                : result.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return result.ToString();
    }

    public static Answer Unescape(Utf8 text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var b = text.Span[i];
            if (b != '%')
            {
                bytes.Add(b == '+' ? (byte)' ' : b);
            }
            else if (TryHex(text.Span[i..], out var escaped))
            {
                bytes.Add(escaped);
                i += 2;
            }
            else
            {
                return Answer.Invalid($"invalid URL escape \"{text.Slice(i, Math.Min(3, text.Length - i))}\"");
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    /// <summary>Reads <c>%xx</c> at the start of the text.</summary>
    public static bool TryHex(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        return text.Length >= 3
            && char.IsAsciiHexDigit((char)text[1])
            && char.IsAsciiHexDigit((char)text[2])
            && byte.TryParse(text[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Names in order, each once per value; a value is a string or a collection of strings.</summary>
    public static Answer Encode(Value @object)
    {
        var pairs = new List<string>();
        foreach (var i in Members.Order(@object))
        {
            var (name, value) = (@object.KeyAt(i), @object[i]);
            if (!name.IsString)
            {
                return Answer.WrongType(1, "string", name);
            }

            if (!value.IsString && !value.IsArray && !value.IsSet)
            {
                return Answer.WrongType(1, "one of {string, array, set}", value);
            }

            foreach (var member in value.IsString ? [value] : Members.InOrder(value))
            {
                if (!member.IsString)
                {
                    return Answer.WrongType(1, "string", member);
                }

                pairs.Add($"{Escape(name.Utf8)}={Escape(member.Utf8)}");
            }
        }

        return string.Join('&', pairs);
    }

    public static Answer Decode(Utf8 query)
    {
        var found = new ObjectBuilder();
        foreach (var pair in Text.Split(query, "&").Where(p => p.Length > 0))
        {
            if (pair.Span.Contains((byte)';'))
            {
                return Answer.Invalid("invalid semicolon separator in query");
            }

            var equals = pair.Span.IndexOf((byte)'=');
            var name = Unescape(equals < 0 ? pair : pair.Slice(0, equals));
            var value = equals < 0 ? "" : Unescape(pair.Slice(equals + 1));
            if (name.Fault is not null || value.Fault is not null)
            {
                return name.Fault is not null ? name : value;
            }

            var before = found[name.Value];
            found[name.Value] = before.IsDefined
                ? Value.ArrayOf([.. Members.InOrder(before), value.Value])
                : Value.ArrayOf(value.Value);
        }

        return found.ToValue();
    }
}
