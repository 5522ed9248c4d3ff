using Plumbline.Values;

namespace Plumbline.Rego;

/// <summary>What a builtin answers: a value, nothing (undefined), or why its operands do not fit.</summary>
public readonly struct Answer
{
    private Answer(Value value, BuiltinFault? fault)
    {
        Value = value;
        Fault = fault;
    }

    /// <summary>Undefined where there is no answer.</summary>
    public Value Value { get; }

    /// <summary>Makes the call undefined, or an error where builtin errors are strict.</summary>
    public BuiltinFault? Fault { get; }

    public static Answer Undefined => default;

    public static implicit operator Answer(Value value) => new(value, null);

    public static implicit operator Answer(bool value) => new(value, null);

    public static implicit operator Answer(long value) => new(value, null);

    public static implicit operator Answer(string value) => new(value, null);

    public static implicit operator Answer(Utf8 value) => new(value, null);

    public static implicit operator Answer(Number value) => new(value, null);

    /// <summary>The operand (from 1) has the right type but no sense: OPA's <c>eval_builtin_error</c>.</summary>
    public static Answer Invalid(int operand, string message) =>
        new(default, new BuiltinFault("eval_builtin_error", $"operand {operand} {message}"));

    /// <summary>The call as a whole has no sense: OPA's <c>eval_builtin_error</c>.</summary>
    public static Answer Invalid(string message) => new(default, new BuiltinFault("eval_builtin_error", message));

    /// <summary>The operand (from 1) has the wrong type: OPA's <c>eval_type_error</c>.</summary>
    public static Answer WrongType(int operand, string expected, Value got) =>
        WrongType(operand, expected, TypeNames.Of(got));

    /// <inheritdoc cref="WrongType(int, string, Value)"/>
    public static Answer WrongType(int operand, string expected, string got) =>
        WrongType($"operand {operand} must be {expected} but got {got}");

    /// <summary>The operands do not have the types that the call needs: OPA's <c>eval_type_error</c>.</summary>
    public static Answer WrongType(string message) => new(default, new BuiltinFault("eval_type_error", message));
}

/// <summary>Why a builtin gave no answer.</summary>
/// <param name="Code"><c>eval_builtin_error</c> or <c>eval_type_error</c>.</param>
public sealed record BuiltinFault(string Code, string Message);

/// <summary>Rego's names of types.</summary>
public static class TypeNames
{
    public static string Of(Value value) => Of(value.Kind);

    public static string Of(ValueKind kind) =>
        kind switch
        {
            ValueKind.Null => "null",
            ValueKind.Boolean => "boolean",
            ValueKind.Number => "number",
            ValueKind.String => "string",
            ValueKind.Array => "array",
            ValueKind.Object => "object",
            ValueKind.Set => "set",
            ValueKind.Unknown => "unknown",
            _ => "undefined",
        };
}
