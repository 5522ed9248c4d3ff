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
/// Hot: <c>Plumbline.Benchmarks values</c> measures it. Strings and white space are scanned many bytes at a time, a
/// token costs a node and nothing on the heap, and one loop stands for the recursion, so that a deep text costs a byte
/// on a stack of ours and not a frame of the machine's. Every method is given the offset at which it starts and returns
/// the one at which it ended, which the processor keeps in a register as it would not a field; <see cref="Failed"/>
/// says that <see cref="Fault"/> has the reason.
/// </remarks>
internal sealed class JsonReader(byte[] text, JsonLimits limits, bool keepsPositions)
{
    private const int Failed = -1;

    private readonly DocumentBuilder _builder = new(keepsPositions, text);

    /// <summary>What ends each collection that is open, the outermost first.</summary>
    private byte[] _closings = new byte[16];
    private int _depth;
    private int _line = 1;
    private int _lineStart;

    public JsonFault? Fault { get; private set; }

    /// <summary>The document; null where <see cref="Fault"/> says why not.</summary>
    public Document? Read()
    {
        if (text.Length > limits.MaxBytes)
        {
            Fail(0, $"expected at most {limits.MaxBytes:N0} bytes, got {text.Length:N0}");
            return null;
        }

        if (!System.Text.Unicode.Utf8.IsValid(text))
        {
            FailAtInvalidByte();
            return null;
        }

        if (text.AsSpan().StartsWith("\uFEFF"u8))
        {
            Fail(0, "expected a value, got a byte order mark");
            return null;
        }

        var at = ReadRoot();
        if (at >= 0 && at < text.Length)
        {
            at = Expected(at, "the end of the text");
        }

        return at < 0 ? null : _builder.Build();
    }

    /// <summary>Reads the value that is the text, and the space around it.</summary>
    /// <remarks>White space is looked for last: most texts that a program reads come without it.</remarks>
    private int ReadRoot()
    {
        var at = 0;
        while (at >= 0)
        {
            // Here a value has to stand.
            switch (Peek(at))
            {
                case '"':
                    at = ReadString(at);
                    break;
                case '{':
                    at = Open(at, '}');
                    if (Peek(at) == '}')
                    {
                        break;
                    }

                    at = ReadKey(at);
                    continue;
                case '[':
                    at = Open(at, ']');
                    if (Peek(at) == ']')
                    {
                        break;
                    }

                    continue;
                case ' ' or '\n' or '\r' or '\t':
                    at = SkipSpace(at);
                    continue;
                default:
                    at = ReadScalar(at);
                    break;
            }

            at = ReadEnds(at);
            if (_depth == 0)
            {
                break;
            }
        }

        return at;
    }

    /// <summary>Reads what follows on a value: the ends of collections around it, and a comma and a name before the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadEnds(int at)
    {
        while (at >= 0)
        {
            at = SkipSpace(at);
            if (_depth == 0)
            {
                break;
            }

            if (Peek(at) == ',')
            {
                return _closings[_depth - 1] == '}' ? ReadKey(SkipSpace(at + 1)) : at + 1;
            }

            at = Close(at);
        }

        return at;
    }

    /// <summary>Reads an opening bracket and the space after it.</summary>
    private int Open(int at, char closing)
    {
        if (_depth == limits.MaxDepth)
        {
            return Fail(at, $"expected at most {limits.MaxDepth} nested arrays and objects");
        }

        if (_depth == _closings.Length)
        {
            Array.Resize(ref _closings, 2 * _depth);
        }

        _closings[_depth++] = (byte)closing;
        _builder.Start(PlaceOf(at));
        return SkipSpace(at + 1);
    }

    private int Close(int at)
    {
        var closing = _closings[_depth - 1];
        if (Peek(at) != closing)
        {
            return Expected(at, closing == ']' ? "`,` or `]`" : "`,` or `}`");
        }

        _depth--;
        if (closing == ']')
        {
            _builder.EndArray();
            return at + 1;
        }

        return _builder.TryEndObject(out var duplicate) ? at + 1 : FailAtDuplicate(duplicate.Key, duplicate.At);
    }

    /// <summary>Reads a name, the colon and the space between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadKey(int at)
    {
        if (Peek(at) != '"')
        {
            return at < 0 ? Failed : Expected(at, "a name in quotes");
        }

        at = ReadString(at);
        if (Peek(at) == ':')
        {
            return at + 1;
        }

        return at < 0 ? Failed : ReadColon(at);
    }

    private int ReadColon(int at)
    {
        at = SkipSpace(at);
        return Peek(at) == ':' ? at + 1 : Expected(at, "`:`");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadString(int at)
    {
        var end = EndOfPlain(at + 1);
        if (Peek(end) != '"')
        {
            return ReadEscaped(at, end);
        }

        _builder.Slice(at + 1, end - at - 1, PlaceOf(at));
        return end + 1;
    }

    /// <summary>The first byte from <paramref name="at"/> on that a string cannot hold as it is, or the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int EndOfPlain(int at)
    {
        var bytes = text;
        ref var first = ref MemoryMarshal.GetArrayDataReference(bytes);
        for (; at <= bytes.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var block = Vector256.LoadUnsafe(ref first, (nuint)at);
            var stops = (
                Vector256.Equals(block, Vector256.Create((byte)'"'))
                | Vector256.Equals(block, Vector256.Create((byte)'\\'))
                | Vector256.Equals(Vector256.Min(block, Vector256.Create((byte)0x1F)), block)
            ).ExtractMostSignificantBits();
            if (stops != 0)
            {
                return at + BitOperations.TrailingZeroCount(stops);
            }
        }

        return EndOfPlainNearTheEnd(at);
    }

    private int EndOfPlainNearTheEnd(int at)
    {
        while (at < text.Length && text[at] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads a string that holds escapes, whose plain beginning ends at <paramref name="plainEnd"/>.</summary>
    private int ReadEscaped(int start, int plainEnd)
    {
        // What is decoded is never longer than its text.
        var decoded = _builder.ExtraRoom(text.Length - start);
        var length = 0;
        for (var at = start + 1; ; plainEnd = EndOfPlain(at))
        {
            var plain = text.AsSpan(at, plainEnd - at);
            plain.CopyTo(decoded[length..]);
            length += plain.Length;
            at = plainEnd;
            switch (Peek(at))
            {
                case '"':
                    _builder.Extra(length, PlaceOf(start));
                    return at + 1;
                case '\\':
                    at = ReadEscape(at, decoded[length..], out var written);
                    if (at < 0)
                    {
                        return Failed;
                    }

                    length += written;
                    break;
                case < 0:
                    return Fail(at, "expected `\"`, got the end of the text");
                default:
                    return Fail(at, $"expected control characters in strings to be escaped, got byte 0x{text[at]:x2}");
            }
        }
    }

    private int ReadEscape(int at, Span<byte> decoded, out int written)
    {
        written = 1;
        at++;
        switch (Peek(at))
        {
            case '"' or '\\' or '/':
                decoded[0] = text[at];
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
                return ReadCodePoint(at, decoded, out written);
            default:
                return Fail(at, $"expected one of `\"\\/bfnrtu` after `\\`, got {Got(at)}");
        }

        return at + 1;
    }

    /// <summary>Reads <c>uXXXX</c>, or two of them that make a pair of surrogates.</summary>
    private int ReadCodePoint(int start, Span<byte> decoded, out int written)
    {
        written = 0;
        var low = '\0';
        var at = ReadHex(start + 1, out var unit);
        if (at >= 0 && char.IsHighSurrogate(unit) && text.AsSpan(at).StartsWith("\\u"u8))
        {
            at = ReadHex(at + 2, out low);
        }

        if (at < 0)
        {
            return Failed;
        }

        if (!Rune.TryCreate(unit, out var rune) && !Rune.TryCreate(unit, low, out rune))
        {
            var got = Encoding.ASCII.GetString(text.AsSpan(start - 1, at - start + 1));
            return Fail(start - 1, $"expected a pair of surrogates, got `{got}`");
        }

        written = rune.EncodeToUtf8(decoded);
        return at;
    }

    /// <summary>Reads four hexadecimal digits.</summary>
    private int ReadHex(int at, out char unit)
    {
        unit = '\0';
        for (var end = at + 4; at < end; at++)
        {
            if (Peek(at) < 0 || !char.IsAsciiHexDigit((char)text[at]))
            {
                return Expected(at, "four hexadecimal digits after `\\u`");
            }

            var digit = text[at] <= '9' ? text[at] - '0' : (text[at] | 0x20) - 'a' + 10;
            unit = (char)((unit << 4) | digit);
        }

        return at;
    }

    private int ReadScalar(int at)
    {
        var rest = text.AsSpan(at);
        switch (Peek(at))
        {
            case '-' or (>= '0' and <= '9'):
                return ReadNumber(at);
            case 't' when rest.StartsWith("true"u8):
                _builder.Boolean(true, PlaceOf(at));
                return at + 4;
            case 'f' when rest.StartsWith("false"u8):
                _builder.Boolean(false, PlaceOf(at));
                return at + 5;
            case 'n' when rest.StartsWith("null"u8):
                _builder.Null(PlaceOf(at));
                return at + 4;
            case 't' or 'f' or 'n':
                return Fail(at, "expected a value, got a word that is not `true`, `false` or `null`");
            default:
                return Expected(at, "a value");
        }
    }

    private int ReadNumber(int start)
    {
        var firstDigit = text[start] == '-' ? start + 1 : start;
        var magnitude = 0L;
        var at = firstDigit;
        for (; Peek(at) is >= '0' and <= '9'; at++)
        {
            magnitude = unchecked((magnitude * 10) + (text[at] - '0'));
        }

        if (at == firstDigit)
        {
            return Expected(at, "a digit");
        }

        if (text[firstDigit] == '0' && at > firstDigit + 1)
        {
            return Expected(firstDigit + 1, "no digit after a leading zero");
        }

        if (at - firstDigit > DecimalText.SmallDigits || Peek(at) is '.' or 'e' or 'E')
        {
            return ReadDecimal(start, at);
        }

        _builder.Integer(start == firstDigit ? magnitude : -magnitude, PlaceOf(start));
        return at;
    }

    /// <summary>Reads a number that is long or more than an integer, whose digits before the point end at <paramref name="at"/>.</summary>
    private int ReadDecimal(int start, int at)
    {
        if (Peek(at) == '.')
        {
            var digits = at + 1;
            at = SkipDigits(digits);
            if (at == digits)
            {
                return Expected(at, "a digit after the point");
            }
        }

        if (Peek(at) is 'e' or 'E')
        {
            var digits = Peek(at + 1) is '+' or '-' ? at + 2 : at + 1;
            at = SkipDigits(digits);
            if (at == digits)
            {
                return Expected(at, "a digit in the exponent");
            }
        }

        return _builder.TryNumber(text.AsSpan(start, at - start), PlaceOf(start))
            ? at
            : Fail(
                start,
                $"expected a number of at most {Number.MaxDigits:N0} digits and an exponent within {Number.MaxExponent:N0}"
            );
    }

    private int SkipDigits(int at)
    {
        while (Peek(at) is >= '0' and <= '9')
        {
            at++;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SkipSpace(int at) => Peek(at) is >= 0 and <= ' ' ? SkipAllSpace(at) : at;

    private int SkipAllSpace(int at)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(text);
        for (; at <= text.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            var newlines = Vector128.Equals(bytes, Vector128.Create((byte)'\n'));
            var spaces =
                newlines
                | Vector128.Equals(bytes, Vector128.Create((byte)' '))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\r'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\t'));
            var length = BitOperations.TrailingZeroCount(~spaces.ExtractMostSignificantBits());
            CountLines(at, newlines.ExtractMostSignificantBits() & ((1u << length) - 1));
            if (length < Vector128<byte>.Count)
            {
                return at + length;
            }
        }

        for (; at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'; at++)
        {
            CountLines(at, text[at] == '\n' ? 1u : 0);
        }

        return at;
    }

    /// <summary>Takes in the newlines from <paramref name="at"/> on, a bit for each byte.</summary>
    private void CountLines(int at, uint newlines)
    {
        if (newlines != 0)
        {
            _line += BitOperations.PopCount(newlines);
            _lineStart = at + BitOperations.Log2(newlines) + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Peek(int at)
    {
        var bytes = text; // read once, so that one comparison is the whole check
        return (uint)at < (uint)bytes.Length ? bytes[at] : -1;
    }

    /// <summary>The place of a byte on this line, where places are kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Position PlaceOf(int at) => keepsPositions ? new Position(_line, at - _lineStart + 1) : default;

    private string Got(int at)
    {
        if (at >= text.Length)
        {
            return "the end of the text";
        }

        _ = Rune.DecodeFromUtf8(text.AsSpan(at), out var rune, out _);
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

    private int Expected(int at, string what) => Fail(at, $"expected {what}, got {Got(at)}");

    private int Fail(int at, string message)
    {
        Fault = new JsonFault(new Position(_line, at - _lineStart + 1), message);
        return Failed;
    }

    /// <summary>The place of a repeated name is known only to a reader that keeps places: a faulty text is read twice.</summary>
    private int FailAtDuplicate(string name, Position at)
    {
        if (keepsPositions)
        {
            Fault = new JsonFault(at, $"the name `{name}` stands twice in one object");
            return Failed;
        }

        var again = new JsonReader(text, limits, keepsPositions: true);
        _ = again.Read();
        Fault = again.Fault;
        return Failed;
    }

    private void FailAtInvalidByte()
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(text.AsSpan(at), out _, out var length) == OperationStatus.Done)
        {
            CountLines(at, text[at] == '\n' ? 1u : 0);
            at += length;
        }

        Fail(at, $"expected UTF-8, got byte 0x{text[at]:x2}");
    }
}
