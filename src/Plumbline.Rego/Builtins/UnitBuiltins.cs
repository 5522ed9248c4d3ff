using System.Globalization;
using System.Numerics;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Units" functions of the Rego reference: <c>10Ki</c>, <c>250m</c>, <c>1.5GiB</c>.</summary>
internal static class UnitBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Utf8>("units.parse", text => Parse(text)),
        Builtin.Of<Utf8>("units.parse_bytes", text => ParseBytes(text)),
    ];

    /// <summary>An exponent beyond any quantity: the result would only be digits.</summary>
    private const int MaxExponent = 1000;

    /// <summary>Powers of 1000 and of 1024 by letter, from kilo to exa.</summary>
    private const string Prefixes = "kmgtpe";

    private static Answer Parse(Utf8 text)
    {
        if (Read(text, "amount", out var amount, out var unit) is { } fault)
        {
            return fault;
        }

        // Only the first letter tells mega from milli, and only where nothing follows it.
        var factor = unit == "m" ? Number.FromInt64(1).Divide(1000) : Factor(unit.ToLowerInvariant(), bytes: false);
        return factor is { } by ? Rounded(amount.Multiply(by)) : Answer.Invalid($"unit {unit} not recognized");
    }

    private static Answer ParseBytes(Utf8 text)
    {
        if (Read(text, "byte amount", out var amount, out var unit) is { } fault)
        {
            return fault;
        }

        if (Factor(unit.ToLowerInvariant(), bytes: true) is not { } factor)
        {
            return Answer.Invalid($"byte unit {unit} not recognized");
        }

        var bytes = amount.Multiply(factor);
        return bytes.Sign < 0 ? bytes.Ceiling() : bytes.Floor();
    }

    /// <summary>Ten decimals at most, halves away from zero.</summary>
    private static Number Rounded(Number value)
    {
        var scale = Number.FromInteger(BigInteger.Pow(10, 10));
        return value.Exponent >= -10 ? value : value.Multiply(scale).Round().Divide(scale);
    }

    private static Number? Factor(string unit, bool bytes)
    {
        if (unit.Length == 0)
        {
            return 1;
        }

        var power = Prefixes.IndexOf(unit[0], StringComparison.Ordinal) + 1;
        var numberBase = unit[1..] switch
        {
            "" => 1000,
            "b" when bytes => 1000,
            "i" => 1024,
            "ib" when bytes => 1024,
            _ => 0,
        };
        return power == 0 || numberBase == 0 ? (Number?)null : Number.FromInteger(BigInteger.Pow(numberBase, power));
    }

    private static Answer? Read(Utf8 text, string what, out Number amount, out string unit)
    {
        (amount, unit) = (default, "");
        var quantity = text.ToString().Replace("\"", "", StringComparison.Ordinal);
        if (quantity.Contains(' ', StringComparison.Ordinal))
        {
            return Answer.Invalid("spaces not allowed in resource strings");
        }

        var end = EndOfNumber(quantity);
        if (end == 0)
        {
            return Answer.Invalid($"no {what} provided");
        }

        unit = quantity[end..];
        return ReadNumber(quantity[..end], what, out amount);
    }

    /// <summary>Where the unit begins; an <c>e</c> belongs to the number only where an exponent follows it.</summary>
    private static int EndOfNumber(string quantity)
    {
        for (var i = 0; i < quantity.Length; i++)
        {
            var c = quantity[i];
            if (c is 'e' or 'E')
            {
                if (i + 1 == quantity.Length || !(char.IsAsciiDigit(quantity[i + 1]) || quantity[i + 1] is '+' or '-'))
                {
                    return i;
                }
            }
            else if (!char.IsAsciiDigit(c) && c is not ('.' or '+' or '-'))
            {
                return i;
            }
        }

        return quantity.Length;
    }

    private static Answer? ReadNumber(string text, string what, out Number amount)
    {
        var e = text.IndexOfAny(['e', 'E']);
        if (
            e >= 0
            && BigInteger.TryParse(
                text[(e + 1)..],
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var power
            )
            && BigInteger.Abs(power) > MaxExponent
        )
        {
            amount = default;
            return Answer.Invalid("exponent too large");
        }

        var sign = text[0] == '-' ? "-" : "";
        var digits = text[0] is '-' or '+' ? text[1..] : text;
        digits = digits.StartsWith('.') && digits.Length > 1 ? "0" + digits : digits;
        digits = digits.EndsWith('.') ? digits + "0" : digits;
        return Number.TryParse(Encoding.UTF8.GetBytes(sign + digits), out amount)
            ? (Answer?)null
            : Answer.Invalid($"could not parse {what} to a number");
    }
}
