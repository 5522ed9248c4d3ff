using System.Globalization;
using System.Numerics;
using System.Text;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Conversions" functions of the Rego reference, and the casts of v0, which only check.</summary>
internal static class CastBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Value>("to_number", ToNumber),
        Builtin.Of<Number, long>("format_int", FormatInt),
        Cast("cast_null", ValueKind.Null),
        Cast("cast_boolean", ValueKind.Boolean),
        Cast("cast_string", ValueKind.String),
        Cast("cast_object", ValueKind.Object),
        Builtin.Of<AnArrayOrSet>("cast_array", c => Value.ArrayOf(Members.InOrder(c.Value))).Deprecated(),
        Builtin.Of<AnArrayOrSet>("cast_set", ToSet).Deprecated(),
    ];

    private static Builtin Cast(string name, ValueKind wanted) =>
        Builtin.Of<Value>(name, v => v.Kind == wanted ? v : Answer.WrongType(1, TypeNames.Of(wanted), v)).Deprecated();

    private static Answer ToSet(AnArrayOrSet collection)
    {
        var set = new SetBuilder();
        for (var i = 0; i < collection.Value.Count; i++)
        {
            set.Add(collection.Value[i]);
        }

        return set.ToValue();
    }

    private static Answer ToNumber(Value value) =>
        value.Kind switch
        {
            ValueKind.Null => 0L,
            ValueKind.Boolean => value.IsTrue ? 1L : 0L,
            ValueKind.Number => value,
            ValueKind.String => ParseNumber(value),
            _ => Answer.WrongType(1, "one of {null, boolean, number, string}", value),
        };

    /// <summary>The decimal forms that Go's <c>strconv.ParseFloat</c> reads: a sign, digits with a point anywhere, an exponent.</summary>
    private static Answer ParseNumber(Value value)
    {
        var text = value.Utf8.ToString();
        if (text.TrimStart('+', '-').ToUpperInvariant() is "INF" or "INFINITY" or "NAN")
        {
            return Answer.WrongType(1, "valid number string", value);
        }

        var digits = text.StartsWith('+') ? text[1..] : text;
        var sign = digits.StartsWith('-') && !text.StartsWith('+') ? "-" : "";
        digits = digits[sign.Length..];
        var exponent = digits.IndexOfAny(['e', 'E']);
        var (whole, power) = exponent < 0 ? (digits, "") : (digits[..exponent], digits[exponent..]);
        var point = whole.IndexOf('.');
        if (point == 0 && whole.Length > 1)
        {
            whole = "0" + whole;
        }
        else if (point == whole.Length - 1 && point > 0)
        {
            whole = whole[..point];
        }

        return Number.TryParse(Encoding.UTF8.GetBytes(sign + whole + power), out var number)
            ? number
            : Answer.Invalid($"strconv.ParseFloat: parsing {Value.Of(text)}: invalid syntax");
    }

    /// <summary>The number without its fraction, in base 2, 8, 10 or 16.</summary>
    private static Answer FormatInt(Number number, long numberBase)
    {
        var towardsZero = number.Sign < 0 ? number.Ceiling() : number.Floor();
        if (!towardsZero.TryGetInteger(out var whole))
        {
            return Answer.Invalid("the number has too many digits");
        }

        return numberBase switch
        {
            10 => whole.ToString(CultureInfo.InvariantCulture),
            2 or 8 or 16 => (whole.Sign < 0 ? "-" : "") + Text.Digits(BigInteger.Abs(whole), (int)numberBase),
            _ => Answer.WrongType("operand 2 must be one of {2, 8, 10, 16}"),
        };
    }
}
