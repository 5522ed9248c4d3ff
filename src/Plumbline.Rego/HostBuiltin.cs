using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego;

/// <summary>Answers a call of a host's builtin.</summary>
/// <param name="caller">The file that the call stands in; null where a policy replaced another function by this one.</param>
/// <param name="operands">All defined, and without unknowns.</param>
public delegate Answer HostFunction(SourceText? caller, IReadOnlyList<Value> operands);

/// <summary>A builtin that lives above the engine, because it needs what the engine does without: other languages, files.</summary>
/// <remarks>Handed over with <see cref="CompileOptions.Builtins"/>; in all else a builtin like any other, and replaceable by <c>with</c>.</remarks>
public sealed record HostBuiltin(string Name, int Arity, HostFunction Function)
{
    internal Builtin ToBuiltin() =>
        new()
        {
            Name = Name,
            Arity = Arity,
            Call = (_, operands) => Function(null, operands.ToArray()),
            CallFrom = Function,
        };
}
