using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Plumbline.Values;

/// <summary>Reads one JSON text (RFC 8259) in one pass; long because it is one thing, the grammar.</summary>
/// <remarks>
/// Hot: <c>Plumbline.Benchmarks values</c> measures it. Strings and white space are scanned sixteen bytes at a time, a
/// token costs a node and nothing on the heap, and one loop stands for the recursion, so that a deep text costs a byte
/// on a stack of ours and not a frame of the machine's. Methods that may fail return false and leave the reason in
/// <see cref="Fault"/>.
/// </remarks>
internal sealed class JsonReader(byte[] text, JsonLimits limits, bool keepsPositions)
{
    private readonly DocumentBuilder _builder = new(keepsPositions, text);

    /// <summary>What ends each collection that is open, the outermost first.</summary>
    private byte[] _closings = new byte[16];
    private int _depth;
    private int _at;
    private int _line = 1;
    private int _lineStart;

    public JsonFault? Fault { get; private set; }

    /// <summary>The document; null where <see cref="Fault"/> says why not.</summary>
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

        if (text.AsSpan().StartsWith("\uFEFF"u8))
        {
            Fail("expected a value, got a byte order mark");
            return null;
        }

        return ReadRoot() && AtEnd() ? _builder.Build() : null;
    }

    private bool ReadRoot()
    {
        SkipSpace();
        while (true)
        {
            // Here a value has to stand.
            switch (Peek())
            {
                case '{' or '[':
                    if (!Open(out var isEmpty))
                    {
                        return false;
                    }

                    if (!isEmpty)
                    {
                        continue;
                    }

                    break;
                case '"':
                    if (!ReadString())
                    {
                        return false;
                    }

                    break;
                default:
                    if (!ReadScalar())
                    {
                        return false;
                    }

                    break;
            }

            // Here a value has ended, and perhaps the collections around it.
            while (true)
            {
                if (_depth == 0)
                {
                    return true;
                }

                SkipSpace();
                if (Peek() == ',')
                {
                    _at++;
                    SkipSpace();
                    if (_closings[_depth - 1] == '}' && !ReadKey())
                    {
                        return false;
                    }

                    break;
                }

                if (!Close())
                {
                    return false;
                }
            }
        }
    }

    /// <summary>Reads an opening bracket and up to the first value, or all of an empty collection.</summary>
    private bool Open(out bool isEmpty)
    {
        isEmpty = false;
        if (_depth == limits.MaxDepth)
        {
            return Fail($"expected at most {limits.MaxDepth} nested arrays and objects");
        }

        if (_depth == _closings.Length)
        {
            Array.Resize(ref _closings, 2 * _depth);
        }

        _builder.Start(PlaceOf(_at));
        var isObject = text[_at] == '{';
        _closings[_depth++] = (byte)(isObject ? '}' : ']');
        _at++;
        SkipSpace();
        if (Peek() == _closings[_depth - 1])
        {
            isEmpty = true;
            return Close();
        }

        return !isObject || ReadKey();
    }

    private bool Close()
    {
        var closing = _closings[_depth - 1];
        if (Peek() != closing)
        {
            return Fail($"expected `,` or `{(char)closing}`, got {Got()}");
        }

        _at++;
        _depth--;
        if (closing == ']')
        {
            _builder.EndArray();
            return true;
        }

        return _builder.TryEndObject(out var duplicate) || FailAtDuplicate(duplicate.Key, duplicate.At);
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
        var start = _at + 1;
        var end = EndOfPlain(start);
        if (end < text.Length && text[end] == '"')
        {
            _builder.Slice(start, end - start, PlaceOf(_at));
            _at = end + 1;
            return true;
        }

        return ReadEscaped(end);
    }

    /// <summary>The first byte from <paramref name="at"/> on that a string cannot hold as it is, or the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int EndOfPlain(int at)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(text);
        for (; at <= text.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            var stops =
                Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '));
            if (stops != Vector128<byte>.Zero)
            {
                return at + BitOperations.TrailingZeroCount(stops.ExtractMostSignificantBits());
            }
        }

        while (at < text.Length && text[at] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads a string that holds escapes, whose plain beginning ends at <paramref name="plainEnd"/>.</summary>
    private bool ReadEscaped(int plainEnd)
    {
        var place = PlaceOf(_at);
        var end = plainEnd;
        while (end < text.Length && text[end] == '\\')
        {
            end = EndOfPlain(Math.Min(end + 2, text.Length));
        }

        // What is decoded is never longer than its text.
        var decoded = _builder.ExtraRoom(end - _at);
        var length = 0;
        for (_at++; ; )
        {
            var plain = text.AsSpan(_at, EndOfPlain(_at) - _at);
            plain.CopyTo(decoded[length..]);
            length += plain.Length;
            _at += plain.Length;
            switch (Peek())
            {
                case '"':
                    _at++;
                    _builder.Extra(length, place);
                    return true;
                case '\\':
                    if (!ReadEscape(decoded[length..], out var written))
                    {
                        return false;
                    }

                    length += written;
                    break;
                case < 0:
                    return Fail("expected `\"`, got the end of the text");
                default:
                    return Fail($"expected control characters in strings to be escaped, got byte 0x{text[_at]:x2}");
            }
        }
    }

    private bool ReadEscape(Span<byte> decoded, out int written)
    {
        _at++;
        written = 1;
        switch (Peek())
        {
            case '"' or '\\' or '/':
                decoded[0] = text[_at];
                break;
            case 'b':
                decoded[0] = 0x08;
                break;
            case 'f':
                decoded[0] = 0x0C;
                break;
            case 'n':
                decoded[0] = 0x0A;
                break;
            case 'r':
                decoded[0] = 0x0D;
                break;
            case 't':
                decoded[0] = 0x09;
                break;
            case 'u':
                return ReadCodePoint(decoded, out written);
            default:
                return Fail($"expected one of `\"\\/bfnrtu` after `\\`, got {Got()}");
        }

        _at++;
        return true;
    }

    /// <summary>Reads <c>uXXXX</c>, or two of them that make a pair of surrogates.</summary>
    private bool ReadCodePoint(Span<byte> decoded, out int written)
    {
        written = 0;
        var start = _at - 1;
        var low = '\0';
        if (!ReadHex(out var unit))
        {
            return false;
        }

        if (char.IsHighSurrogate(unit) && text.AsSpan(_at).StartsWith("\\u"u8))
        {
            _at++;
            if (!ReadHex(out low))
            {
                return false;
            }
        }

        if (!Rune.TryCreate(unit, out var rune) && !Rune.TryCreate(unit, low, out rune))
        {
            var got = Encoding.ASCII.GetString(text.AsSpan(start, _at - start));
            _at = start;
            return Fail($"expected a pair of surrogates, got `{got}`");
        }

        written = rune.EncodeToUtf8(decoded);
        return true;
    }

    /// <summary>Reads <c>uXXXX</c>.</summary>
    private bool ReadHex(out char unit)
    {
        unit = '\0';
        for (var end = ++_at + 4; _at < end; _at++)
        {
            if (Peek() < 0 || !char.IsAsciiHexDigit((char)text[_at]))
            {
                return Fail($"expected four hexadecimal digits after `\\u`, got {Got()}");
            }

            var digit = text[_at] <= '9' ? text[_at] - '0' : (text[_at] | 0x20) - 'a' + 10;
            unit = (char)((unit << 4) | digit);
        }

        return true;
    }

    private bool ReadScalar()
    {
        switch (Peek())
        {
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            case 't' when ReadWord("true"u8):
                _builder.Boolean(true, PlaceOf(_at - 4));
                return true;
            case 'f' when ReadWord("false"u8):
                _builder.Boolean(false, PlaceOf(_at - 5));
                return true;
            case 'n' when ReadWord("null"u8):
                _builder.Null(PlaceOf(_at - 4));
                return true;
            case 't' or 'f' or 'n':
                return Fail("expected a value, got a word that is not `true`, `false` or `null`");
            default:
                return Fail($"expected a value, got {Got()}");
        }
    }

    private bool ReadWord(ReadOnlySpan<byte> word)
    {
        var isThere = text.AsSpan(_at).StartsWith(word);
        _at += isThere ? word.Length : 0;
        return isThere;
    }

    private bool ReadNumber()
    {
        var start = _at;
        _at += Peek() == '-' ? 1 : 0;
        var firstDigit = _at;
        var magnitude = 0L;
        for (; Peek() is >= '0' and <= '9'; _at++)
        {
            magnitude = unchecked((magnitude * 10) + (text[_at] - '0'));
        }

        var digits = _at - firstDigit;
        if (digits == 0)
        {
            return Fail($"expected a digit, got {Got()}");
        }

        if (text[firstDigit] == '0' && digits > 1)
        {
            _at = firstDigit + 1;
            return Fail($"expected no digit after a leading zero, got {Got()}");
        }

        if (digits <= DecimalText.SmallDigits && Peek() is not ('.' or 'e' or 'E'))
        {
            _builder.Integer(start == firstDigit ? magnitude : -magnitude, PlaceOf(start));
            return true;
        }

        return ReadFractionAndExponent() && AddNumber(start);
    }

    private bool ReadFractionAndExponent()
    {
        if (Peek() == '.')
        {
            _at++;
            if (!SkipDigits())
            {
                return Fail($"expected a digit after the point, got {Got()}");
            }
        }

        if (Peek() is 'e' or 'E')
        {
            _at++;
            _at += Peek() is '+' or '-' ? 1 : 0;
            if (!SkipDigits())
            {
                return Fail($"expected a digit in the exponent, got {Got()}");
            }
        }

        return true;
    }

    private bool AddNumber(int start)
    {
        if (!Number.TryParse(text.AsSpan(start, _at - start), out var number))
        {
            _at = start;
            return Fail(
                $"expected a number of at most {Number.MaxDigits:N0} digits and an exponent within {Number.MaxExponent:N0}"
            );
        }

        _builder.Number(number, PlaceOf(start));
        return true;
    }

    private bool SkipDigits()
    {
        var start = _at;
        while (Peek() is >= '0' and <= '9')
        {
            _at++;
        }

        return _at > start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        if ((uint)_at < (uint)text.Length && text[_at] <= ' ')
        {
            SkipAllSpace();
        }
    }

    private void SkipAllSpace()
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(text);
        for (; _at <= text.Length - Vector128<byte>.Count; _at += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)_at);
            var newlines = Vector128.Equals(bytes, Vector128.Create((byte)'\n'));
            var spaces =
                newlines
                | Vector128.Equals(bytes, Vector128.Create((byte)' '))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\r'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\t'));
            var length = BitOperations.TrailingZeroCount(~spaces.ExtractMostSignificantBits());
            CountLines(newlines.ExtractMostSignificantBits() & ((1u << length) - 1));
            if (length < Vector128<byte>.Count)
            {
                _at += length;
                return;
            }
        }

        for (; _at < text.Length && text[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'; _at++)
        {
            CountLines(text[_at] == '\n' ? 1u : 0);
        }
    }

    /// <summary>Takes in the newlines that start at <see cref="_at"/>, a bit for each byte.</summary>
    private void CountLines(uint newlines)
    {
        if (newlines != 0)
        {
            _line += BitOperations.PopCount(newlines);
            _lineStart = _at + BitOperations.Log2(newlines) + 1;
        }
    }

    private bool AtEnd()
    {
        SkipSpace();
        return _at == text.Length || Fail($"expected the end of the text, got {Got()}");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Peek() => (uint)_at < (uint)text.Length ? text[_at] : -1;

    /// <summary>The place of a byte on this line, where places are kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Position PlaceOf(int at) => keepsPositions ? new Position(_line, at - _lineStart + 1) : default;

    private string Got()
    {
        if (_at >= text.Length)
        {
            return "the end of the text";
        }

        _ = Rune.DecodeFromUtf8(text.AsSpan(_at), out var rune, out _);
        var isHidden =
            Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned;
        return isHidden ? $"U+{rune.Value:X4}" : $"`{rune}`";
    }

    private bool Fail(string message)
    {
        Fault = new JsonFault(new Position(_line, _at - _lineStart + 1), message);
        return false;
    }

    /// <summary>The place of a repeated name is known only to a reader that keeps places: a faulty text is read twice.</summary>
    private bool FailAtDuplicate(string name, Position at)
    {
        if (keepsPositions)
        {
            Fault = new JsonFault(at, $"the name `{name}` stands twice in one object");
            return false;
        }

        var again = new JsonReader(text, limits, keepsPositions: true);
        _ = again.Read();
        Fault = again.Fault;
        return false;
    }

    private void FailAtInvalidByte()
    {
        while (Rune.DecodeFromUtf8(text.AsSpan(_at), out _, out var length) == OperationStatus.Done)
        {
            CountLines(text[_at] == '\n' ? 1u : 0);
            _at += length;
        }

        Fail($"expected UTF-8, got byte 0x{text[_at]:x2}");
    }
}
