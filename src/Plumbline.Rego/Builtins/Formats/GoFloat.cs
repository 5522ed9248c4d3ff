using System.Globalization;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>Go's verbs for a <c>float64</c>: shortest digits unless a precision says otherwise.</summary>
internal static class GoFloat
{
    /// <returns>Null for a verb that is not for fractions.</returns>
    public static string? Format(double value, char verb, FormatSpec spec)
    {
        var magnitude = Math.Abs(value);
        var text = verb switch
        {
            'f' or 'F' => Fixed(magnitude, spec.Precision ?? 6),
            'e' => Exponential(magnitude, spec.Precision ?? 6),
            'E' => Exponential(magnitude, spec.Precision ?? 6).ToUpperInvariant(),
            'v' or 'g' => General(magnitude, spec),
            'G' => General(magnitude, spec).ToUpperInvariant(),
            _ => null,
        };
        return text is null ? null : spec.PadNumber(value < 0, text);
    }

    private static string Fixed(double value, int precision) =>
        value.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>At least two digits of exponent, as C.</summary>
    private static string Exponential(double value, int precision) =>
        WithExponent(
            value.ToString("E" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        );

    /// <summary>
    /// An exponent where it is below -4 or not below the precision (6 for shortest digits: a million is
    /// <c>1e+06</c>), else plain digits; no trailing zeros unless <c>#</c> asks for them.
    /// </summary>
    private static string General(double value, FormatSpec spec)
    {
        var precision = spec.Precision == 0 ? 1 : spec.Precision;
        var exponential = value.ToString(
            precision is { } p ? "E" + (p - 1).ToString(CultureInfo.InvariantCulture) : "E16",
            CultureInfo.InvariantCulture
        );
        var (digits, exponent) = precision is null ? Shortest(value) : Split(exponential);
        var kept = spec.Sharp ? digits.PadRight(precision ?? 6, '0') : digits.TrimEnd('0');
        kept = kept.Length == 0 ? "0" : kept;
        var limit = precision ?? ShortestLimit;
        if (precision is not null && limit > kept.Length && kept.Length >= exponent + 1)
        {
            limit = kept.Length;
        }

        if (exponent < -4 || exponent >= limit)
        {
            return WithExponent(
                $"{kept[..1]}{(kept.Length > 1 ? "." + kept[1..] : "")}E{exponent.ToString(CultureInfo.InvariantCulture)}"
            );
        }

        return exponent < 0 ? $"0.{new string('0', -exponent - 1)}{kept}"
            : kept.Length <= exponent + 1 ? kept.PadRight(exponent + 1, '0')
            : $"{kept[..(exponent + 1)]}.{kept[(exponent + 1)..]}";
    }

    private const int ShortestLimit = 6;

    private static (string Digits, int Exponent) Shortest(double value) =>
        Split(value.ToString("E16", CultureInfo.InvariantCulture), value.ToString("R", CultureInfo.InvariantCulture));

    private static (string Digits, int Exponent) Split(string exponential, string? shortest = null)
    {
        var e = exponential.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(exponential[(e + 1)..], CultureInfo.InvariantCulture);
        if (shortest is null)
        {
            return (exponential[..e].Replace(".", "", StringComparison.Ordinal), exponent);
        }

        var mantissa = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        return (mantissa, exponent);
    }

    private static string WithExponent(string text)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{text[..e]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}"
        );
    }
}
