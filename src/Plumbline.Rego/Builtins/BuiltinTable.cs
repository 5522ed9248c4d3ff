using System.Collections.Frozen;

namespace Plumbline.Rego.Builtins;

/// <summary>All builtins by name. A new group adds its line here; a test finds the one left out.</summary>
internal static class BuiltinTable
{
    private static readonly Builtin[][] Groups =
    [
        AggregateBuiltins.All,
        ArithmeticBuiltins.All,
        ArrayBuiltins.All,
        BitsBuiltins.All,
        CastBuiltins.All,
        ComparisonBuiltins.All,
        EncodingBuiltins.All,
        JsonBuiltins.All,
        JsonPatchBuiltins.All,
        JsonPathBuiltins.All,
        ObjectBuiltins.All,
        SemVerBuiltins.All,
        SetBuiltins.All,
        StringBuiltins.All,
        StringSearchBuiltins.All,
        TypeBuiltins.All,
        UnitBuiltins.All,
    ];

    public static FrozenDictionary<string, Builtin> All { get; } =
        Groups.SelectMany(g => g).ToFrozenDictionary(b => b.Name, StringComparer.Ordinal);
}
