using System.Globalization;
using System.Text;

namespace Plumbline.Rego.Builtins.Re2;

/// <summary>A text is no regular expression of RE2.</summary>
internal sealed class PatternException(string message) : Exception(message);

/// <summary>Reads RE2's syntax as Go does (pkg.go.dev/regexp/syntax), in Perl's mode.</summary>
/// <remarks>
/// What a linear engine cannot do is refused: backreferences, lookaround, atomic groups and possessive repetition.
/// <code>
/// choice   = sequence { "|" sequence }
/// sequence = { part [ "*" | "+" | "?" | "{" n [ "," [ m ] ] "}" ] [ "?" ] }
/// part     = "." | "^" | "$" | class | escape | "(" [ "?:" | "?P&lt;name&gt;" | "?&lt;name&gt;" | "?" flags ( ":" | ")" ) ] … ")" | code point
/// </code>
/// </remarks>
internal sealed class Parser
{
    /// <summary>Go's limits: repetitions of one part, multiplied where they nest, and groups inside one another.</summary>
    private const int MaxRepeat = 1000;
    private const int MaxDepth = 1000;

    private readonly string _text;
    private readonly List<string?> _names = [null];
    private int _at;
    private int _depth;
    private Flags _flags;

    [Flags]
    private enum Flags
    {
        None = 0,
        IgnoreCase = 1,
        ManyLines = 2,
        DotMatchesNewline = 4,
        Ungreedy = 8,
    }

    private Parser(string text) => _text = text;

    /// <returns>The tree, and the groups' names by number; of the whole match and of unnamed groups null.</returns>
    /// <exception cref="PatternException">The text is no regular expression.</exception>
    public static (Node Tree, IReadOnlyList<string?> Names) Parse(string text)
    {
        var parser = new Parser(text);
        var tree = parser.ReadChoice();
        return parser._at < text.Length ? throw Fault("unexpected )", text) : (tree, parser._names);
    }

    private static PatternException Fault(string what, string where) => new($"error parsing regexp: {what}: `{where}`");

    private bool Has(char c) => _at < _text.Length && _text[_at] == c;

    private bool Has(string s) => string.CompareOrdinal(_text, _at, s, 0, s.Length) == 0;

    private int ReadRune()
    {
        _ = Rune.DecodeFromUtf16(_text.AsSpan(_at), out var rune, out var length);
        _at += length;
        return rune.Value;
    }

    private Node ReadChoice()
    {
        var options = new List<Node> { ReadSequence() };
        while (Has('|'))
        {
            _at++;
            options.Add(ReadSequence());
        }

        return options.Count == 1 ? options[0] : new Choice([.. options]);
    }

    private Node ReadSequence()
    {
        var parts = new List<Node>();
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            if (Has(@"\Q"))
            {
                ReadQuoted(parts);
            }
            else if (ReadPart() is { } part)
            {
                parts.Add(ReadRepeat(part));
            }
        }

        return parts.Count == 1 ? parts[0] : new Sequence([.. parts]);
    }

    /// <summary>Text up to <c>\E</c> or the end, as it stands; a repetition behind it is of its last code point.</summary>
    private void ReadQuoted(List<Node> parts)
    {
        var end = _text.IndexOf(@"\E", _at + 2, StringComparison.Ordinal);
        var stop = end < 0 ? _text.Length : end;
        _at += 2;
        while (_at < stop)
        {
            parts.Add(Literal(ReadRune()));
        }

        _at = end < 0 ? stop : stop + 2;
        if (parts.Count > 0)
        {
            parts[^1] = ReadRepeat(parts[^1]);
        }
    }

    private OneOf Literal(int rune) => new(Folded(RuneSet.Of(rune)));

    private RuneSet Folded(RuneSet set) => _flags.HasFlag(Flags.IgnoreCase) ? CaseFolding.Fold(set) : set;

    /// <returns>Null for what only sets flags.</returns>
    private Node? ReadPart()
    {
        switch (_text[_at])
        {
            case '(':
                return ReadGroup();
            case '[':
                return new OneOf(ReadClass());
            case '.':
                _at++;
                return new OneOf(_flags.HasFlag(Flags.DotMatchesNewline) ? RuneSet.Any : RuneClasses.NoNewline);
            case '^':
                _at++;
                return new At(_flags.HasFlag(Flags.ManyLines) ? Place.LineStart : Place.TextStart);
            case '$':
                _at++;
                return new At(_flags.HasFlag(Flags.ManyLines) ? Place.LineEnd : Place.TextEnd);
            case '*':
            case '+':
            case '?':
                throw Fault("missing argument to repetition operator", _text[_at..(_at + 1)]);
            case '{' when ReadBraces() is not null:
                throw Fault("missing argument to repetition operator", _text[.._at]);
            case '\\':
                return ReadEscape();
            default:
                return Literal(ReadRune());
        }
    }

    private Node ReadRepeat(Node part)
    {
        var start = _at;
        if (ReadCount() is not { } count)
        {
            return part;
        }

        var isLazy = _flags.HasFlag(Flags.Ungreedy);
        if (Has('?'))
        {
            _at++;
            isLazy = !isLazy;
        }

        if (Math.Max(count.Min, count.Max ?? 0) > MaxRepeat || count.Max < count.Min)
        {
            throw Fault("invalid repeat count", _text[start.._at]);
        }

        var again = _at;
        if (ReadCount() is not null)
        {
            throw Fault("invalid nested repetition operator", _text[start.._at]);
        }

        _at = again;
        var repeat = new Repeat(part, count.Min, count.Max, isLazy);
        return Times(repeat) > MaxRepeat ? throw Fault("invalid repeat count", _text[start.._at]) : repeat;
    }

    /// <summary>How often the innermost part is repeated by counts around it.</summary>
    private static long Times(Node node) =>
        node switch
        {
            Repeat r => Math.Max(1, Math.Max(r.Min, r.Max ?? 0)) * Times(r.Part),
            Capture c => Times(c.Part),
            Sequence s => s.Parts.Select(Times).DefaultIfEmpty(1).Max(),
            Choice c => c.Options.Select(Times).Max(),
            _ => 1,
        };

    /// <returns>Null, with nothing read, where no repetition stands here; a brace that is none is itself.</returns>
    private (int Min, int? Max)? ReadCount()
    {
        if (_at >= _text.Length)
        {
            return null;
        }

        switch (_text[_at])
        {
            case '*':
                _at++;
                return (0, null);
            case '+':
                _at++;
                return (1, null);
            case '?':
                _at++;
                return (0, 1);
            case '{':
                return ReadBraces();
            default:
                return null;
        }
    }

    private (int Min, int? Max)? ReadBraces()
    {
        var start = _at++;
        var min = ReadDigits();
        var hasComma = Has(',');
        _at += hasComma ? 1 : 0;
        var max = hasComma ? ReadDigits() : min;
        if (min is null || !Has('}'))
        {
            _at = start;
            return null;
        }

        _at++;
        return (min.Value, max);
    }

    private int? ReadDigits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return _at == start ? null
            : int.TryParse(_text.AsSpan(start, _at - start), CultureInfo.InvariantCulture, out var number) ? number
            : int.MaxValue;
    }

    private Node? ReadGroup()
    {
        var start = _at++;
        var flags = _flags;
        var isCapture = true;
        if (Has('?'))
        {
            _at++;
            if (Has("P<") || (Has('<') && !Has("<=") && !Has("<!")))
            {
                _names.Add(ReadName(start));
            }
            else if (ReadFlags(start))
            {
                isCapture = false;
            }
            else
            {
                return null;
            }
        }
        else
        {
            _names.Add(null);
        }

        if (++_depth > MaxDepth)
        {
            throw Fault("expression nests too deeply", _text);
        }

        var inner = ReadChoice();
        if (!Has(')'))
        {
            throw Fault("missing closing )", _text);
        }

        _at++;
        _depth--;
        _flags = flags;
        return isCapture ? new Capture(inner) : new Sequence([inner]);
    }

    private string ReadName(int start)
    {
        _at = _text.IndexOf('<', _at) + 1;
        var end = _text.IndexOf('>', _at);
        var name = end < 0 ? "" : _text[_at..end];
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw Fault("invalid named capture", end < 0 ? _text[start..] : _text[start..(end + 1)]);
        }

        if (_names.Contains(name))
        {
            throw Fault("duplicate capture group name", name);
        }

        _at = end + 1;
        return name;
    }

    /// <summary>Reads <c>ims-U:</c>, or <c>ims-U)</c>, which holds until the group around it ends.</summary>
    /// <returns>True where a group follows.</returns>
    private bool ReadFlags(int start)
    {
        var (flags, isOff, isEmpty) = (_flags, false, true);
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            switch (c)
            {
                case '-' when !isOff:
                    (isOff, isEmpty) = (true, true);
                    continue;
                case ':' or ')' when !(isOff && isEmpty):
                    _flags = flags;
                    return c == ':';
            }

            var flag = c switch
            {
                'i' => Flags.IgnoreCase,
                'm' => Flags.ManyLines,
                's' => Flags.DotMatchesNewline,
                'U' => Flags.Ungreedy,
                _ => Flags.None,
            };
            if (flag == Flags.None)
            {
                break;
            }

            flags = isOff ? flags & ~flag : flags | flag;
            isEmpty = false;
        }

        throw Fault("invalid or unsupported Perl syntax", _text[start.._at]);
    }

    private Node ReadEscape()
    {
        var start = _at;
        var letter = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        Place? place = letter switch
        {
            'A' => Place.TextStart,
            'z' => Place.TextEnd,
            'b' => Place.WordBoundary,
            'B' => Place.NoWordBoundary,
            _ => null,
        };
        if (place is { } found)
        {
            _at += 2;
            return new At(found);
        }

        return ReadNamedClass() is { } set ? new OneOf(set) : Literal(ReadEscapedRune(start));
    }

    /// <summary>Reads <c>\d</c>, <c>\pL</c>, <c>\p{Greek}</c>, <c>\P…</c>, <c>\p{^…}</c>; null, with nothing read, for anything else.</summary>
    private RuneSet? ReadNamedClass()
    {
        if (!Has('\\') || _at + 1 >= _text.Length)
        {
            return null;
        }

        var letter = _text[_at + 1];
        if (RuneClasses.Perl(char.ToLowerInvariant(letter)) is { } perl)
        {
            _at += 2;
            return char.IsAsciiLetterUpper(letter) ? Folded(perl).Negate() : Folded(perl);
        }

        if (letter is not ('p' or 'P'))
        {
            return null;
        }

        var start = _at;
        _at += 2;
        var name = "";
        if (Has('{'))
        {
            var end = _text.IndexOf('}', _at);
            name = end < 0 ? throw Fault("invalid character class range", _text[start..]) : _text[(_at + 1)..end];
            _at = end + 1;
        }
        else if (_at < _text.Length)
        {
            name = new Rune(ReadRune()).ToString();
        }

        var isNegated = letter == 'P' ^ name.StartsWith('^');
        var set =
            RuneClasses.Unicode(name.TrimStart('^')) ?? throw Fault("invalid character class range", _text[start.._at]);
        set = Folded(set);
        return isNegated ? set.Negate() : set;
    }

    private int ReadEscapedRune(int start)
    {
        if (++_at >= _text.Length)
        {
            throw Fault("trailing backslash at end of expression", "");
        }

        var c = _text[_at];
        if (c is >= '0' and <= '7')
        {
            return ReadOctal(start);
        }

        if (c == 'x')
        {
            return ReadHex(start);
        }

        var rune = ReadRune();
        return (char)c switch
        {
            'a' => '\a',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            _ when rune < 0x80 && !char.IsAsciiLetterOrDigit(c) => rune,
            _ => throw Fault("invalid escape sequence", _text[start.._at]),
        };
    }

    /// <summary>Up to three digits; a single one from 1 on would be a backreference, which no linear engine has.</summary>
    private int ReadOctal(int start)
    {
        var isReference = _text[_at] != '0' && !(_at + 1 < _text.Length && _text[_at + 1] is >= '0' and <= '7');
        if (isReference)
        {
            throw Fault("invalid escape sequence", _text[start..(_at + 1)]);
        }

        var value = 0;
        for (var i = 0; i < 3 && _at < _text.Length && _text[_at] is >= '0' and <= '7'; i++)
        {
            value = value * 8 + (_text[_at++] - '0');
        }

        return value;
    }

    /// <summary><c>\x7F</c> or <c>\x{10FFFF}</c>.</summary>
    private int ReadHex(int start)
    {
        _at++;
        var end = Has('{') ? _text.IndexOf('}', _at) : Math.Min(_at + 2, _text.Length);
        var digits = end < 0 ? "" : _text[_at..end].TrimStart('{');
        var isWhole = Has('{') || digits.Length == 2;
        _at =
            end < 0 ? _text.Length
            : Has('{') ? end + 1
            : end;
        return
            isWhole
            && digits.All(char.IsAsciiHexDigit)
            && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rune)
            && rune is >= 0 and <= RuneSet.MaxRune
            ? rune
            : throw Fault("invalid escape sequence", _text[start.._at]);
    }

    private RuneSet ReadClass()
    {
        var start = _at++;
        var isNegated = Has('^');
        _at += isNegated ? 1 : 0;
        var members = new List<RuneRange>();
        for (var isFirst = true; isFirst || !Has(']'); isFirst = false)
        {
            if (_at >= _text.Length)
            {
                throw Fault("missing closing ]", _text[start..]);
            }

            if ((ReadPosixClass() ?? ReadNamedClass()) is { } set)
            {
                members.AddRange(set.Ranges);
            }
            else
            {
                members.AddRange(Folded(RuneSet.Of(ReadRange(start))).Ranges);
            }
        }

        _at++;
        var all = RuneSet.Of(members);
        return isNegated ? all.Negate() : all;
    }

    private RuneSet? ReadPosixClass()
    {
        var end = Has("[:") ? _text.IndexOf(":]", _at + 2, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            return null;
        }

        var isNegated = _text[_at + 2] == '^';
        var name = _text[(_at + (isNegated ? 3 : 2))..end];
        var set = RuneClasses.Posix(name) ?? throw Fault("invalid character class range", _text[_at..(end + 2)]);
        _at = end + 2;
        set = Folded(set);
        return isNegated ? set.Negate() : set;
    }

    private RuneRange ReadRange(int start)
    {
        var from = _at;
        var first = ReadMember(start);
        if (!Has('-') || _at + 1 >= _text.Length || _text[_at + 1] == ']')
        {
            return new RuneRange(first, first);
        }

        _at++;
        var last = ReadMember(start);
        return last < first
            ? throw Fault("invalid character class range", _text[from.._at])
            : new RuneRange(first, last);
    }

    private int ReadMember(int start) =>
        _at >= _text.Length ? throw Fault("missing closing ]", _text[start..])
        : Has('\\') ? ReadEscapedRune(_at)
        : ReadRune();
}
