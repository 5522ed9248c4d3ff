using System.Numerics;
using System.Runtime.CompilerServices;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>What a builtin may ask of the evaluation it is called in.</summary>
public interface IBuiltinContext
{
    /// <summary>One value per query, from the assessment's clock: nanoseconds since 1970.</summary>
    long NowNanoseconds { get; }

    /// <summary>Charges work beyond the call itself, in steps: a builtin that loops over n things charges n.</summary>
    /// <exception cref="BudgetException">The budget is spent.</exception>
    void Charge(long steps);

    /// <summary>A value computed once per key and evaluation, such as a compiled pattern.</summary>
    T Cached<T>(string group, Utf8 key, Func<Utf8, T> make)
        where T : class;
}

/// <summary>What a builtin answers when an operand is, or holds, an unknown (CONTRACTS §4.11).</summary>
public enum UnknownRule
{
    /// <summary>Possible, and the answer unknown: the builtin is not called.</summary>
    Possible,

    /// <summary>The builtin never fails, so its answer is certain; see <see cref="Builtin.OnUnknown"/> for what it is.</summary>
    Total,

    /// <summary><see cref="Builtin.OnUnknown"/> decides.</summary>
    Own,
}

/// <summary>An answer to operands that hold unknowns.</summary>
/// <param name="Value">Undefined: surely no answer.</param>
/// <param name="IsCertain">False: there may be no answer, or another one.</param>
public readonly record struct UnknownAnswer(Value Value, bool IsCertain)
{
    public static UnknownAnswer Certain(Value value) => new(value, true);

    public static UnknownAnswer Possible(Value value) => new(value, false);
}

internal delegate Answer BuiltinCall(IBuiltinContext context, ReadOnlySpan<Value> operands);

internal delegate UnknownAnswer UnknownCall(IBuiltinContext context, ReadOnlySpan<Value> operands);

/// <summary>A function of the language: its name, its operands, what it does.</summary>
/// <remarks>
/// Operand types come from the delegate: <see cref="Utf8"/> a string, <see cref="Number"/> a number, <see cref="long"/>
/// and <see cref="BigInteger"/> a whole one, <see cref="bool"/>, <see cref="Value"/> anything, and the wrappers
/// <see cref="ANumber"/>, <see cref="AnArray"/>, <see cref="AnObject"/>, <see cref="ASet"/>, <see cref="AnArrayOrSet"/>,
/// <see cref="AnyCollection"/>; so arity and type errors are written once, here.
/// A group of builtins is a static class with a table <c>All</c>; <see cref="BuiltinTable"/> lists the groups.
/// </remarks>
internal sealed class Builtin
{
    public required string Name { get; init; }

    public required int Arity { get; init; }

    public required BuiltinCall Call { get; init; }

    /// <summary>Set for a host's builtin, which is told where it is called from.</summary>
    public HostFunction? CallFrom { get; init; }

    public UnknownRule Unknowns { get; init; } = UnknownRule.Possible;

    /// <summary>Set for <see cref="UnknownRule.Total"/> and <see cref="UnknownRule.Own"/>.</summary>
    public UnknownCall? OnUnknown { get; init; }

    /// <summary>Only in v0: removed in Rego v1.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>Depends on more than its operands: clock, chance, network.</summary>
    public bool IsNondeterministic { get; init; }

    /// <summary>A builtin without operands.</summary>
    public static Builtin Nullary(string name, Func<IBuiltinContext, Answer> call) =>
        new()
        {
            Name = name,
            Arity = 0,
            Call = (context, _) => call(context),
        };

    public static Builtin Of<T>(string name, Func<T, Answer> call) => Of<T>(name, (_, a) => call(a));

    public static Builtin Of<T>(string name, Func<IBuiltinContext, T, Answer> call) =>
        new()
        {
            Name = name,
            Arity = 1,
            Call = (context, o) => Operand<T>.TryRead(o[0], out var a) ? call(context, a) : Operand<T>.Wrong(1, o[0]),
        };

    public static Builtin Of<T1, T2>(string name, Func<T1, T2, Answer> call) =>
        Of<T1, T2>(name, (_, a, b) => call(a, b));

    public static Builtin Of<T1, T2>(string name, Func<IBuiltinContext, T1, T2, Answer> call) =>
        new()
        {
            Name = name,
            Arity = 2,
            Call = (context, o) =>
                !Operand<T1>.TryRead(o[0], out var a) ? Operand<T1>.Wrong(1, o[0])
                : !Operand<T2>.TryRead(o[1], out var b) ? Operand<T2>.Wrong(2, o[1])
                : call(context, a, b),
        };

    public static Builtin Of<T1, T2, T3>(string name, Func<T1, T2, T3, Answer> call) =>
        Of<T1, T2, T3>(name, (_, a, b, c) => call(a, b, c));

    public static Builtin Of<T1, T2, T3>(string name, Func<IBuiltinContext, T1, T2, T3, Answer> call) =>
        new()
        {
            Name = name,
            Arity = 3,
            Call = (context, o) =>
                !Operand<T1>.TryRead(o[0], out var a) ? Operand<T1>.Wrong(1, o[0])
                : !Operand<T2>.TryRead(o[1], out var b) ? Operand<T2>.Wrong(2, o[1])
                : !Operand<T3>.TryRead(o[2], out var c) ? Operand<T3>.Wrong(3, o[2])
                : call(context, a, b, c),
        };

    public static Builtin Of<T1, T2, T3, T4>(string name, Func<T1, T2, T3, T4, Answer> call) =>
        Of<T1, T2, T3, T4>(name, (_, a, b, c, d) => call(a, b, c, d));

    public static Builtin Of<T1, T2, T3, T4>(string name, Func<IBuiltinContext, T1, T2, T3, T4, Answer> call) =>
        new()
        {
            Name = name,
            Arity = 4,
            Call = (context, o) =>
                !Operand<T1>.TryRead(o[0], out var a) ? Operand<T1>.Wrong(1, o[0])
                : !Operand<T2>.TryRead(o[1], out var b) ? Operand<T2>.Wrong(2, o[1])
                : !Operand<T3>.TryRead(o[2], out var c) ? Operand<T3>.Wrong(3, o[2])
                : !Operand<T4>.TryRead(o[3], out var d) ? Operand<T4>.Wrong(4, o[3])
                : call(context, a, b, c, d),
        };

    /// <summary>The same builtin with a rule of its own for unknown operands.</summary>
    public Builtin WhenUnknown(UnknownCall rule) => With(UnknownRule.Own, rule);

    /// <summary>The same builtin, whose answer is certain even where operands are unknown, since it never fails.</summary>
    public Builtin AsTotal(UnknownCall rule) => With(UnknownRule.Total, rule);

    public Builtin Deprecated() => With(Unknowns, OnUnknown, deprecated: true);

    public Builtin Nondeterministic() => With(Unknowns, OnUnknown, nondeterministic: true);

    private Builtin With(UnknownRule rule, UnknownCall? call, bool deprecated = false, bool nondeterministic = false) =>
        new()
        {
            Name = Name,
            Arity = Arity,
            Call = Call,
            Unknowns = rule,
            OnUnknown = call,
            IsDeprecated = IsDeprecated || deprecated,
            IsNondeterministic = IsNondeterministic || nondeterministic,
        };
}

/// <summary>A number as it came, so that small integers stay unboxed.</summary>
internal readonly record struct ANumber(Value Value);

internal readonly record struct AnArray(Value Value);

internal readonly record struct AnObject(Value Value);

internal readonly record struct ASet(Value Value);

internal readonly record struct AnArrayOrSet(Value Value);

internal readonly record struct AnyCollection(Value Value);

/// <summary>Reads one operand as <typeparamref name="T"/>, and says what was expected where it is something else.</summary>
/// <remarks>The tests on the type are constants to the compiler: one branch of each method is left per operand type.</remarks>
internal static class Operand<T>
{
    public static bool TryRead(Value value, out T operand)
    {
        if (typeof(T) == typeof(Value))
        {
            operand = As(value);
            return true;
        }

        if (typeof(T) == typeof(Utf8))
        {
            operand = As(value.Utf8);
            return value.IsString;
        }

        if (typeof(T) == typeof(bool))
        {
            operand = As(value.IsTrue);
            return value.IsBoolean;
        }

        if (typeof(T) == typeof(long))
        {
            var fits = value.TryGetInt64(out var small);
            operand = As(small);
            return fits;
        }

        if (typeof(T) == typeof(Number))
        {
            operand = As(value.IsNumber ? value.AsNumber : default);
            return value.IsNumber;
        }

        if (typeof(T) == typeof(BigInteger))
        {
            var whole = default(BigInteger);
            var fits = value.IsNumber && value.AsNumber.TryGetInteger(out whole);
            operand = As(whole);
            return fits;
        }

        operand = As(value);
        return Fits(value);
    }

    /// <remarks>An operand that must be an integer says what is wrong with a number that is none.</remarks>
    public static Answer Wrong(int operand, Value got) =>
        typeof(T) == typeof(long) || typeof(T) == typeof(BigInteger)
            ? got.IsNumber
                ? Answer.WrongType(operand, "integer number", "floating-point number")
                : Answer.WrongType(operand, "number", got)
            : Answer.WrongType(operand, Expected, got);

    private static string Expected =>
        typeof(T) == typeof(Utf8) ? "string"
        : typeof(T) == typeof(bool) ? "boolean"
        : typeof(T) == typeof(Number) || typeof(T) == typeof(ANumber) ? "number"
        : typeof(T) == typeof(AnArray) ? "array"
        : typeof(T) == typeof(AnObject) ? "object"
        : typeof(T) == typeof(ASet) ? "set"
        : typeof(T) == typeof(AnArrayOrSet) ? "one of {array, set}"
        : typeof(T) == typeof(AnyCollection) ? "one of {array, object, set}"
        : throw new InvalidOperationException($"{typeof(T).Name} is no type of operand");

    private static bool Fits(Value value) =>
        typeof(T) == typeof(ANumber) ? value.IsNumber
        : typeof(T) == typeof(AnArray) ? value.IsArray
        : typeof(T) == typeof(AnObject) ? value.IsObject
        : typeof(T) == typeof(ASet) ? value.IsSet
        : typeof(T) == typeof(AnArrayOrSet) ? value.IsArray || value.IsSet
        : typeof(T) == typeof(AnyCollection) ? value.IsCollection
        : throw new InvalidOperationException($"{typeof(T).Name} is no type of operand");

    /// <summary>The wrappers of a value are laid out as the value itself.</summary>
    private static T As<TOperand>(TOperand operand) => Unsafe.As<TOperand, T>(ref operand);
}
