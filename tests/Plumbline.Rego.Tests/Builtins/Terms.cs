using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Builtins;

/// <summary>Reads ground Rego terms: JSON, sets, and unknowns.</summary>
/// <remarks>
/// <c>‹a›</c> is the unknown <c>a</c> that may be absent; what is known of it follows the name:
/// <c>‹a present number 1..5›</c>, <c>‹a string "reg/"›</c>. A collection that ends with <c>…</c> is open.
/// </remarks>
internal sealed class Terms
{
    private readonly string _text;
    private int _at;

    private Terms(string text) => _text = text;

    public static Value Of(string text)
    {
        var terms = new Terms(text);
        var value = terms.Read();
        terms.Space();
        return terms._at == text.Length
            ? value
            : throw new FormatException($"expected the end at {terms._at} of {text}");
    }

    /// <summary>Terms with commas between them.</summary>
    public static Value[] ListOf(string text)
    {
        var list = Of($"[{text}]");
        return [.. Enumerable.Range(0, list.Count).Select(i => list[i])];
    }

    private char Peek()
    {
        Space();
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool Take(string token)
    {
        Space();
        var fits = string.CompareOrdinal(_text, _at, token, 0, token.Length) == 0;
        _at += fits ? token.Length : 0;
        return fits;
    }

    private void Space()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private Value Read()
    {
        if (Take("set()"))
        {
            return Value.EmptySet;
        }

        return Peek() switch
        {
            '[' => ReadArray(),
            '{' => ReadBraces(),
            '‹' => ReadUnknown(),
            '`' => ReadRaw(),
            '"' => ReadString(),
            _ => ReadScalar(),
        };
    }

    private Value ReadArray()
    {
        _at++;
        var items = new ArrayBuilder();
        while (!Take("]"))
        {
            if (Take("…"))
            {
                items.Open = new OpenMark("rest");
            }
            else
            {
                items.Add(Read());
            }

            Take(",");
        }

        return items.Build();
    }

    private Value ReadBraces()
    {
        _at++;
        var (members, set, isSet) = (new ObjectBuilder(), new SetBuilder(), false);
        while (!Take("}"))
        {
            if (Take("…"))
            {
                (members.Open, set.Open) = (new OpenMark("rest"), new OpenMark("rest"));
                Take(",");
                continue;
            }

            var key = Read();
            if (Take(":"))
            {
                members[key] = Read();
            }
            else
            {
                set.Add(key);
                isSet = true;
            }

            Take(",");
        }

        return isSet ? set.ToValue() : members.ToValue();
    }

    private Value ReadUnknown()
    {
        var end = _text.IndexOf('›', _at);
        var words = _text[(_at + 1)..end].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _at = end + 1;
        var bounds = words.FirstOrDefault(w => w.Contains("..", StringComparison.Ordinal))?.Split("..");
        var prefix = words.FirstOrDefault(w => w.StartsWith('"'))?.Trim('"');
        return Value.Of(
            new Unknown
            {
                Id = words[0],
                Cause = "variable",
                Present = words.Contains("present"),
                Kind = Enum.GetValues<ValueKind>()
                    .Cast<ValueKind?>()
                    .FirstOrDefault(k => words.Contains(k.ToString()!.ToLowerInvariant())),
                Min = Bound(bounds?[0]),
                Max = Bound(bounds?[1]),
                Prefix = prefix is null ? (Utf8?)null : new Utf8(prefix),
            }
        );
    }

    private static Number? Bound(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : Number.TryParse(Encoding.UTF8.GetBytes(text), out var n) ? n
        : null;

    private Value ReadRaw()
    {
        var end = _text.IndexOf('`', _at + 1);
        var raw = _text[(_at + 1)..end];
        _at = end + 1;
        return raw;
    }

    private Value ReadString()
    {
        var end = _at + 1;
        while (_text[end] != '"')
        {
            end += _text[end] == '\\' ? 2 : 1;
        }

        var quoted = _text[_at..(end + 1)];
        _at = end + 1;
        return Json.Parse(quoted);
    }

    private Value ReadScalar()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '.' or '-' or '+'))
        {
            _at++;
        }

        return Json.Parse(_text[start.._at]);
    }
}
