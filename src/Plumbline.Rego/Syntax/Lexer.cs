using System.Buffers;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>The tokens of a text, read once and shared by all attempts to parse it.</summary>
/// <param name="Items">Perhaps with room behind the last one, which is a <see cref="TokenKind.End"/> at index <paramref name="Last"/>.</param>
/// <param name="Faults">What is wrong with the illegal tokens, by <see cref="Token.Match"/>.</param>
internal sealed record TokenStream(
    SourceText Source,
    Token[] Items,
    int Last,
    IReadOnlyList<SourceSpan> Comments,
    IReadOnlyList<string> Faults
);

/// <summary>Cuts UTF-8 text into tokens, matches brackets and finds the expressions inside template strings.</summary>
/// <remarks>
/// One pass, no recursion, no string made. Names and numbers are ASCII, as in OPA's scanner; any other character outside
/// of strings and comments is illegal. A fault does not stop it: the illegal token carries it to whoever reads that far.
/// </remarks>
internal sealed class Lexer
{
    private static readonly SearchValues<byte> StringStops = SearchValues.Create("\"\\\n"u8);
    private static readonly SearchValues<byte> TemplateStops = SearchValues.Create("\"\\{\n"u8);
    private static readonly SearchValues<byte> RawTemplateStops = SearchValues.Create("`\\{\n"u8);

    /// <summary>An opening token that waits for its end.</summary>
    /// <param name="Template">Index of the template string's first token, for an expression inside one; else -1.</param>
    private readonly record struct Opening(TokenKind Kind, int Index, int Template);

    private readonly byte[] _text;
    private readonly List<SourceSpan> _comments = [];
    private readonly List<string> _faults = [];
    private readonly List<Opening> _open = [];

    /// <summary>How many of <see cref="_open"/> there are, by kind: a stray closing token costs no search.</summary>
    private readonly int[] _waiting = new int[(int)TokenKind.RightParen + 1];

    private Token[] _tokens;
    private int _count;
    private int _at;
    private int _line = 1;
    private int _lineStart;
    private bool _afterNewline;

    private Lexer(byte[] text)
    {
        _text = text;
        _tokens = new Token[(text.Length / 5) + 16];
    }

    /// <remarks>The bytes of <paramref name="source"/> are valid UTF-8.</remarks>
    public static TokenStream Read(SourceText source)
    {
        var lexer = new Lexer(source.Bytes);
        lexer.Run();
        return new TokenStream(source, lexer._tokens, lexer._count - 1, lexer._comments, lexer._faults);
    }

    private void Run()
    {
        if (_text.AsSpan().StartsWith("\uFEFF"u8))
        {
            _at = _lineStart = 3;
        }

        while (SkipSpace())
        {
            ReadToken();
        }

        Add(TokenKind.End, 0);
    }

    /// <returns>False at the end of the text.</returns>
    private bool SkipSpace()
    {
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    _at++;
                    break;
                case (byte)'\n':
                    _at++;
                    EndLine();
                    _afterNewline = true;
                    break;
                case (byte)'#':
                    ReadComment();
                    break;
                default:
                    return true;
            }
        }

        return false;
    }

    private void ReadComment()
    {
        var rest = _text.AsSpan(_at);
        var end = rest.IndexOf((byte)'\n');
        var length = end < 0 ? rest.Length : end;
        var shown = length > 0 && rest[length - 1] == '\r' ? length - 1 : length;
        _comments.Add(new SourceSpan(_at, shown, _line, _at - _lineStart + 1));
        _at += length;
    }

    private void ReadToken()
    {
        var c = _text[_at];
        switch (c)
        {
            case (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_':
                ReadWord();
                break;
            case >= (byte)'0' and <= (byte)'9':
                ReadNumber();
                break;
            case (byte)'"':
                ReadString();
                break;
            case (byte)'`':
                ReadRawString();
                break;
            case (byte)'$':
                ReadTemplateStart();
                break;
            case (byte)'(':
                Open(TokenKind.LeftParen);
                break;
            case (byte)'[':
                Open(TokenKind.LeftBracket);
                break;
            case (byte)'{':
                Open(TokenKind.LeftBrace);
                break;
            case (byte)')':
                Close(TokenKind.RightParen, TokenKind.LeftParen);
                break;
            case (byte)']':
                Close(TokenKind.RightBracket, TokenKind.LeftBracket);
                break;
            case (byte)'}':
                CloseBrace();
                break;
            default:
                ReadSign(c);
                break;
        }
    }

    private void ReadWord()
    {
        var end = _at + 1;
        while (end < _text.Length && IsWordPart(_text[end]))
        {
            end++;
        }

        Add(TokenKind.OfWord(_text.AsSpan(_at, end - _at)), end - _at);
    }

    private static bool IsWordPart(byte c) => char.IsAsciiLetterOrDigit((char)c) || c == '_';

    /// <summary>Digits, a fraction, an exponent; the sign and a leading point are tokens of their own.</summary>
    private void ReadNumber()
    {
        var end = Digits(_at);
        if (Peek(end) == '.')
        {
            var fraction = end + 1;
            end = Digits(fraction);
            if (end == fraction)
            {
                Illegal(end - _at, "expected fraction");
                return;
            }
        }

        if ((Peek(end) | 0x20) == 'e')
        {
            var exponent = end + (Peek(end + 1) is '+' or '-' ? 2 : 1);
            end = Digits(exponent);
            if (end == exponent)
            {
                Illegal(end - _at, "expected exponent");
                return;
            }
        }

        if (end < _text.Length && IsWordPart(_text[end]))
        {
            while (end < _text.Length && IsWordPart(_text[end]))
            {
                end++;
            }

            Illegal(end - _at, "illegal number format");
            return;
        }

        Add(TokenKind.Number, end - _at);
    }

    private int Digits(int at)
    {
        while (at < _text.Length && char.IsAsciiDigit((char)_text[at]))
        {
            at++;
        }

        return at;
    }

    private void ReadString()
    {
        var end = _at + 1;
        while (true)
        {
            var stop = _text.AsSpan(end).IndexOfAny(StringStops);
            end = stop < 0 ? _text.Length : end + stop;
            switch (Peek(end))
            {
                case '"':
                    Add(TokenKind.String, end + 1 - _at);
                    return;
                case '\\' when end + 1 < _text.Length && _text[end + 1] != '\n':
                    end += 2;
                    break;
                default:
                    Illegal(end - _at, "non-terminated string");
                    return;
            }
        }
    }

    private void ReadRawString()
    {
        var length = _text.AsSpan(_at + 1).IndexOf((byte)'`');
        if (length < 0)
        {
            Illegal(_text.Length - _at, "non-terminated string");
            return;
        }

        var end = _at + 1 + length;
        Add(TokenKind.RawString, length + 2);
        CountLines(end - length, end);
    }

    private void ReadTemplateStart()
    {
        if (Peek(_at + 1) is not ('"' or '`'))
        {
            Illegal(1, "illegal token");
            return;
        }

        var kind = Peek(_at + 1) == '`' ? TokenKind.RawTemplate : TokenKind.Template;
        Add(kind, 2);
        ReadTemplateText(_count - 1);
    }

    /// <summary>From after a <c>$"</c> or a closing brace to the next expression or the end of the template string.</summary>
    /// <param name="template">Index of the template string's first token.</param>
    private void ReadTemplateText(int template)
    {
        var raw = _tokens[template].Kind == TokenKind.RawTemplate;
        var end = _at;
        while (true)
        {
            var stop = _text.AsSpan(end).IndexOfAny(raw ? RawTemplateStops : TemplateStops);
            end = stop < 0 ? _text.Length : end + stop;
            switch (Peek(end))
            {
                case '{':
                    AddText(end);
                    Open(TokenKind.TemplateOpen, template);
                    return;
                case '"' or '`':
                    AddText(end);
                    Link(template, _count);
                    Add(TokenKind.TemplateEnd, 1);
                    return;
                case '\\' when end + 1 < _text.Length && _text[end + 1] != '\n':
                    end += raw && _text[end + 1] != '{' ? 1 : 2;
                    break;
                case '\\' or '\n' when raw:
                    end++;
                    break;
                default:
                    Illegal(end - _at, "non-terminated string");
                    return;
            }
        }
    }

    private void AddText(int end)
    {
        var start = _at;
        if (end > start)
        {
            Add(TokenKind.TemplateText, end - start);
            CountLines(start, end);
        }
    }

    private void ReadSign(byte c)
    {
        var next = Peek(_at + 1);
        var (kind, length) = (c, next) switch
        {
            ((byte)':', '=') => (TokenKind.Assign, 2),
            ((byte)'=', '=') => (TokenKind.Equal, 2),
            ((byte)'!', '=') => (TokenKind.NotEqual, 2),
            ((byte)'<', '=') => (TokenKind.LessOrEqual, 2),
            ((byte)'>', '=') => (TokenKind.GreaterOrEqual, 2),
            ((byte)':', _) => (TokenKind.Colon, 1),
            ((byte)'=', _) => (TokenKind.Unify, 1),
            ((byte)'<', _) => (TokenKind.Less, 1),
            ((byte)'>', _) => (TokenKind.Greater, 1),
            ((byte)',', _) => (TokenKind.Comma, 1),
            ((byte)';', _) => (TokenKind.Semicolon, 1),
            ((byte)'.', _) => (TokenKind.Dot, 1),
            ((byte)'|', _) => (TokenKind.Bar, 1),
            ((byte)'&', _) => (TokenKind.Ampersand, 1),
            ((byte)'+', _) => (TokenKind.Plus, 1),
            ((byte)'-', _) => (TokenKind.Minus, 1),
            ((byte)'*', _) => (TokenKind.Star, 1),
            ((byte)'/', _) => (TokenKind.Slash, 1),
            ((byte)'%', _) => (TokenKind.Percent, 1),
            _ => (TokenKind.Illegal, 1),
        };
        if (kind != TokenKind.Illegal)
        {
            Add(kind, length);
            return;
        }

        _ = System.Text.Rune.DecodeFromUtf8(_text.AsSpan(_at), out _, out length);
        Illegal(length, "illegal token");
    }

    private void Open(TokenKind kind) => Open(kind, template: -1);

    private void Open(TokenKind kind, int template)
    {
        _open.Add(new Opening(kind, _count, template));
        _waiting[(int)kind]++;
        Add(kind, 1);
    }

    private void Close(TokenKind kind, TokenKind opening)
    {
        if (_waiting[(int)opening] > 0)
        {
            PopTo(opening, opening);
        }

        Add(kind, 1);
    }

    private void CloseBrace()
    {
        if (_waiting[(int)TokenKind.LeftBrace] + _waiting[(int)TokenKind.TemplateOpen] == 0)
        {
            Add(TokenKind.RightBrace, 1);
            return;
        }

        var opening = PopTo(TokenKind.LeftBrace, TokenKind.TemplateOpen);
        if (opening.Kind == TokenKind.LeftBrace)
        {
            Add(TokenKind.RightBrace, 1);
            return;
        }

        Add(TokenKind.TemplateClose, 1);
        ReadTemplateText(opening.Template);
    }

    /// <summary>Closes the innermost opening token of the given kinds, of which one waits; those inside it stay unmatched.</summary>
    private Opening PopTo(TokenKind kind, TokenKind other)
    {
        while (true)
        {
            var opening = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            _waiting[(int)opening.Kind]--;
            if (opening.Kind == kind || opening.Kind == other)
            {
                Link(opening.Index, _count);
                return opening;
            }
        }
    }

    private void Link(int opening, int closing)
    {
        _tokens[opening] = _tokens[opening] with { Match = closing };
    }

    private void Illegal(int length, string fault)
    {
        var start = _at;
        Add(TokenKind.Illegal, length, _faults.Count);
        CountLines(start, _at);
        _faults.Add(fault);
    }

    private void Add(TokenKind kind, int length, int match = -1)
    {
        if (_count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _count * 2);
        }

        _tokens[_count++] = new Token(kind, _afterNewline, _at, length, _line, _at - _lineStart + 1, match);
        _afterNewline = false;
        _at += length;
    }

    private void CountLines(int start, int end)
    {
        while (_text.AsSpan(start, end - start).IndexOf((byte)'\n') is >= 0 and var newline)
        {
            start += newline + 1;
            _line++;
            _lineStart = start;
        }
    }

    private void EndLine()
    {
        _line++;
        _lineStart = _at;
    }

    private int Peek(int at) => at < _text.Length ? _text[at] : -1;
}
