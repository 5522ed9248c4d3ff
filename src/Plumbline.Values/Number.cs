using System.Globalization;
using System.Numerics;
using System.Text;

namespace Plumbline.Values;

/// <summary>A decimal number: <c>mantissa × 10^exponent</c>, exact.</summary>
/// <remarks>
/// Rego's numbers are decimal and unbounded; a double would turn 0.1 + 0.2 and 2^53 + 1 into something nobody wrote.
/// Always normal: the mantissa has no trailing decimal zero, so equal numbers have equal parts.
/// A policy is a stranger's, and 1e1000000 + 1 must cost an error, not the memory of the machine: an operation whose
/// result would need more than <see cref="MaxDigits"/> digits, or an exponent beyond <see cref="MaxExponent"/>, throws
/// <see cref="OverflowException"/>. Comparing, hashing and writing never throw.
/// </remarks>
public readonly struct Number : IEquatable<Number>, IComparable<Number>
{
    /// <summary>Digits that a number may have: an RSA modulus of 6,600 bits written out, more than any other number in a document.</summary>
    /// <remarks>Reading and writing take the square of it, and a document of 8 MiB may be all numbers: ten times as many would cost seconds.</remarks>
    public const int MaxDigits = 2_000;

    /// <summary>The largest size of the exponent in <c>d.ddd × 10^exponent</c>, either way.</summary>
    public const int MaxExponent = 1_000_000;

    /// <summary>Decimal digits kept by a division that does not come out even: OPA divides with 64 bits, which is 19 to 20 digits.</summary>
    private const int DivisionDigits = 34;

    /// <summary>Integers are written out up to this many digits, and with an exponent from then on.</summary>
    private const int PlainDigits = 400;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    private Number(BigInteger mantissa, int exponent)
    {
        _mantissa = mantissa;
        _exponent = exponent;
    }

    public static implicit operator Number(long value) => FromInt64(value);

    public static Number FromInt64(long value) => Normal(value, 0);

    /// <exception cref="OverflowException">It has more than <see cref="MaxDigits"/> digits.</exception>
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

    /// <summary>Reads a JSON number (RFC 8259, section 6); false for any other text and for a number beyond the limits above.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Number number)
    {
        number = default;
        if (!DecimalText.TryRead(text, out var read) || read.Digits > MaxDigits)
        {
            return false;
        }

        if (read.Digits > 0 && Math.Abs(read.Digits + read.Exponent - 1) > MaxExponent)
        {
            return false;
        }

        number = read.Digits switch
        {
            0 => default,
            <= DecimalText.SmallDigits => new Number(read.Small, (int)read.Exponent),
            _ => new Number(read.Mantissa(text), (int)read.Exponent),
        };
        return true;
    }

    public bool TryGetInt64(out long value)
    {
        value = 0;
        if (_exponent is < 0 or > 18 || _mantissa.GetBitLength() > 63)
        {
            return false;
        }

        var whole = (Int128)(long)_mantissa;
        for (var i = 0; i < _exponent; i++)
        {
            whole *= 10;
        }

        value = unchecked((long)whole);
        return whole == value;
    }

    /// <summary>The whole value as an integer; false where there is a fraction or an exponent above <see cref="MaxDigits"/>.</summary>
    public bool TryGetInteger(out BigInteger value)
    {
        value = default;
        if (_exponent is < 0 or > MaxDigits)
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
        if (Sign == 0 || other.Sign == 0)
        {
            return Sign == 0 ? other : this;
        }

        var exponent = Math.Min(_exponent, other._exponent);
        return Math.Max(_exponent, other._exponent) - (long)exponent > MaxDigits
            ? throw TooLarge()
            : Normal(Scaled(exponent) + other.Scaled(exponent), exponent);
    }

    public Number Subtract(Number other) => Add(other.Negate());

    public Number Multiply(Number other) =>
        DigitsOf(_mantissa) + DigitsOf(other._mantissa) > MaxDigits + 1
            ? throw TooLarge()
            : Normal(_mantissa * other._mantissa, (long)_exponent + other._exponent);

    /// <summary>Exact where the quotient has at most 34 digits, else rounded to no fewer, half to even.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public Number Divide(Number divisor)
    {
        if (divisor.Sign == 0)
        {
            throw new DivideByZeroException("divide by zero");
        }

        var shift = Math.Max(0, DivisionDigits + DigitsOf(divisor._mantissa) - DigitsOf(_mantissa));
        var quotient = BigInteger.DivRem(_mantissa * BigInteger.Pow(10, shift), divisor._mantissa, out var rest);
        var half = (BigInteger.Abs(rest) * 2).CompareTo(BigInteger.Abs(divisor._mantissa));
        if (half > 0 || (half == 0 && !quotient.IsEven))
        {
            quotient += Sign * divisor.Sign;
        }

        return Normal(quotient, (long)_exponent - divisor._exponent - shift);
    }

    /// <summary>Towards minus infinity.</summary>
    public Number Floor() => Whole(static (sign, _) => sign < 0);

    /// <summary>Towards plus infinity.</summary>
    public Number Ceiling() => Whole(static (sign, _) => sign > 0);

    /// <summary>Halves away from zero, as OPA's <c>round</c>.</summary>
    public Number Round() => Whole(static (_, half) => half >= 0);

    public bool Equals(Number other) => _exponent == other._exponent && _mantissa == other._mantissa;

    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    public override int GetHashCode() =>
        TryGetInt64(out var small) ? Hashing.Of(small) : Hashing.Then(Hashing.Of(_mantissa.ToByteArray()), _exponent);

    public int CompareTo(Number other)
    {
        if (Sign != other.Sign)
        {
            return Sign.CompareTo(other.Sign);
        }

        // Magnitudes first: where they are alike, the exponents are no further apart than there are digits.
        var order = Magnitude.CompareTo(other.Magnitude) * Sign;
        if (order != 0 || Sign == 0)
        {
            return order;
        }

        var exponent = Math.Min(_exponent, other._exponent);
        return Scaled(exponent).CompareTo(other.Scaled(exponent));
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads back as this number, e.g. <c>-0.25</c>, <c>1.5e-9</c>.</summary>
    /// <remarks>
    /// Integers are written out up to 400 digits. A fraction is written with its point unless more than five zeros
    /// would follow it, then as <c>d.ddde-n</c>; a longer integer as <c>d.ddde+n</c>.
    /// </remarks>
    public override string ToString()
    {
        var digits = BigInteger.Abs(_mantissa).ToString(CultureInfo.InvariantCulture);
        var sign = Sign < 0 ? "-" : "";
        var point = digits.Length + _exponent;
        if (_exponent >= 0 && point <= PlainDigits)
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

    /// <summary>False for what no double's shortest text is: more than seventeen digits.</summary>
    internal bool MayBeDouble => _mantissa.GetBitLength() <= 57;

    /// <summary>The text of canonical JSON, where it takes no look at doubles to know it.</summary>
    /// <remarks>
    /// Different decimals of up to fifteen digits are different doubles, away from the ends of their range; so none is a
    /// shorter text of the double that this number reads as, and its own digits are what ECMAScript writes.
    /// </remarks>
    internal bool TryGetShortText(out string text)
    {
        const long limit = 1_000_000_000_000_000;
        text = "";
        if (
            !TryGetParts(out var mantissa, out var exponent)
            || mantissa is <= -limit or >= limit
            || exponent is < -300 or > 280
        )
        {
            return false;
        }

        var digits = Math.Abs(mantissa).ToString(CultureInfo.InvariantCulture);
        text = (mantissa < 0 ? "-" : "") + Jcs.NumberText(digits, digits.Length + exponent);
        return true;
    }

    /// <summary>The two parts, where they are small enough for a node of a document.</summary>
    internal bool TryGetParts(out long mantissa, out short exponent)
    {
        exponent = unchecked((short)_exponent);
        var fits = exponent == _exponent && _mantissa.GetBitLength() <= 63;
        mantissa = fits ? (long)_mantissa : 0;
        return fits;
    }

    /// <summary>What <see cref="TryGetParts"/> gave.</summary>
    internal static Number FromParts(long mantissa, short exponent) => new(mantissa, exponent);

    /// <summary>Digits before the point, e.g. 2 for 12.5; minus the zeros after it for what is below 0.1.</summary>
    private long Magnitude => DigitsOf(_mantissa) + (long)_exponent;

    /// <summary>The mantissa that this number has under an exponent which is no larger than its own.</summary>
    private BigInteger Scaled(int exponent) => _mantissa * BigInteger.Pow(10, _exponent - exponent);

    /// <summary>Cuts the fraction off, and goes one further from zero where <paramref name="away"/> says so.</summary>
    /// <param name="away">Of a number with a fraction: its sign, and how the fraction compares with a half.</param>
    private Number Whole(Func<int, int, bool> away)
    {
        if (IsInteger)
        {
            return this;
        }

        if (Magnitude < 0)
        {
            return away(Sign, -1) ? Sign : 0;
        }

        var unit = BigInteger.Pow(10, -_exponent);
        var whole = BigInteger.DivRem(_mantissa, unit, out var rest);
        var half = (BigInteger.Abs(rest) * 2).CompareTo(unit);
        return Normal(away(Sign, half) ? whole + Sign : whole, 0);
    }

    private static Number Normal(BigInteger mantissa, long exponent)
    {
        if (mantissa.IsZero)
        {
            return default;
        }

        // Ten divides no more often than two does: halve the steps from there, not one division for each zero.
        var zeros = (int)BigInteger.TrailingZeroCount(mantissa);
        for (var step = (int)BitOperations.RoundUpToPowerOf2((uint)zeros + 1) / 2; step > 0; step /= 2)
        {
            var shorter = BigInteger.DivRem(mantissa, BigInteger.Pow(10, step), out var rest);
            if (rest.IsZero)
            {
                mantissa = shorter;
                exponent += step;
            }
        }

        var digits = DigitsOf(mantissa);
        return digits > MaxDigits || Math.Abs(digits + exponent - 1) > MaxExponent
            ? throw TooLarge()
            : new Number(mantissa, (int)exponent);
    }

    private static int DigitsOf(BigInteger mantissa)
    {
        var magnitude = BigInteger.Abs(mantissa);
        if (magnitude <= ulong.MaxValue)
        {
            var digits = 1;
            for (var rest = (ulong)magnitude / 10; rest > 0; rest /= 10)
            {
                digits++;
            }

            return digits;
        }

        // log10(2), rounded down: the guess is right or one too small.
        var guess = 1 + (int)((magnitude.GetBitLength() - 1) * 0.30102999566398);
        return magnitude >= BigInteger.Pow(10, guess) ? guess + 1 : guess;
    }

    private static OverflowException TooLarge() =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"expected a number of at most {MaxDigits:N0} digits and an exponent within {MaxExponent:N0}"
            )
        );
}

/// <summary>What the text of a JSON number says: significant digits and an exponent, with no leading and trailing zeros.</summary>
/// <param name="Digits">How many digits the mantissa has; 0 for zero.</param>
/// <param name="Exponent">Of ten; saturated far outside of what is allowed.</param>
/// <param name="Small">The mantissa with its sign, where it has at most <see cref="SmallDigits"/> digits.</param>
internal readonly record struct DecimalText(int Digits, long Exponent, long Small)
{
    /// <summary>So many digits fit 64 bits whatever they are.</summary>
    public const int SmallDigits = 18;

    private const long Saturated = 1L << 40;

    public static bool TryRead(ReadOnlySpan<byte> text, out DecimalText read)
    {
        read = default;
        var negative = text is [(byte)'-', ..];
        var i = negative ? 1 : 0;
        var whole = Run(text, i);
        if (whole == 0 || (text[i] == '0' && whole > 1))
        {
            return false;
        }

        var (digits, zeros, small) = (0, 0, 0L);
        Take(text.Slice(i, whole), ref digits, ref zeros, ref small);
        i += whole;

        var fraction = 0;
        if (i < text.Length && text[i] == '.')
        {
            fraction = Run(text, i + 1);
            Take(text.Slice(i + 1, fraction), ref digits, ref zeros, ref small);
            i += 1 + fraction;
            if (fraction == 0)
            {
                return false;
            }
        }

        if (!TryReadExponent(text[i..], out var exponent))
        {
            return false;
        }

        read = new DecimalText(digits, exponent - fraction + zeros, negative ? -small : small);
        return true;
    }

    /// <summary>The number as a mantissa and an exponent that is zero for an integer of 64 bits; false where that takes more room.</summary>
    public bool TryGetParts(out long mantissa, out short exponent)
    {
        (mantissa, exponent) = (Small, 0);
        if (Digits == 0 || (Exponent >= 0 && Digits + Exponent <= SmallDigits))
        {
            for (var zeros = Digits == 0 ? 0 : Exponent; zeros > 0; zeros--)
            {
                mantissa *= 10;
            }

            return true;
        }

        exponent = unchecked((short)Exponent);
        return Digits <= SmallDigits && Exponent is < 0 and >= short.MinValue;
    }

    /// <summary>The mantissa, of however many digits.</summary>
    /// <param name="text">The text that this was read from.</param>
    public BigInteger Mantissa(ReadOnlySpan<byte> text)
    {
        var digits = new char[Digits];
        var count = 0;
        foreach (var c in text)
        {
            if (count == Digits || c is (byte)'e' or (byte)'E')
            {
                break;
            }

            if (char.IsAsciiDigit((char)c) && (count > 0 || c != '0'))
            {
                digits[count++] = (char)c;
            }
        }

        var mantissa = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return text[0] == '-' ? -mantissa : mantissa;
    }

    /// <summary>Takes digits in; zeros wait until another digit shows that they count.</summary>
    private static void Take(ReadOnlySpan<byte> run, ref int digits, ref int zeros, ref long small)
    {
        foreach (var c in run)
        {
            if (c == '0')
            {
                zeros += digits > 0 ? 1 : 0;
                continue;
            }

            digits += zeros + 1;
            if (digits <= SmallDigits)
            {
                for (; zeros >= 0; zeros--)
                {
                    small *= 10;
                }

                small += c - '0';
            }

            zeros = 0;
        }
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        var digits = text is [_, (byte)'+' or (byte)'-', ..] ? text[2..] : text[1..];
        if (text[0] is not ((byte)'e' or (byte)'E') || digits.IsEmpty || Run(digits, 0) != digits.Length)
        {
            return false;
        }

        foreach (var c in digits)
        {
            exponent = Math.Min(Saturated, (exponent * 10) + (c - '0'));
        }

        exponent = text[1] == '-' ? -exponent : exponent;
        return true;
    }

    private static int Run(ReadOnlySpan<byte> text, int start)
    {
        var rest = text[start..];
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? rest.Length : end;
    }
}
