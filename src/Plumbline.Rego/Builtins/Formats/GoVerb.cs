using System.Globalization;
using System.Numerics;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>What each verb of Go's formats makes of an integer, a fraction and a string.</summary>
internal static class GoVerb
{
    public static string Format(Value value, Rune verb, FormatSpec spec) =>
        TypeOf(value) switch
        {
            "int" or "big.Int" => Integer(value, verb, spec),
            "float64" => GoFloat.Format(value.AsNumber.ToDouble(), (char)verb.Value, spec) ?? Bad(value, verb),
            _ => String(value, verb, spec),
        };

    /// <summary>Go's name of the type that OPA makes of the value; <c>*big.Int</c> leaves its star out.</summary>
    public static string TypeOf(Value value) =>
        value.Kind != ValueKind.Number ? "string"
        : value.TryGetInt64(out _) ? "int"
        : value.AsNumber.TryGetInteger(out _) ? "big.Int"
        : double.IsInfinity(value.AsNumber.ToDouble()) ? "string"
        : "float64";

    private static string Bad(Value value, Rune verb) => $"%!{verb}({TypeOf(value)}={GoFormat.Plain(value)})";

    private static string Integer(Value value, Rune verb, FormatSpec spec)
    {
        _ = value.AsNumber.TryGetInteger(out var number);
        var isSmall = value.TryGetInt64(out _);
        return (char)verb.Value switch
        {
            'v' or 'd' => Digits(number, 10, "", spec),
            // A big.Int formats itself, and takes `s` for `d`.
            's' when !isSmall => Digits(number, 10, "", spec),
            'b' => Digits(number, 2, spec.Sharp ? "0b" : "", spec),
            'o' => Digits(number, 8, spec.Sharp ? "0" : "", spec),
            'O' => Digits(number, 8, "0o", spec),
            'x' => Digits(number, 16, spec.Sharp ? "0x" : "", spec),
            'X' => Digits(number, 16, spec.Sharp ? "0X" : "", spec).ToUpperInvariant(),
            'c' when isSmall => spec.Pad(RuneOf(number).ToString()),
            'q' when isSmall => spec.Pad(GoQuote.Rune(RuneOf(number), spec.Plus)),
            'U' when isSmall => spec.Pad(CodePoint(number, spec)),
            _ => Bad(value, verb),
        };
    }

    private static string Digits(BigInteger number, int numberBase, string prefix, FormatSpec spec)
    {
        var digits = Text.Digits(BigInteger.Abs(number), numberBase);
        if (spec.Precision is { } precision)
        {
            digits = precision == 0 && number.IsZero ? "" : digits.PadLeft(precision, '0');
            spec.Zero = false;
        }

        var zeros = spec is { Zero: true, Minus: false } ? (spec.Width ?? 0) - prefix.Length : 0;
        if (prefix.Length > 0 && zeros > 0)
        {
            var sign = number.Sign < 0 || spec.Plus || spec.Space ? 1 : 0;
            digits = digits.PadLeft(Math.Max(0, zeros + prefix.Length - sign), '0');
        }

        return spec.PadNumber(number.Sign < 0, prefix + digits);
    }

    private static Rune RuneOf(BigInteger number) =>
        number >= 0 && number <= 0x10FFFF && Rune.TryCreate((int)number, out var rune) ? rune : Rune.ReplacementChar;

    private static string CodePoint(BigInteger number, FormatSpec spec)
    {
        var digits = Text.Digits(BigInteger.Abs(number), 16).ToUpperInvariant().PadLeft(4, '0');
        return spec.Sharp && number.Sign >= 0 ? $"U+{digits} '{RuneOf(number)}'" : $"U+{digits}";
    }

    private static string String(Value value, Rune verb, FormatSpec spec)
    {
        var text = GoFormat.Plain(value);
        switch ((char)verb.Value)
        {
            case 'v':
            case 's':
                return spec.Pad(spec.Sharp && verb.Value == 'v' ? GoQuote.String(text, false) : Truncate(text, spec));
            case 'q':
                text = Truncate(text, spec);
                return spec.Pad(
                    spec.Sharp && !text.Contains('`', StringComparison.Ordinal) && !text.Any(char.IsControl)
                        ? $"`{text}`"
                        : GoQuote.String(text, spec.Plus)
                );
            case 'x':
                return spec.Pad(Hex(text, spec));
            case 'X':
                return spec.Pad(Hex(text, spec).ToUpperInvariant());
            default:
                return Bad(value, verb);
        }
    }

    private static string Truncate(string text, FormatSpec spec)
    {
        if (spec.Precision is not { } precision)
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, Text.OffsetOf(bytes, precision)));
    }

    private static string Hex(string text, FormatSpec spec)
    {
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        bytes = bytes[..Math.Min(bytes.Length, spec.Precision ?? bytes.Length)];
        var prefix = spec.Sharp ? "0x" : "";
        var result = new StringBuilder(bytes.Length == 0 ? "" : prefix);
        for (var i = 0; i < bytes.Length; i++)
        {
            result.Append(spec.Space && i > 0 ? " " + prefix : "");
            result.Append(bytes[i].ToString("x2", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }
}
