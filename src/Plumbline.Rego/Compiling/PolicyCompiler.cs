using System.Collections.Immutable;
using Plumbline.Rego.Builtins;
using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Compiling;

/// <summary>Modules in, a <see cref="PolicyPlan"/> out: groups rules into documents, resolves, plans, looks for recursion.</summary>
internal sealed class PolicyCompiler
{
    private readonly Faults _faults;
    private readonly PlanWorld _world;
    private readonly List<RuleSet> _sets = [];
    private readonly Dictionary<Module, Dictionary<string, ImmutableArray<string>>> _globals = [];

    private PolicyCompiler(IReadOnlyDictionary<string, Builtin> builtins, Faults faults)
    {
        _faults = faults;
        _world = new PlanWorld(new VirtualNode(), builtins, faults);
    }

    /// <summary>Compiles modules that were parsed; what is wrong is added to <paramref name="faults"/>.</summary>
    public static PolicyPlan Compile(
        IReadOnlyList<Module> modules,
        IReadOnlyDictionary<string, Builtin> builtins,
        Faults faults
    )
    {
        var compiler = new PolicyCompiler(builtins, faults);
        compiler.Group(modules);
        compiler.FindKinds();
        foreach (var set in compiler._sets)
        {
            compiler.Plan(set);
        }

        compiler.FindRecursion();
        return new PolicyPlan([.. compiler._sets], compiler._world);
    }

    /// <summary>Rules of one path make one document; a longer path below a document becomes keys of it.</summary>
    private void Group(IReadOnlyList<Module> modules)
    {
        var rules = modules.SelectMany(m => m.Rules.Select(r => (Module: m, Rule: r))).ToList();
        var paths = rules.ToDictionary(r => r.Rule, r => r.Module.Package.AddRange(r.Rule.Head.Name));
        foreach (var (_, rule) in rules.OrderBy(r => paths[r.Rule].Length))
        {
            Place(paths[rule]);
        }

        foreach (var (module, rule) in rules)
        {
            var (set, covered) = Locate(paths[rule]);
            var rest = paths[rule][covered..].Select(Term (name) => new Literal(rule.Head.Span, Value.Of(name)));
            set.Sources.Add(new RuleSource(module, rule, [.. rest, .. rule.Head.Keys]));
        }

        foreach (var module in modules)
        {
            _world.EnterPackage(module.Package);
        }

        foreach (var module in modules)
        {
            _globals[module] = _world.GlobalsOf(module);
        }
    }

    /// <summary>Makes the document for a path, unless a shorter path is one already.</summary>
    private void Place(ImmutableArray<string> path)
    {
        var node = _world.Root;
        foreach (var name in path)
        {
            node = node.Enter(name);
            if (node.Rules is not null)
            {
                return;
            }
        }

        node.Rules = new RuleSet(_sets.Count, path);
        _sets.Add(node.Rules);
    }

    private (RuleSet Rules, int Covered) Locate(ImmutableArray<string> path)
    {
        var node = _world.Root;
        for (var i = 0; i < path.Length; i++)
        {
            node = node.Children[path[i]];
            if (node.Rules is { } rules)
            {
                return (rules, i + 1);
            }
        }

        throw new InvalidOperationException($"no document for {string.Join('.', path)}");
    }

    private void FindKinds()
    {
        foreach (var set in _sets)
        {
            var first = set.Sources[0];
            set.Kind =
                first.Rule.Head.Kind == RuleKind.Function ? RuleKind.Function
                : set.Sources.Any(s => s.Rule.Head.Kind == RuleKind.PartialSet && s.Keys.Length == 1)
                    ? RuleKind.PartialSet
                : set.Sources.Any(s => s.Keys.Length > 0) ? RuleKind.PartialObject
                : RuleKind.Complete;
            foreach (var source in set.Sources)
            {
                CheckAgrees(set, first, source);
            }
        }
    }

    private void CheckAgrees(RuleSet set, RuleSource first, RuleSource source)
    {
        var isFunction = source.Rule.Head.Kind == RuleKind.Function;
        var isSet = source.Rule.Head.Kind == RuleKind.PartialSet && source.Keys.Length == 1;
        var agrees =
            isFunction == (set.Kind == RuleKind.Function)
            && (set.Kind != RuleKind.PartialSet || isSet)
            && (set.Kind != RuleKind.PartialObject || source.Keys.Length > 0)
            && source.Rule.Head.Parameters.Length == first.Rule.Head.Parameters.Length;
        if (!agrees)
        {
            _faults.Type(source.Module.Source, source.Rule.Head.Span, $"conflicting rules {set.Name} found");
        }

        var others = set.Sources.Where(s => s.Rule.IsDefault).ToList();
        if (source.Rule.IsDefault && others.Count > 1 && !ReferenceEquals(others[0], source))
        {
            _faults.Type(source.Module.Source, source.Rule.Span, $"multiple default rules {set.Name} found");
        }
    }

    private void Plan(RuleSet set)
    {
        var bodies = ImmutableArray.CreateBuilder<BodyPlan>();
        Expr? fallback = null;
        foreach (var source in set.Sources)
        {
            var planner = new Planner(_world, source.Module.Source);
            var resolver = new Resolver(source.Module, _faults, _globals[source.Module], _world.IsFunction);
            var resolved = resolver.Rule(source.Rule, source.Keys);
            if (source.Rule.IsDefault)
            {
                fallback = planner.Constant(resolved.Branches[0].Value);
            }
            else
            {
                bodies.Add(planner.Rule(source.Rule, resolved, set.Kind == RuleKind.PartialSet || IsNestedSet(source)));
            }

            set.Reads.UnionWith(planner.Reads);
        }

        set.Plan = new RulePlan(
            set,
            set.Kind switch
            {
                RuleKind.Complete => RuleKindPlan.Complete,
                RuleKind.Function => RuleKindPlan.Function,
                _ => RuleKindPlan.Partial,
            },
            bodies.ToImmutable(),
            fallback,
            set.Arity,
            set.Kind is RuleKind.Complete or RuleKind.Function && StopsEarly(bodies)
        );
    }

    private static bool IsNestedSet(RuleSource source) => source.Rule.Head.Kind == RuleKind.PartialSet;

    private static bool StopsEarly(IReadOnlyList<BodyPlan> bodies)
    {
        var values = bodies.SelectMany(b => b.Branches).Select(b => (b.Value as ConstExpr)?.Value ?? default).ToList();
        return values.Count > 0 && values[0].IsDefined && values.All(v => v == values[0]);
    }

    /// <summary>Rego has no recursion: a document that needs itself, directly or through others, is refused.</summary>
    /// <remarks>Depth first on a list of its own: chains of rules may be longer than any thread's stack.</remarks>
    private void FindRecursion()
    {
        var finished = new Dictionary<RuleSet, bool>();
        var path = new List<(RuleSet Set, IEnumerator<RuleSet> Reads)>();
        foreach (var root in _sets.Where(s => !finished.ContainsKey(s)))
        {
            Enter(root);
            while (path.Count > 0)
            {
                var (set, reads) = path[^1];
                if (!reads.MoveNext())
                {
                    finished[set] = true;
                    path.RemoveAt(path.Count - 1);
                }
                else if (!finished.TryGetValue(reads.Current, out var isFinished))
                {
                    Enter(reads.Current);
                }
                else if (!isFinished)
                {
                    ReportRecursion(reads.Current, path.Select(p => p.Set));
                }
            }
        }

        void Enter(RuleSet set)
        {
            finished.Add(set, false);
            path.Add((set, set.Reads.OrderBy(r => r.Id).GetEnumerator()));
        }
    }

    private void ReportRecursion(RuleSet set, IEnumerable<RuleSet> path)
    {
        var cycle = path.SkipWhile(p => p != set).Append(set).Select(s => s.Name);
        var rule = set.Sources[0];
        _faults.Recursion(
            rule.Module.Source,
            rule.Rule.Head.Span,
            $"rule {set.Name} is recursive: {string.Join(" -> ", cycle)}"
        );
    }
}

/// <summary>A compiled policy: immutable once made, shared by threads.</summary>
/// <param name="Rules">By id.</param>
internal sealed record PolicyPlan(ImmutableArray<RuleSet> Rules, PlanWorld World);
