using System.Globalization;
using System.Numerics;
using Plumbline.Values;

namespace Plumbline.Languages.Yaml;

/// <summary>A scalar that was resolved: <see cref="Text"/> is the string, or the number as JSON writes it.</summary>
/// <param name="Source">As written, where it is not the string itself.</param>
internal readonly record struct ResolvedScalar(ValueKind Kind, string Text, string Source)
{
    public bool IsTrue => Kind == ValueKind.Boolean && Text == "true";

    public static ResolvedScalar String(string text) => new(ValueKind.String, text, text);

    /// <summary>The member name that it makes: what is no string keeps its text, or is written as Go does for Kubernetes; null for null.</summary>
    public string? AsKey(YamlSchema schema) =>
        Kind switch
        {
            ValueKind.Null => null,
            ValueKind.String => Text,
            _ when schema == YamlSchema.Core => Source,
            ValueKind.Number when Text.AsSpan().ContainsAny('.', 'E', 'e') => Scalars.GoFloat(Text),
            _ => Text,
        };
}

/// <summary>What scalars mean, by schema and tag.</summary>
/// <remarks>
/// Core is YAML 1.2, section 10.3.2. Kubernetes is what sigs.k8s.io/yaml does, by way of its fork of go-yaml 2 and
/// Go's <c>strconv</c>:
/// <code>
/// null      ~  null  Null  NULL, nothing          the same in both
/// boolean   true  True  TRUE                      Kubernetes: also yes  on  y, no  off  n, each as Yes and YES
/// integer   12  0o17  0x1F                        Kubernetes: also 0b11  017 (octal)  1_000; 08 is 8, as a float
/// float     1.5  .5  1e3                          Kubernetes: nearest double
/// refused   .inf  -.inf  .nan                     JSON has none
/// string    all else: 1:30 and 2026-01-31 too
/// </code>
/// </remarks>
internal static class Scalars
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>Digits that a number may have: converting them costs their square, and 4 MiB hold many numbers.</summary>
    private const int MaxLength = 1_000;

    /// <param name="isPlain">Without quotes: the text decides the kind.</param>
    /// <param name="tag">As resolved by the parser; one of YAML's own, or null.</param>
    /// <exception cref="TextFaultException">The tag is not read, the text is not of its kind, or JSON has no such value.</exception>
    public static ResolvedScalar Resolve(YamlSchema schema, string text, bool isPlain, string? tag, Position at)
    {
        ValueKind? wanted = tag switch
        {
            null => isPlain ? null : ValueKind.String,
            Prefix + "str" => ValueKind.String,
            Prefix + "bool" => ValueKind.Boolean,
            Prefix + "int" or Prefix + "float" => ValueKind.Number,
            Prefix + "null" => ValueKind.Null,
            _ => throw UnreadTag(tag, at),
        };
        if (wanted == ValueKind.String)
        {
            return ResolvedScalar.String(text);
        }

        var scalar = Plain(schema, text, at);
        var isFraction = scalar.Kind == ValueKind.Number && scalar.Text.AsSpan().ContainsAny('.', 'E', 'e');
        if (wanted is not null && (scalar.Kind != wanted || (isFraction && tag == Prefix + "int")))
        {
            throw new TextFaultException(
                TextFaults.NotJson,
                $"expected a value of `!!{tag![Prefix.Length..]}`, got another", // which may be a secret
                at
            );
        }

        return scalar;
    }

    public static TextFaultException UnreadTag(string tag, Position at)
    {
        var name = tag.StartsWith(Prefix, StringComparison.Ordinal) ? "!!" + tag[Prefix.Length..] : tag;
        return new TextFaultException(
            TextFaults.Tag,
            $"expected no tag but those of strings, numbers, booleans, null, lists and mappings here, got `{Shortened(name)}`",
            at
        );
    }

    /// <summary>A float as member name: Go's <c>FormatFloat(f, 'g', -1, 32)</c>, so <c>1.10</c> is <c>1.1</c>.</summary>
    public static string GoFloat(string number)
    {
        var value = float.Parse(number, CultureInfo.InvariantCulture);
        var shortest = Enumerable
            .Range(0, 9)
            .Select(digits => value.ToString("E" + digits, CultureInfo.InvariantCulture))
            .First(text => float.Parse(text, CultureInfo.InvariantCulture).Equals(value));
        var exponent = int.Parse(shortest[(shortest.IndexOf('E') + 1)..], CultureInfo.InvariantCulture);
        return exponent is < -4 or >= 6
            ? $"{shortest[..shortest.IndexOf('E')]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}"
            : ((decimal)value).ToString("0.#########################", CultureInfo.InvariantCulture);
    }

    private static ResolvedScalar Plain(YamlSchema schema, string text, Position at)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new ResolvedScalar(ValueKind.Null, "null", text);
            case "true" or "True" or "TRUE":
            case "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" when schema == YamlSchema.Kubernetes:
                return new ResolvedScalar(ValueKind.Boolean, "true", text);
            case "false" or "False" or "FALSE":
            case "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" when schema == YamlSchema.Kubernetes:
                return new ResolvedScalar(ValueKind.Boolean, "false", text);
        }

        var number =
            text[0] is not ('+' or '-' or '.' or (>= '0' and <= '9')) ? null
            : schema == YamlSchema.Core ? CoreNumber(text, at)
            : KubernetesNumber(text, at);
        return number is null ? ResolvedScalar.String(text) : new ResolvedScalar(ValueKind.Number, number, text);
    }

    private static string? CoreNumber(string text, Position at)
    {
        RefuseInfinity(text, at);
        return Integer(text, Unsigned(text), 10, at) is { } integer ? integer
            : text.StartsWith("0o", StringComparison.Ordinal) ? Integer(text, text[2..], 8, at)
            : text.StartsWith("0x", StringComparison.Ordinal) ? Integer(text, text[2..], 16, at)
            : Fraction(text, at);
    }

    private static string? KubernetesNumber(string text, Position at)
    {
        RefuseInfinity(text, at);
        if (text[0] == '.')
        {
            return NearestDouble(text, at);
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal);
        var digits = Unsigned(plain);
        var (radix, prefix) = digits switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        var integer = Integer(plain, digits[prefix..], radix, at);
        return integer is not null && (prefix == 2 || FitsGoInteger(integer)) ? integer : NearestDouble(plain, at);
    }

    private static string Unsigned(string text) => text is ['+' or '-', ..] ? text[1..] : text;

    private static void RefuseInfinity(string text, Position at)
    {
        if (text is ".nan" or ".NaN" or ".NAN" || Unsigned(text) is ".inf" or ".Inf" or ".INF")
        {
            throw new TextFaultException(TextFaults.NotJson, $"expected a finite number, got `{text}`", at);
        }
    }

    /// <summary>Decimal text of an integer; null where a digit is none of <paramref name="radix"/>.</summary>
    private static string? Integer(string text, string digits, int radix, Position at)
    {
        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExcept(Digits(radix)))
        {
            return null;
        }

        if (digits.Length > MaxLength)
        {
            throw TooLong(at);
        }

        var value = radix == 10 ? BigInteger.Parse(digits, CultureInfo.InvariantCulture) : BigInteger.Zero;
        for (var i = 0; radix != 10 && i < digits.Length; i++)
        {
            value = (value * radix) + Convert.ToInt32(digits[i].ToString(), 16);
        }

        return (text[0] == '-' ? -value : value).ToString(CultureInfo.InvariantCulture);
    }

    private static ReadOnlySpan<char> Digits(int radix) =>
        radix == 16 ? "0123456789abcdefABCDEF" : "0123456789".AsSpan(0, radix);

    /// <summary>Go's <c>ParseInt</c>, else <c>ParseUint</c>, of 64 bits.</summary>
    private static bool FitsGoInteger(string integer) =>
        long.TryParse(integer, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        || ulong.TryParse(integer, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>The number as JSON writes it, with a digit before and after the point; null where the text is none.</summary>
    /// <remarks><c>[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?</c></remarks>
    private static string? Fraction(string text, Position at)
    {
        var unsigned = Unsigned(text);
        var whole = LeadingDigits(unsigned);
        var rest = unsigned[whole.Length..];
        var hasPoint = rest.StartsWith('.');
        var fraction = hasPoint ? LeadingDigits(rest[1..]) : "";
        var exponent = rest[(fraction.Length + (hasPoint ? 1 : 0))..];
        if (whole.Length + fraction.Length == 0 || !IsExponent(exponent))
        {
            return null;
        }

        var number =
            (text[0] == '-' ? "-" : "")
            + (whole.TrimStart('0') is { Length: > 0 } digits ? digits : "0")
            + "."
            + fraction.PadRight(1, '0')
            + exponent;
        return number.Length <= MaxLength && Number.TryParse(System.Text.Encoding.ASCII.GetBytes(number), out _)
            ? number
            : throw TooLong(at);
    }

    private static string LeadingDigits(string text)
    {
        var end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }

    private static bool IsExponent(string text) =>
        text.Length == 0
        || (text[0] is 'e' or 'E' && Unsigned(text[1..]) is { Length: > 0 } digits && LeadingDigits(digits) == digits);

    /// <summary>The nearest double in its shortest form; null where it is none, or would be infinite, which Go reads as a string.</summary>
    private static string? NearestDouble(string text, Position at)
    {
        if (Fraction(text, at) is not { } number)
        {
            return null;
        }

        var value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : null;
    }

    private static TextFaultException TooLong(Position at) =>
        new(
            TextFaults.NotJson,
            $"expected a number of at most {MaxLength:N0} digits and an exponent within 1,000,000",
            at
        );

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
