using System.Numerics;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The arithmetic operators and the "Numbers" functions of the Rego reference.</summary>
/// <remarks>Whole numbers are exact at any size; fractions are computed as OPA computes them (<see cref="Binary64"/>).</remarks>
internal static class ArithmeticBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<ANumber, ANumber>("plus", (a, b) => Exactly((x, y) => Plus(x, y), a.Value, b.Value)),
        Builtin.Of<Value, Value>("minus", Minus),
        Builtin.Of<ANumber, ANumber>("mul", (a, b) => Exactly((x, y) => Times(x, y), a.Value, b.Value)),
        Builtin.Of<ANumber, ANumber>("div", (a, b) => Exactly(Divide, a.Value, b.Value)),
        Builtin.Of<ANumber, ANumber>("rem", (a, b) => Remainder(a.Value.AsNumber, b.Value.AsNumber)),
        Builtin.Of<ANumber>("abs", a => a.Value.AsNumber.Abs()),
        Builtin.Of<ANumber>("ceil", a => a.Value.AsNumber.Ceiling()),
        Builtin.Of<ANumber>("floor", a => a.Value.AsNumber.Floor()),
        Builtin.Of<ANumber>("round", a => a.Value.AsNumber.Round()),
        Builtin.Of<BigInteger, BigInteger>("numbers.range", (context, from, to) => Range(context, from, to, 1)),
        Builtin.Of<BigInteger, BigInteger, BigInteger>("numbers.range_step", Range),
        Builtin.Of<Utf8, BigInteger>("rand.intn", Random).Nondeterministic(),
    ];

    public static Value Plus(Value a, Value b)
    {
        if (a.TryGetInt64(out var x) && b.TryGetInt64(out var y) && !Overflows(x, y))
        {
            return x + y;
        }

        var (left, right) = (a.AsNumber, b.AsNumber);
        return left.IsInteger && right.IsInteger
            ? left.Add(right)
            : Binary64.From(left).Add(Binary64.From(right)).ToNumber();
    }

    public static Value Times(Value a, Value b)
    {
        if (
            a.TryGetInt64(out var x)
            && b.TryGetInt64(out var y)
            && (Int128)x * y is var product
            && product == (long)product
        )
        {
            return (long)product;
        }

        var (left, right) = (a.AsNumber, b.AsNumber);
        return left.IsInteger && right.IsInteger
            ? left.Multiply(right)
            : Binary64.From(left).Multiply(Binary64.From(right)).ToNumber();
    }

    /// <summary>A number that grows beyond all digits costs an error, not the memory of the machine.</summary>
    public static Answer Exactly(Func<Value, Value, Answer> compute, Value a, Value b)
    {
        try
        {
            return compute(a, b);
        }
        catch (OverflowException e)
        {
            return Answer.Invalid(e.Message);
        }
    }

    private static bool Overflows(long a, long b) => ((a ^ (a + b)) & (b ^ (a + b))) < 0;

    private static Answer Minus(IBuiltinContext context, Value a, Value b) =>
        (a.Kind, b.Kind) switch
        {
            (ValueKind.Number, ValueKind.Number) => Exactly(Difference, a, b),
            (ValueKind.Set, ValueKind.Set) => SetBuiltins.Difference(context, a, b),
            (not (ValueKind.Number or ValueKind.Set), _) => Answer.WrongType(1, "one of {number, set}", a),
            (_, ValueKind.Number) => Answer.WrongType(2, "set", b),
            _ => Answer.WrongType(2, "number", b),
        };

    private static Answer Difference(Value a, Value b)
    {
        if (a.TryGetInt64(out var x) && b.TryGetInt64(out var y) && y != long.MinValue && !Overflows(x, -y))
        {
            return x - y;
        }

        var (left, right) = (a.AsNumber, b.AsNumber);
        return left.IsInteger && right.IsInteger
            ? left.Subtract(right)
            : Binary64.From(left).Subtract(Binary64.From(right)).ToNumber();
    }

    private static Answer Divide(Value a, Value b)
    {
        if (a.TryGetInt64(out var x) && b.TryGetInt64(out var y) && y is not (0 or -1) && x % y == 0)
        {
            return x / y;
        }

        var (dividend, divisor) = (a.AsNumber, b.AsNumber);
        if (divisor.Sign == 0)
        {
            return Answer.Invalid("divide by zero");
        }

        if (dividend.TryGetInteger(out var left) && divisor.TryGetInteger(out var right))
        {
            var quotient = BigInteger.DivRem(left, right, out var rest);
            if (rest.IsZero)
            {
                return Number.FromInteger(quotient);
            }
        }

        return Binary64.From(dividend).Divide(Binary64.From(divisor)).ToNumber();
    }

    /// <summary>The sign is the dividend's.</summary>
    private static Answer Remainder(Number a, Number b)
    {
        if (!a.TryGetInteger(out var left) || !b.TryGetInteger(out var right))
        {
            return Answer.Invalid("modulo on floating-point number");
        }

        return right.IsZero ? Answer.Invalid("modulo by zero") : Number.FromInteger(BigInteger.Remainder(left, right));
    }

    /// <summary>Both ends included, downwards where the first is the greater.</summary>
    private static Answer Range(IBuiltinContext context, BigInteger from, BigInteger to, BigInteger step)
    {
        if (step.Sign <= 0)
        {
            return Answer.Invalid("step must be a positive number above zero");
        }

        var down = from > to;
        context.Charge((long)BigInteger.Min((BigInteger.Abs(to - from) / step) + 1, long.MaxValue / 2)); // before any is made
        var members = new ArrayBuilder();
        for (var i = from; down ? i >= to : i <= to; i += down ? -step : step)
        {
            members.Add(Number.FromInteger(i));
        }

        return members.Build();
    }

    /// <summary>One number per key and bound, drawn from the query's clock, so that a replay draws the same.</summary>
    private static Answer Random(IBuiltinContext context, Utf8 key, BigInteger bound)
    {
        var limit = BigInteger.Abs(bound);
        return limit.IsZero
            ? 0L
            : Number.FromInteger(new BigInteger(Chance.Bytes(context, "rand.intn", key), isUnsigned: true) % limit);
    }
}
