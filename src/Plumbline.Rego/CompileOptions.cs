using System.Collections.Immutable;
using Plumbline.Rego.Builtins;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego;

/// <summary>How policies are read and compiled.</summary>
public sealed record CompileOptions
{
    public DialectChoice Dialect { get; init; } = DialectChoice.Detect;

    /// <summary>Refuses what compiles and is probably a mistake (OPA's strict mode).</summary>
    public bool IsStrict { get; init; }

    /// <summary>Builtins besides those of the language.</summary>
    public ImmutableArray<HostBuiltin> Builtins { get; init; } = [];

    internal IReadOnlyDictionary<string, Builtin> AllBuiltins() =>
        Builtins.IsEmpty
            ? BuiltinTable.All
            : BuiltinTable
                .All.Values.Concat(Builtins.Select(b => b.ToBuiltin()))
                .ToDictionary(b => b.Name, StringComparer.Ordinal);
}
