using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plumbline.Values;

/// <summary>Canonical JSON (RFC 8785): one text for one value, so that a digest of it names the value.</summary>
/// <remarks>
/// Names in the order of their UTF-16 code units; numbers as ECMAScript writes a double. A number whose value a double
/// would change is written in its shortest decimal form instead, and <see cref="Write(Value, IBufferWriter{byte})"/>
/// says so, because such a text is no longer RFC 8785 to the letter. Sets become arrays in Rego's order, unknowns
/// <c>null</c> (their marks stand beside the document), and keys that are no strings their Rego text.
/// </remarks>
public static class Jcs
{
    /// <returns>True where a number had to be written as a decimal: the document's profile is <c>decimal</c>.</returns>
    public static bool Write(Value value, IBufferWriter<byte> output)
    {
        var writer = new Writer(output);
        writer.Write(value);
        return writer.UsedDecimal;
    }

    public static byte[] ToBytes(Value value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static string ToText(Value value) => Encoding.UTF8.GetString(ToBytes(value));

    /// <summary>A number as ECMAScript's <c>Number::toString</c> writes it (ECMA-262, 6.1.6.1.20).</summary>
    public static string NumberText(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var (digits, point) = Split(shortest);
        var sign = value < 0 ? "-" : "";
        return sign
            + (point, digits.Length) switch
            {
                (> 0 and <= 21, var n) when n <= point => digits + new string('0', point - n),
                (> 0 and <= 21, _) => $"{digits[..point]}.{digits[point..]}",
                (> -6 and <= 0, _) => $"0.{new string('0', -point)}{digits}",
                _ => Exponential(digits, point - 1),
            };
    }

    private static string Exponential(string digits, int exponent) =>
        digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent);

    /// <summary>Digits without leading or trailing zeros, and where the point stands before or after their start.</summary>
    private static (string Digits, int Point) Split(string text)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), point - leading);
    }

    private sealed class Writer(IBufferWriter<byte> output)
    {
        private static readonly SearchValues<byte> Escaped = SearchValues.Create([
            .. Enumerable.Range(0, 32).Select(i => (byte)i),
            (byte)'"',
            (byte)'\\',
        ]);

        public bool UsedDecimal { get; private set; }

        public void Write(Value value)
        {
            switch (value.Kind)
            {
                case ValueKind.Boolean:
                    output.Write(value.IsTrue ? "true"u8 : "false"u8);
                    break;
                case ValueKind.Number:
                    WriteNumber(value);
                    break;
                case ValueKind.String:
                    WriteString(value.Utf8.Span);
                    break;
                case ValueKind.Array:
                case ValueKind.Set:
                    WriteItems(value);
                    break;
                case ValueKind.Object:
                    WriteMembers(value);
                    break;
                default:
                    output.Write("null"u8);
                    break;
            }
        }

        private void WriteNumber(Value value)
        {
            if (value.TryGetInt64(out var small) && Math.Abs((decimal)small) <= 1L << 53)
            {
                var span = output.GetSpan(20);
                _ = small.TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
                output.Advance(written);
                return;
            }

            var number = value.AsNumber;
            var nearest = number.ToDouble();
            if (double.IsFinite(nearest) && Number.FromDouble(nearest).Equals(number))
            {
                WriteAscii(NumberText(nearest));
                return;
            }

            UsedDecimal = true;
            WriteAscii(number.ToString());
        }

        private void WriteItems(Value value)
        {
            output.Write("["u8);
            var order = value.IsSet ? Comparing.Order(value) : null;
            for (var i = 0; i < value.Count; i++)
            {
                if (i > 0)
                {
                    output.Write(","u8);
                }

                Write(value[order is null ? i : order[i]]);
            }

            output.Write("]"u8);
        }

        private void WriteMembers(Value value)
        {
            var members = new (Utf8 Key, int Index)[value.Count];
            for (var i = 0; i < members.Length; i++)
            {
                var key = value.KeyAt(i);
                members[i] = (key.IsString ? key.Utf8 : new Utf8(key.ToString()), i);
            }

            Array.Sort(members, static (a, b) => CompareUtf16(a.Key.Span, b.Key.Span));
            output.Write("{"u8);
            for (var i = 0; i < members.Length; i++)
            {
                if (i > 0)
                {
                    output.Write(","u8);
                }

                WriteString(members[i].Key.Span);
                output.Write(":"u8);
                Write(value[members[i].Index]);
            }

            output.Write("}"u8);
        }

        private void WriteString(ReadOnlySpan<byte> text)
        {
            output.Write("\""u8);
            while (true)
            {
                var plain = text.IndexOfAny(Escaped);
                if (plain < 0)
                {
                    output.Write(text);
                    break;
                }

                output.Write(text[..plain]);
                WriteEscape(text[plain]);
                text = text[(plain + 1)..];
            }

            output.Write("\""u8);
        }

        private void WriteEscape(byte c)
        {
            switch (c)
            {
                case (byte)'"':
                    output.Write("\\\""u8);
                    break;
                case (byte)'\\':
                    output.Write("\\\\"u8);
                    break;
                case 0x08:
                    output.Write("\\b"u8);
                    break;
                case 0x09:
                    output.Write("\\t"u8);
                    break;
                case 0x0A:
                    output.Write("\\n"u8);
                    break;
                case 0x0C:
                    output.Write("\\f"u8);
                    break;
                case 0x0D:
                    output.Write("\\r"u8);
                    break;
                default:
                    WriteAscii(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
                    break;
            }
        }

        private void WriteAscii(string text) => Encoding.ASCII.GetBytes(text, output);
    }

    /// <summary>
    /// Order of UTF-16 code units on UTF-8 bytes. The two orders differ only where a character outside the basic plane
    /// (lead byte 0xF0 to 0xF4, surrogates D800 to DFFF) meets one from U+E000 to U+FFFF (lead byte 0xEE or 0xEF).
    /// </summary>
    internal static int CompareUtf16(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var shared = left.CommonPrefixLength(right);
        if (shared == left.Length || shared == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        var (a, b) = (left[shared], right[shared]);
        var (high, highOther) = (a >= 0xF0, b >= 0xF0);
        if (high == highOther)
        {
            return a.CompareTo(b);
        }

        return high ? (b >= 0xEE ? -1 : 1) : (a >= 0xEE ? 1 : -1);
    }
}
