using System.Numerics;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "Bits" functions of the Rego reference: two's complement of any width.</summary>
internal static class BitsBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<BigInteger, BigInteger>("bits.and", (a, b) => Number.FromInteger(a & b)),
        Builtin.Of<BigInteger, BigInteger>("bits.or", (a, b) => Number.FromInteger(a | b)),
        Builtin.Of<BigInteger, BigInteger>("bits.xor", (a, b) => Number.FromInteger(a ^ b)),
        Builtin.Of<BigInteger>("bits.negate", a => Number.FromInteger(~a)),
        Builtin.Of<BigInteger, BigInteger>("bits.lsh", (a, by) => Shift(a, by, left: true)),
        Builtin.Of<BigInteger, BigInteger>("bits.rsh", (a, by) => Shift(a, by, left: false)),
    ];

    /// <summary>Bits that a number of <see cref="Number.MaxDigits"/> digits has at most.</summary>
    private const int MaxBits = Number.MaxDigits * 10 / 3;

    private static Answer Shift(BigInteger value, BigInteger by, bool left)
    {
        if (by.Sign < 0)
        {
            return Answer.WrongType(2, "an unsigned integer number", "a negative integer");
        }

        if (left && by + value.GetBitLength() > MaxBits)
        {
            return value.IsZero ? 0L : Answer.Invalid("the result has too many digits");
        }

        var bits = (int)BigInteger.Min(by, MaxBits + 8);
        return Number.FromInteger(left ? value << bits : value >> bits);
    }
}
