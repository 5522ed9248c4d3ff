using System.Collections.Immutable;
using System.Text;
using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Compiling;

/// <summary>What a query was compiled to.</summary>
/// <param name="Names">Its variables with their slots.</param>
/// <param name="SlotCount">Slots of the policy and its own.</param>
internal sealed record QueryPlan(
    SourceText Source,
    Block Block,
    ImmutableArray<KeyValuePair<string, int>> Names,
    int SlotCount
)
{
    /// <summary>Its statements in the order written, each with the slot of its value; null where it merely holds. Empty where nobody asks for values.</summary>
    public ImmutableArray<(QueryStatement Statement, int? Slot)> Values { get; init; } = [];
}

/// <summary>Compiles queries against a policy that is compiled.</summary>
internal static class QueryCompiler
{
    /// <exception cref="PolicyException">It does not parse; what else is wrong is added to <paramref name="faults"/>.</exception>
    public static QueryPlan Compile(PolicyPlan policy, string query, QueryOptions options, Faults faults)
    {
        var source = SourceText.Of("query", query);
        var body = RegoParser.ParseQuery(source, options.Dialect);
        var world = policy.World.ForQuery(faults);
        var module = ModuleOf(source, options);
        var resolver = new Resolver(module, faults, world.GlobalsOf(module), world.IsFunction);
        var resolved = resolver.Query(body, out var declared);
        var planner = new Planner(world, source);
        var block = options.KeepsValues ? planner.QueryKeeping(resolved) : planner.Query(resolved);
        var plan = new QueryPlan(source, block, [.. planner.NamedSlots(declared)], world.SlotCount);
        return !options.KeepsValues
            ? plan
            : plan with
            {
                Values =
                [
                    .. resolved.Statements.Select(s =>
                        (
                            new QueryStatement(source.Text(s.Span), s.Span),
                            planner.KeptSlots.TryGetValue(s, out var slot) ? slot : (int?)null
                        )
                    ),
                ],
            };
    }

    /// <summary>The module in which the query stands: its package and imports.</summary>
    private static Module ModuleOf(SourceText query, QueryOptions options)
    {
        var empty = new Module(query, options.Dialect, [], default, [], [], [], []);
        if (options is { Package: "", Imports: [] })
        {
            return empty;
        }

        var text = new StringBuilder($"package {(options.Package.Length > 0 ? options.Package : "query")}\n");
        foreach (var import in options.Imports)
        {
            text.Append($"import {import}\n");
        }

        var choice = options.Dialect == Dialect.V0 ? DialectChoice.V0 : DialectChoice.V1;
        var parsed = RegoParser.Parse(SourceText.Of("package and imports", text.ToString()), choice);
        var module = parsed.Module ?? throw new PolicyException(parsed.Diagnostics);
        return empty with { Package = options.Package.Length > 0 ? module.Package : [], Imports = module.Imports };
    }
}
