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
        CryptoBuiltins.All,
        EncodingBuiltins.All,
        GlobBuiltins.All,
        GraphBuiltins.All,
        JsonBuiltins.All,
        JsonPatchBuiltins.All,
        JsonPathBuiltins.All,
        NetBuiltins.All,
        ObjectBuiltins.All,
        RegexBuiltins.All,
        SemVerBuiltins.All,
        SetBuiltins.All,
        StringBuiltins.All,
        StringSearchBuiltins.All,
        SystemBuiltins.All,
        TimeBuiltins.All,
        TypeBuiltins.All,
        UnitBuiltins.All,
        UriBuiltins.All,
        UuidBuiltins.All,
    ];

    public static FrozenDictionary<string, Builtin> All { get; } =
        Groups.SelectMany(g => g).ToFrozenDictionary(b => b.Name, StringComparer.Ordinal);
}
