using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plumbline.Values;

/// <summary>Canonical JSON (RFC 8785): one text for one value, so that a digest of it names the value.</summary>
/// <remarks>
/// Names in the order of their UTF-16 code units; numbers as ECMAScript writes a double. A number whose value a double
/// would change is written as <see cref="Number.ToString"/> does instead, and <see cref="Write(Value, IBufferWriter{byte})"/>
/// says so, because such a text is no longer RFC 8785 to the letter. Sets become arrays in Rego's order, unknowns
/// <c>null</c> (their marks stand beside the document). A key that is no string goes by its own canonical text, as in
/// OPA; where that makes two keys of one object alike (1 and <c>"1"</c>), the last in Rego's order stays.
/// </remarks>
public static class Jcs
{
    /// <returns>True where a number had to be written as a decimal: the document's profile is <c>decimal</c>.</returns>
    public static bool Write(Value value, IBufferWriter<byte> output)
    {
        var writer = new JcsWriter();
        writer.Write(value);
        output.Write(writer.Written);
        return writer.UsedDecimal;
    }

    public static byte[] ToBytes(Value value)
    {
        var writer = new JcsWriter();
        writer.Write(value);
        return writer.Written.ToArray();
    }

    public static string ToText(Value value) => Encoding.UTF8.GetString(ToBytes(value));

    /// <summary>A number as ECMAScript's <c>Number::toString</c> writes it (ECMA-262, 6.1.6.1.20).</summary>
    public static string NumberText(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var (digits, point) = Split(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        return (value < 0 ? "-" : "") + NumberText(digits, point);
    }

    /// <summary>The same for a positive number of at most seventeen digits.</summary>
    /// <param name="digits">Without zeros at either end.</param>
    /// <param name="point">How many of them stand before the point; negative for zeros after it.</param>
    internal static string NumberText(string digits, int point) =>
        (point, digits.Length) switch
        {
            (> 0 and <= 21, var n) when n <= point => digits + new string('0', point - n),
            (> 0 and <= 21, _) => $"{digits[..point]}.{digits[point..]}",
            (> -6 and <= 0, _) => $"0.{new string('0', -point)}{digits}",
            _ => Exponential(digits, point - 1),
        };

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

    /// <summary>The members of an object by their names in JSON, in the order in which they came.</summary>
    internal static (Utf8 Name, int Index)[] MembersOf(Value value)
    {
        var members = new (Utf8 Name, int Index)[value.Count];
        return TryMembersOf(value, members) ? members : MembersByText(value);
    }

    /// <returns>False where a key is no string.</returns>
    internal static bool TryMembersOf(Value value, Span<(Utf8 Name, int Index)> members)
    {
        for (var i = 0; i < members.Length; i++)
        {
            var key = value.KeyAt(i);
            if (!key.IsString)
            {
                return false;
            }

            members[i] = (key.Utf8, i);
        }

        return true;
    }

    internal static (Utf8 Name, int Index)[] MembersByText(Value value)
    {
        var last = new Dictionary<Utf8, int>();
        foreach (var i in Comparing.Order(value))
        {
            var key = value.KeyAt(i);
            last[key.IsString ? key.Utf8 : new Utf8(ToText(key))] = i;
        }

        return [.. last.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value)];
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
