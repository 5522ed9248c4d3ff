using System.Numerics;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>A binary number of 64 significant bits, <c>mantissa × 2^exponent</c>: what OPA computes fractions with.</summary>
/// <remarks>
/// OPA reads a number that is no integer into Go's <c>big.Float</c> of its default precision, rounds every result
/// (half to even) and writes the shortest decimal that reads back the same. One third is
/// <c>0.33333333333333333334</c> there, and equal decimals in policies depend on it. Whole numbers never come here.
/// </remarks>
internal readonly struct Binary64
{
    private const int Precision = 64;

    private readonly BigInteger _mantissa;
    private readonly int _exponent;

    private Binary64(BigInteger mantissa, int exponent)
    {
        _mantissa = mantissa;
        _exponent = exponent;
    }

    /// <exception cref="OverflowException">The number is too far from one.</exception>
    public static Binary64 From(Number number)
    {
        var power = Power(number.Exponent);
        return number.Exponent >= 0 ? Round(number.Mantissa * power, 1, 0) : Round(number.Mantissa, power, 0);
    }

    public Binary64 Add(Binary64 other)
    {
        var exponent = Math.Min(_exponent, other._exponent);
        return Round(
            (_mantissa << (_exponent - exponent)) + (other._mantissa << (other._exponent - exponent)),
            1,
            exponent
        );
    }

    public Binary64 Subtract(Binary64 other) => Add(new Binary64(-other._mantissa, other._exponent));

    public Binary64 Multiply(Binary64 other) => Round(_mantissa * other._mantissa, 1, _exponent + other._exponent);

    /// <remarks>The divisor is not zero.</remarks>
    public Binary64 Divide(Binary64 divisor) => Round(_mantissa, divisor._mantissa, _exponent - divisor._exponent);

    /// <summary>The shortest decimal from which <see cref="From"/> makes this number.</summary>
    public Number ToNumber()
    {
        if (_mantissa.IsZero)
        {
            return 0;
        }

        // The neighbours are half a unit of the last bit away; everything is scaled so that these halves are whole.
        var magnitude = BigInteger.Abs(_mantissa) * 2;
        var (value, unit) = _exponent > 0 ? (magnitude << _exponent, BigInteger.One << _exponent) : (magnitude, 1);
        var scale = _exponent > 0 ? new BigInteger(2) : BigInteger.One << (1 - _exponent);
        var isEven = _mantissa.IsEven;
        for (var digits = 1; ; digits++)
        {
            var shift = digits - DigitsBeforePoint(value, scale);
            var power = Power(shift);
            var (scaled, divisor) = shift >= 0 ? (value * power, scale) : (value, scale * power);
            var half = shift >= 0 ? unit * power : unit;
            var down = BigInteger.DivRem(scaled, divisor, out var rest);
            var (below, above) = (rest, divisor - rest);
            var isDownClose = below < half || (isEven && below == half);
            var isUpClose = above < half || (isEven && above == half);
            if (isDownClose || isUpClose)
            {
                var up = isUpClose && (!isDownClose || above < below || (above == below && !down.IsEven));
                return Decimal((up ? down + 1 : down) * _mantissa.Sign, -shift);
            }
        }
    }

    private static Number Decimal(BigInteger digits, int exponent)
    {
        var power = Number.FromInteger(Power(exponent));
        return exponent >= 0 ? Number.FromInteger(digits).Multiply(power) : Number.FromInteger(digits).Divide(power);
    }

    private static int DigitsBeforePoint(BigInteger value, BigInteger scale)
    {
        var guess = (int)Math.Floor(BigInteger.Log10(value) - BigInteger.Log10(scale)) + 1;
        var power = Power(guess);
        var isBelow = guess >= 0 ? value < scale * power : value * power < scale;
        return isBelow ? guess : guess + 1;
    }

    /// <summary>Ten to the magnitude of <paramref name="exponent"/>.</summary>
    private static BigInteger Power(int exponent) =>
        Math.Abs((long)exponent) > Number.MaxDigits
            ? throw new OverflowException("the number has too many digits")
            : BigInteger.Pow(10, Math.Abs(exponent));

    /// <summary><c>numerator / denominator × 2^exponent</c>, rounded to <see cref="Precision"/> bits, half to even.</summary>
    private static Binary64 Round(BigInteger numerator, BigInteger denominator, int exponent)
    {
        if (numerator.IsZero)
        {
            return default;
        }

        var negative = numerator.Sign * denominator.Sign < 0;
        (numerator, denominator) = (BigInteger.Abs(numerator), BigInteger.Abs(denominator));
        var shift = (int)(Precision + 1 + denominator.GetBitLength() - numerator.GetBitLength());
        (numerator, denominator) = shift > 0 ? (numerator << shift, denominator) : (numerator, denominator << -shift);
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var extra = (int)quotient.GetBitLength() - Precision;
        var dropped = quotient & ((BigInteger.One << extra) - 1);
        var half = BigInteger.One << (extra - 1);
        var mantissa = quotient >> extra;
        if (dropped > half || (dropped == half && (!rest.IsZero || !mantissa.IsEven)))
        {
            mantissa += 1;
        }

        return new Binary64(negative ? -mantissa : mantissa, exponent - shift + extra);
    }
}
