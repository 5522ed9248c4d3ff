using System.Collections.Immutable;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Evaluation;
using Plumbline.Values;

namespace Plumbline.Rego;

/// <summary>A query, ready to be evaluated any number of times, by any thread.</summary>
public sealed class PreparedQuery
{
    private readonly Step _run;
    private readonly Lazy<Step> _traced;
    private readonly QueryPlan _plan;
    private readonly int _ruleCount;

    /// <param name="tracer">For evaluations that are to be explained.</param>
    internal PreparedQuery(RuleRunner runner, Lazy<RuleRunner> tracer, QueryPlan plan, int ruleCount)
    {
        (_plan, _ruleCount) = (plan, ruleCount);
        _run = runner.BackEnd.Compile(plan.Block, Gatherer.Take);
        _traced = new Lazy<Step>(() => tracer.Value.BackEnd.Compile(plan.Block, Gatherer.Take));
    }

    /// <summary>What <see cref="Solution.Values"/> are the values of; empty unless they were asked for.</summary>
    public ImmutableArray<QueryStatement> Statements => [.. _plan.Values.Select(v => v.Statement)];

    /// <summary>Every solution, in the order found.</summary>
    /// <exception cref="RegoException">The policy ended in an error.</exception>
    /// <exception cref="BudgetException">It needs more than its limits allow.</exception>
    public ImmutableArray<Solution> Evaluate(EvaluationOptions options, CancellationToken cancel = default) =>
        Evaluate(NewFrame(options, cancel));

    /// <summary>As the other, in a frame that the caller looks at afterwards.</summary>
    internal ImmutableArray<Solution> Evaluate(Frame frame)
    {
        var solutions = new SolutionGatherer(_plan);
        frame.Gather = solutions;
        frame.Trace?.Start(_plan.Source);
        _ = frame.Trace is null ? _run(frame) : _traced.Value(frame);
        return [.. solutions.All];
    }

    internal Frame NewFrame(EvaluationOptions options, CancellationToken cancel) =>
        options.NewFrame(_plan.SlotCount, _ruleCount, cancel);

    private sealed class SolutionGatherer(QueryPlan plan) : Gatherer
    {
        public List<Solution> All { get; } = [];

        public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
        {
            var bindings = ImmutableSortedDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
            foreach (var (name, slot) in plan.Names)
            {
                bindings[name] = frame.Slots[slot];
            }

            All.Add(
                new Solution(bindings.ToImmutable(), frame.Doubt)
                {
                    Values = [.. plan.Values.Select(v => v.Slot is { } slot ? frame.Slots[slot] : Value.True)],
                }
            );
            return false;
        }
    }
}

/// <summary>One solution of a query: its variables, and why it is only possible where it is not certain.</summary>
public sealed record Solution(ImmutableSortedDictionary<string, Value> Bindings, Causes? Doubt)
{
    /// <summary>Of the query's statements; empty unless they were asked for.</summary>
    public ImmutableArray<Value> Values { get; init; } = [];
}
