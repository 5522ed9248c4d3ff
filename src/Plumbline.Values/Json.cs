using System.Text;

namespace Plumbline.Values;

/// <summary>How much a JSON text may cost.</summary>
/// <param name="MaxBytes">8 MiB for what comes from outside; stored documents have larger ones.</param>
/// <param name="MaxDepth">Nesting of arrays and objects; 64 bounds what every later stage walks.</param>
public sealed record JsonLimits(int MaxBytes = 8 << 20, int MaxDepth = 64)
{
    public static JsonLimits Intake { get; } = new();

    /// <summary>For what this product wrote itself.</summary>
    public static JsonLimits Stored { get; } = new(1 << 30, 256);
}

/// <summary>Why a text is no JSON, and where.</summary>
/// <param name="At">The first character that does not fit.</param>
/// <param name="Message">What was expected and what came.</param>
public sealed record JsonFault(Position At, string Message);

/// <summary>Strict JSON (RFC 8259): UTF-8 without faults, no duplicate names, no lone surrogates, nothing after the value.</summary>
public static class Json
{
    /// <summary>Reads a whole text.</summary>
    /// <param name="utf8">The text; the document keeps it, so it must not change. A byte order mark is refused.</param>
    /// <param name="keepsPositions">Whether places in the text will be asked for.</param>
    /// <param name="document">The document; null where <paramref name="fault"/> says why not.</param>
    public static bool TryParse(
        byte[] utf8,
        JsonLimits limits,
        bool keepsPositions,
        out Document? document,
        out JsonFault? fault
    )
    {
        var reader = new Reader(utf8, limits, keepsPositions);
        document = reader.Read();
        fault = reader.Fault;
        return document is not null;
    }

    /// <summary>Reads a text that is known to be JSON: a literal, or bytes whose digest was checked.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static Value Parse(ReadOnlySpan<byte> utf8) =>
        TryParse(utf8.ToArray(), JsonLimits.Stored, false, out var document, out var fault)
            ? document!.Root
            : throw new FormatException($"line {fault!.At.Line}, column {fault.At.Column}: {fault.Message}");

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static Value Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    private sealed class Reader(byte[] text, JsonLimits limits, bool keepsPositions)
    {
        private readonly DocumentBuilder _builder = new(keepsPositions, text);
        private readonly Stack<bool> _inObject = new();
        private int _at;
        private int _line = 1;
        private int _lineStart;

        public JsonFault? Fault { get; private set; }

        private Position Here => new(_line, _at - _lineStart + 1);

        public Document? Read()
        {
            if (text.Length > limits.MaxBytes)
            {
                Fail($"expected at most {limits.MaxBytes:N0} bytes, got {text.Length:N0}");
                return null;
            }

            if (!System.Text.Unicode.Utf8.IsValid(text))
            {
                FailAtInvalidByte();
                return null;
            }

            SkipSpace();
            return ReadAll() && AtEnd() ? _builder.Build() : null;
        }

        /// <summary>One loop instead of recursion: a deep text costs an entry on a stack of ours, not of the machine.</summary>
        private bool ReadAll()
        {
            while (true)
            {
                if (!ReadValueOrStart(out var started))
                {
                    return false;
                }

                if (started)
                {
                    continue;
                }

                while (true)
                {
                    if (_inObject.Count == 0)
                    {
                        return true;
                    }

                    SkipSpace();
                    var closing = _inObject.Peek() ? (byte)'}' : (byte)']';
                    if (Peek() == ',')
                    {
                        _at++;
                        SkipSpace();
                        if (_inObject.Peek() && !ReadKey())
                        {
                            return false;
                        }

                        break;
                    }

                    if (Peek() != closing)
                    {
                        return Fail($"expected `,` or `{(char)closing}`, got {Got()}");
                    }

                    _at++;
                    if (!End())
                    {
                        return false;
                    }
                }
            }
        }

        private bool ReadValueOrStart(out bool started)
        {
            started = false;
            switch (Peek())
            {
                case '{':
                case '[':
                    return Start(out started);
                case '"':
                    return ReadString();
                case 't':
                    return ReadWord("true"u8, () => _builder.Boolean(true, Here));
                case 'f':
                    return ReadWord("false"u8, () => _builder.Boolean(false, Here));
                case 'n':
                    return ReadWord("null"u8, () => _builder.Null(Here));
                case '-' or (>= '0' and <= '9'):
                    return ReadNumber();
                default:
                    return Fail($"expected a value, got {Got()}");
            }
        }

        private bool Start(out bool started)
        {
            started = false;
            if (_inObject.Count == limits.MaxDepth)
            {
                return Fail($"expected at most {limits.MaxDepth} nested arrays and objects");
            }

            var isObject = Peek() == '{';
            _builder.Start(Here);
            _inObject.Push(isObject);
            _at++;
            SkipSpace();
            if (Peek() == (isObject ? '}' : ']'))
            {
                _at++;
                return End();
            }

            started = true;
            return !isObject || ReadKey();
        }

        private bool End()
        {
            if (!_inObject.Pop())
            {
                _builder.EndArray();
                return true;
            }

            if (_builder.TryEndObject(out var duplicate))
            {
                return true;
            }

            Fault = new JsonFault(duplicate.At, $"the name `{duplicate.Key}` stands twice in one object");
            return false;
        }

        private bool ReadKey()
        {
            if (Peek() != '"')
            {
                return Fail($"expected a name in quotes, got {Got()}");
            }

            if (!ReadString())
            {
                return false;
            }

            SkipSpace();
            if (Peek() != ':')
            {
                return Fail($"expected `:`, got {Got()}");
            }

            _at++;
            SkipSpace();
            return true;
        }

        private bool ReadString()
        {
            var at = Here;
            var start = ++_at;
            var end = text.AsSpan(start).IndexOfAny(StringStops);
            if (end >= 0 && text[start + end] == '"')
            {
                _at = start + end + 1;
                _builder.Slice(start, end, at);
                return true;
            }

            return ReadEscaped(at);
        }

        private static readonly System.Buffers.SearchValues<byte> StringStops = System.Buffers.SearchValues.Create([
            .. Enumerable.Range(0, 32).Select(i => (byte)i),
            (byte)'"',
            (byte)'\\',
        ]);

        private bool ReadEscaped(Position at)
        {
            var decoded = new List<byte>();
            while (true)
            {
                switch (Peek())
                {
                    case -1:
                        return Fail("expected `\"`, got the end of the text");
                    case '"':
                        _at++;
                        _builder.String(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(decoded), at);
                        return true;
                    case < ' ':
                        return Fail($"expected control characters in strings to be escaped, got byte 0x{text[_at]:x2}");
                    case '\\':
                        _at++;
                        if (!ReadEscape(decoded))
                        {
                            return false;
                        }

                        break;
                    default:
                        decoded.Add(text[_at++]);
                        break;
                }
            }
        }

        private bool ReadEscape(List<byte> decoded)
        {
            var c = Peek();
            _at++;
            switch (c)
            {
                case '"' or '\\' or '/':
                    decoded.Add((byte)c);
                    return true;
                case 'b':
                    decoded.Add(0x08);
                    return true;
                case 'f':
                    decoded.Add(0x0C);
                    return true;
                case 'n':
                    decoded.Add(0x0A);
                    return true;
                case 'r':
                    decoded.Add(0x0D);
                    return true;
                case 't':
                    decoded.Add(0x09);
                    return true;
                case 'u':
                    return ReadCodeUnits(decoded);
                default:
                    _at--;
                    return Fail($"expected one of `\"\\/bfnrtu` after `\\`, got {Got()}");
            }
        }

        private bool ReadCodeUnits(List<byte> decoded)
        {
            if (!ReadHex(out var unit))
            {
                return false;
            }

            var rune = (int)unit;
            if (char.IsSurrogate(unit))
            {
                if (!char.IsHighSurrogate(unit) || Peek() != '\\' || _at + 1 >= text.Length || text[_at + 1] != 'u')
                {
                    return Fail($"expected a pair of surrogates, got a lone `\\u{(int)unit:x4}`");
                }

                _at += 2;
                if (!ReadHex(out var low))
                {
                    return false;
                }

                if (!char.IsLowSurrogate(low))
                {
                    return Fail($"expected a pair of surrogates, got `\\u{(int)unit:x4}\\u{(int)low:x4}`");
                }

                rune = char.ConvertToUtf32(unit, low);
            }

            Span<byte> bytes = stackalloc byte[4];
            decoded.AddRange(bytes[..new Rune(rune).EncodeToUtf8(bytes)]);
            return true;
        }

        private bool ReadHex(out char unit)
        {
            unit = '\0';
            for (var i = 0; i < 4; i++, _at++)
            {
                if (Peek() < 0 || !char.IsAsciiHexDigit((char)text[_at]))
                {
                    return Fail($"expected four hexadecimal digits after `\\u`, got {Got()}");
                }

                unit = (char)((unit << 4) | Convert.ToInt32(((char)text[_at]).ToString(), 16));
            }

            return true;
        }

        private bool ReadNumber()
        {
            var start = _at;
            var at = Here;
            if (Peek() == '-')
            {
                _at++;
            }

            if (Peek() == '0')
            {
                _at++;
            }
            else if (!Digits())
            {
                return Fail($"expected a digit, got {Got()}");
            }

            if (Peek() == '.')
            {
                _at++;
                if (!Digits())
                {
                    return Fail($"expected a digit after the point, got {Got()}");
                }
            }

            if (Peek() is 'e' or 'E')
            {
                _at++;
                if (Peek() is '+' or '-')
                {
                    _at++;
                }

                if (!Digits())
                {
                    return Fail($"expected a digit in the exponent, got {Got()}");
                }
            }

            var number = text.AsSpan(start, _at - start);
            if (
                number.Length < 19
                && long.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var small)
            )
            {
                _builder.Integer(small, at);
                return true;
            }

            if (!Number.TryParse(number, out _))
            {
                Fault = new JsonFault(
                    at,
                    "expected a number of at most 20,000 digits and an exponent within 1,000,000"
                );
                return false;
            }

            _builder.Number(number, at);
            return true;
        }

        private bool Digits()
        {
            var start = _at;
            while (Peek() is >= '0' and <= '9')
            {
                _at++;
            }

            return _at > start;
        }

        private bool ReadWord(ReadOnlySpan<byte> word, Action add)
        {
            if (!text.AsSpan(_at).StartsWith(word))
            {
                return Fail($"expected `{Encoding.ASCII.GetString(word)}`, got {Got()}");
            }

            add();
            _at += word.Length;
            return true;
        }

        private void SkipSpace()
        {
            for (; _at < text.Length; _at++)
            {
                switch (text[_at])
                {
                    case (byte)'\n':
                        _line++;
                        _lineStart = _at + 1;
                        break;
                    case (byte)' ' or (byte)'\t' or (byte)'\r':
                        break;
                    default:
                        return;
                }
            }
        }

        private bool AtEnd()
        {
            SkipSpace();
            return _at == text.Length || Fail($"expected the end of the text, got {Got()}");
        }

        private int Peek() => _at < text.Length ? text[_at] : -1;

        private string Got()
        {
            if (_at >= text.Length)
            {
                return "the end of the text";
            }

            _ = Rune.DecodeFromUtf8(text.AsSpan(_at), out var rune, out _);
            return Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : $"`{rune}`";
        }

        private bool Fail(string message)
        {
            Fault = new JsonFault(Here, message);
            return false;
        }

        private void FailAtInvalidByte()
        {
            while (
                _at < text.Length
                && Rune.DecodeFromUtf8(text.AsSpan(_at), out _, out var length) == System.Buffers.OperationStatus.Done
            )
            {
                if (text[_at] == '\n')
                {
                    _line++;
                    _lineStart = _at + 1;
                }

                _at += length;
            }

            Fail($"expected UTF-8, got byte 0x{text[_at]:x2}");
        }
    }
}
