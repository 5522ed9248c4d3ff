using System.Globalization;
using System.Numerics;
using System.Text;

namespace Plumbline.Values;

/// <summary>A decimal number of any size: <c>mantissa × 10^exponent</c>, exact.</summary>
/// <remarks>
/// Rego's numbers are decimal and unbounded; a double would turn 0.1 + 0.2 and 2^53 + 1 into something nobody wrote.
/// Always normal: the mantissa has no trailing decimal zero, so equal numbers have equal parts.
/// Operations that would need more than <see cref="MaxDigits"/> digits throw <see cref="OverflowException"/>:
/// a policy is a stranger's, and 1e1000000000 + 1 must cost an error, not the memory of the machine.
/// </remarks>
public readonly struct Number : IEquatable<Number>, IComparable<Number>
{
    /// <summary>Digits that an exact result may have: far above any number in a document, far below what hurts.</summary>
    public const int MaxDigits = 20_000;

    /// <summary>Decimal digits kept by a division that does not come out even: OPA divides with 64 bits, which is 19 to 20 digits.</summary>
    private const int DivisionDigits = 34;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    private Number(BigInteger mantissa, int exponent)
    {
        _mantissa = mantissa;
        _exponent = exponent;
    }

    public static implicit operator Number(long value) => FromInt64(value);

    public static Number FromInt64(long value) => Normal(value, 0);

    public static Number FromInteger(BigInteger value) => Normal(value, 0);

    /// <summary>The shortest decimal that reads back as <paramref name="value"/>, which is finite.</summary>
    public static Number FromDouble(double value) =>
        TryParse(Encoding.ASCII.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)), out var number)
            ? number
            : throw new ArgumentOutOfRangeException(nameof(value), value, "expected a finite number");

    public int Sign => _mantissa.Sign;

    /// <summary>The digits, as a whole number without trailing zeros.</summary>
    public BigInteger Mantissa => _mantissa;

    /// <summary>The power of ten by which <see cref="Mantissa"/> is multiplied.</summary>
    public int Exponent => _exponent;

    public bool IsInteger => _exponent >= 0;

    /// <summary>Reads a JSON number (RFC 8259, section 6); false for anything else, or an exponent beyond ± 1,000,000.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Number number)
    {
        number = default;
        var i = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative)
        {
            i++;
        }

        var digits = new StringBuilder(text.Length);
        var exponent = 0L;
        while (i < text.Length && char.IsAsciiDigit((char)text[i]))
        {
            digits.Append((char)text[i++]);
        }

        if (digits.Length == 0)
        {
            return false;
        }

        if (i < text.Length && text[i] == '.')
        {
            i++;
            var fraction = i;
            while (i < text.Length && char.IsAsciiDigit((char)text[i]))
            {
                digits.Append((char)text[i++]);
            }

            exponent = fraction - i;
            if (exponent == 0)
            {
                return false;
            }
        }

        if (i < text.Length && (text[i] | 0x20) == 'e')
        {
            if (
                !long.TryParse(
                    text[(i + 1)..],
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var written
                )
                || Math.Abs(written) > 1_000_000
            )
            {
                return false;
            }

            exponent += written;
            i = text.Length;
        }

        if (i != text.Length || digits.Length > MaxDigits)
        {
            return false;
        }

        var mantissa = BigInteger.Parse(digits.ToString(), NumberStyles.None, CultureInfo.InvariantCulture);
        number = Normal(negative ? -mantissa : mantissa, (int)exponent);
        return true;
    }

    public bool TryGetInt64(out long value)
    {
        value = 0;
        if (_exponent < 0 || _exponent > 18)
        {
            return _mantissa.IsZero;
        }

        var whole = _mantissa * BigInteger.Pow(10, _exponent);
        if (whole < long.MinValue || whole > long.MaxValue)
        {
            return false;
        }

        value = (long)whole;
        return true;
    }

    /// <summary>The whole value as an integer; false where there is a fraction or it is larger than <see cref="MaxDigits"/>.</summary>
    public bool TryGetInteger(out BigInteger value)
    {
        value = default;
        if (_exponent < 0 || _exponent > MaxDigits)
        {
            return false;
        }

        value = _mantissa * BigInteger.Pow(10, _exponent);
        return true;
    }

    /// <summary>The nearest double; infinite beyond its range.</summary>
    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    public Number Negate() => new(-_mantissa, _exponent);

    public Number Abs() => new(BigInteger.Abs(_mantissa), _exponent);

    public Number Add(Number other)
    {
        var exponent = Math.Min(_exponent, other._exponent);
        return Normal(Scaled(exponent) + other.Scaled(exponent), exponent);
    }

    public Number Subtract(Number other) => Add(other.Negate());

    public Number Multiply(Number other)
    {
        var bits = _mantissa.GetBitLength() + other._mantissa.GetBitLength();
        return bits > MaxDigits * 3.33
            ? throw new OverflowException("the product has too many digits")
            : Normal(_mantissa * other._mantissa, checked(_exponent + other._exponent));
    }

    /// <summary>Exact where the quotient is a finite decimal of few digits, else rounded to 34 digits, half to even.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public Number Divide(Number divisor)
    {
        if (divisor._mantissa.IsZero)
        {
            throw new DivideByZeroException("divide by zero");
        }

        var shift = Math.Max(0, DivisionDigits + Digits(divisor._mantissa) - Digits(_mantissa));
        var quotient = BigInteger.DivRem(_mantissa * BigInteger.Pow(10, shift), divisor._mantissa, out var rest);
        var exponent = _exponent - divisor._exponent - shift;
        var twice = BigInteger.Abs(rest) * 2;
        var half = twice.CompareTo(BigInteger.Abs(divisor._mantissa));
        if (half > 0 || (half == 0 && !quotient.IsEven))
        {
            quotient += _mantissa.Sign * divisor._mantissa.Sign;
        }

        return Normal(quotient, exponent);
    }

    /// <summary>Towards minus infinity.</summary>
    public Number Floor() => IsInteger ? this : Whole(up: false);

    /// <summary>Towards plus infinity.</summary>
    public Number Ceiling() => IsInteger ? this : Whole(up: true);

    /// <summary>Halves away from zero, as OPA's <c>round</c>.</summary>
    public Number Round()
    {
        if (IsInteger)
        {
            return this;
        }

        var magnitude = Abs().Add(new Number(5, -1)).Floor();
        return Sign < 0 ? magnitude.Negate() : magnitude;
    }

    public bool Equals(Number other) => _exponent == other._exponent && _mantissa == other._mantissa;

    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    public override int GetHashCode() =>
        TryGetInt64(out var small) ? small.GetHashCode() : HashCode.Combine(_mantissa, _exponent);

    public int CompareTo(Number other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        if (Sign == 0)
        {
            return 0;
        }

        // Magnitudes first: numbers of different length need no common exponent, however far apart they are.
        var left = Digits(_mantissa) + (long)_exponent;
        var right = Digits(other._mantissa) + (long)other._exponent;
        if (left != right)
        {
            return left.CompareTo(right) * Sign;
        }

        var exponent = Math.Min(_exponent, other._exponent);
        return Scaled(exponent).CompareTo(other.Scaled(exponent));
    }

    /// <summary>Plain digits up to 21 of them, else an exponent: <c>1.5e+30</c>.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(_mantissa).ToString(CultureInfo.InvariantCulture);
        var sign = Sign < 0 ? "-" : "";
        var point = digits.Length + _exponent;
        if (_exponent >= 0 && point <= 400)
        {
            return sign + digits + new string('0', _exponent);
        }

        if (_exponent < 0 && point > 0)
        {
            return $"{sign}{digits[..point]}.{digits[point..]}";
        }

        if (_exponent < 0 && point > -6)
        {
            return $"{sign}0.{new string('0', -point)}{digits}";
        }

        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}e{point - 1:+0;-0}");
    }

    public static bool operator ==(Number left, Number right) => left.Equals(right);

    public static bool operator !=(Number left, Number right) => !left.Equals(right);

    public static bool operator <(Number left, Number right) => left.CompareTo(right) < 0;

    public static bool operator >(Number left, Number right) => left.CompareTo(right) > 0;

    public static bool operator <=(Number left, Number right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Number left, Number right) => left.CompareTo(right) >= 0;

    private static Number Normal(BigInteger mantissa, int exponent)
    {
        if (mantissa.IsZero)
        {
            return default;
        }

        while (true)
        {
            var shorter = BigInteger.DivRem(mantissa, 10, out var digit);
            if (!digit.IsZero)
            {
                return new Number(mantissa, exponent);
            }

            mantissa = shorter;
            exponent++;
        }
    }

    private static int Digits(BigInteger mantissa)
    {
        var magnitude = BigInteger.Abs(mantissa);
        if (magnitude.IsZero)
        {
            return 1;
        }

        var guess = Math.Max(0, (int)((magnitude.GetBitLength() - 1) * 0.30102999566398));
        return magnitude >= BigInteger.Pow(10, guess) ? guess + 1 : guess;
    }

    private BigInteger Scaled(int exponent)
    {
        var shift = (long)_exponent - exponent;
        return shift > MaxDigits
            ? throw new OverflowException("the number has too many digits")
            : _mantissa * BigInteger.Pow(10, (int)shift);
    }

    private Number Whole(bool up)
    {
        if (-(long)_exponent > MaxDigits)
        {
            return (up, Sign) switch
            {
                (true, > 0) => 1,
                (false, < 0) => -1,
                _ => 0,
            };
        }

        var quotient = BigInteger.DivRem(_mantissa, BigInteger.Pow(10, -_exponent), out var rest);
        if (!rest.IsZero)
        {
            quotient += (up, Sign) switch
            {
                (true, > 0) => 1,
                (false, < 0) => -1,
                _ => 0,
            };
        }

        return Normal(quotient, 0);
    }
}
