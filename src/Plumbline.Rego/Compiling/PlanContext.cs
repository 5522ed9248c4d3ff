using System.Collections.Immutable;
using Plumbline.Rego.Builtins;
using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Compiling;

/// <summary>What planning one body knows: which variables are bound by now, and which belong to bodies around it.</summary>
internal sealed class PlanContext(HashSet<string> bound, HashSet<string> visible, bool isOrdered)
{
    public HashSet<string> Bound { get; } = bound;

    /// <summary>Variables of this body and those around it: a closure that uses one means that one.</summary>
    public HashSet<string> Visible { get; } = visible;

    /// <summary>The order of solutions can be seen: this is the body of an array comprehension.</summary>
    public bool IsOrdered { get; } = isOrdered;

    public List<Op> Ops { get; } = [];

    public bool Has(string variable) => Bound.Contains(variable);

    /// <summary>A body inside this one, which sees what is bound and keeps what it binds to itself.</summary>
    public PlanContext Inner(bool isOrdered) => new([.. Bound], Visible, isOrdered);
}

/// <summary>The names a whole policy shares while it is planned.</summary>
/// <param name="Root">Packages and rules below <c>data</c>.</param>
/// <param name="Builtins">The functions of the language, those of the host included.</param>
internal sealed record PlanWorld(VirtualNode Root, IReadOnlyDictionary<string, Builtin> Builtins, Faults Faults)
{
    private int _slots;

    /// <summary>Slots given so far: what a frame must hold.</summary>
    public int SlotCount => _slots;

    public int NewSlot() => _slots++;

    /// <summary>The same names for a query, whose slots follow on those of the policy and are its own.</summary>
    public PlanWorld ForQuery(Faults faults) => new(Root, Builtins, faults) { _slots = _slots };

    /// <summary>Makes a package be there, if only as an empty object.</summary>
    public void EnterPackage(ImmutableArray<string> path) =>
        path.Aggregate(Root, (node, name) => node.Enter(name)).IsPackage = true;

    /// <summary>Names that mean the same everywhere in a module: its package's rules, its imports.</summary>
    public Dictionary<string, ImmutableArray<string>> GlobalsOf(Module module)
    {
        var globals = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var rules = Find(module.Package.AsSpan())?.Children.Where(c => HasRulesOf(c.Value, module.Package)) ?? [];
        foreach (var (name, _) in rules)
        {
            globals[name] = ["data", .. module.Package, name];
        }

        foreach (var import in module.Imports.Where(i => i.Path[0] is "data" or "input"))
        {
            globals[import.Alias] = import.Path;
        }

        return globals;
    }

    public bool IsFunction(ImmutableArray<string> path) => FindRules(path.AsSpan()) is { Kind: RuleKind.Function };

    /// <summary>The rules under a path below <c>data</c>; null where there are none.</summary>
    public RuleSet? FindRules(ReadOnlySpan<string> path) => Find(path)?.Rules;

    private VirtualNode? Find(ReadOnlySpan<string> path)
    {
        var node = Root;
        foreach (var name in path)
        {
            if (!node.Children.TryGetValue(name, out node))
            {
                return null;
            }
        }

        return node;
    }

    /// <summary>A rule of this very package, perhaps with a dotted name; not merely a package below it.</summary>
    private static bool HasRulesOf(VirtualNode node, ImmutableArray<string> package) =>
        node.All().Any(r => r.Sources.Any(s => s.Module.Package.SequenceEqual(package)));
}
