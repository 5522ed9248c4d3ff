using System.Collections.Immutable;
using Plumbline.Core.Authored;
using Plumbline.Values;

namespace Plumbline.Core.Checks;

/// <summary>What kind of value a parameter takes.</summary>
public enum ParameterType
{
    String,
    Integer,
    Number,
    Boolean,

    /// <summary>A list of strings.</summary>
    Strings,
}

/// <summary>A setting of a check: typed, bounded, and with a default, so that a check can be asked without any.</summary>
public sealed record Parameter(string Name, ParameterType Type, Value Default)
{
    /// <summary>For numbers; inclusive.</summary>
    public Number? Minimum { get; init; }

    /// <inheritdoc cref="Minimum"/>
    public Number? Maximum { get; init; }

    /// <summary>The strings allowed; empty means any.</summary>
    public ImmutableArray<string> OneOf { get; init; } = [];

    public string Description { get; init; } = "";

    /// <summary>Null where the value may be given, else what was expected and what came.</summary>
    public string? Refuse(Value value)
    {
        if (!IsOfType(value))
        {
            return $"expected {Words} for `{Name}`, got {Fields.Got(value)}";
        }

        if (
            value.IsNumber
            && (value.AsNumber < (Minimum ?? value.AsNumber) || value.AsNumber > (Maximum ?? value.AsNumber))
        )
        {
            return $"expected a number {Range} for `{Name}`, got `{value}`";
        }

        var stranger = Strings(value).FirstOrDefault(s => !OneOf.IsEmpty && !OneOf.Contains(s));
        return stranger is null
            ? null
            : $"expected one of {string.Join(", ", OneOf.Select(s => $"`{s}`"))} for `{Name}`, got `{stranger}`";
    }

    private string Words =>
        Type switch
        {
            ParameterType.String => "a text",
            ParameterType.Integer => "a whole number",
            ParameterType.Number => "a number",
            ParameterType.Boolean => "`true` or `false`",
            _ => "a list of texts",
        };

    private string Range =>
        (Minimum, Maximum) switch
        {
            ({ } least, { } most) => $"from {least} to {most}",
            ({ } least, null) => $"from {least}",
            (null, { } most) => $"up to {most}",
            _ => "",
        };

    private bool IsOfType(Value value) =>
        Type switch
        {
            ParameterType.String => value.IsString,
            ParameterType.Integer => value.IsNumber && value.AsNumber.IsInteger,
            ParameterType.Number => value.IsNumber,
            ParameterType.Boolean => value.IsBoolean,
            _ => value.IsArray && Enumerable.Range(0, value.Count).All(i => value[i].IsString),
        };

    private static IEnumerable<string> Strings(Value value) =>
        value.IsString ? [value.Utf8.ToString()]
        : value.IsArray ? Enumerable.Range(0, value.Count).Select(i => value[i].Utf8.ToString())
        : [];
}
