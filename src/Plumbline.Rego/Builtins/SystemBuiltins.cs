using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>What OPA offers to look at itself with. A policy is a guest: it learns nothing of the machine, and writes nowhere.</summary>
internal static class SystemBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Nullary("opa.runtime", _ => Value.EmptyObject).Nondeterministic(),
        Builtin.Of<Utf8>("trace", _ => true),
        Builtin.Of<AnArray>("internal.print", _ => true).AsTotal((_, _) => UnknownAnswer.Certain(true)),
        Builtin.Of<AnArray>("internal.test_case", _ => true).AsTotal((_, _) => UnknownAnswer.Certain(true)),
        Builtin.Nullary("print", _ => true),
    ];
}
