using System.Collections.Frozen;

namespace Plumbline.Rego.Builtins;

/// <summary>All builtins by name. A new group adds its line here; a test finds the one left out.</summary>
internal static class BuiltinTable
{
    private static readonly Builtin[][] Groups = [];

    public static FrozenDictionary<string, Builtin> All { get; } =
        Groups.SelectMany(g => g).ToFrozenDictionary(b => b.Name, StringComparer.Ordinal);
}
