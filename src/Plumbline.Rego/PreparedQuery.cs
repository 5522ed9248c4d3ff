using System.Collections.Immutable;
using Plumbline.Rego.Evaluation;
using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego;

/// <summary>A query, ready to be evaluated any number of times, by any thread.</summary>
public sealed class PreparedQuery
{
    private readonly Step _run;
    private readonly Lazy<Step> _traced;
    private readonly SourceText _source;
    private readonly ImmutableArray<KeyValuePair<string, int>> _names;
    private readonly int _slots;
    private readonly int _ruleCount;

    internal PreparedQuery(
        RuleRunner runner,
        Lazy<RuleRunner> tracer,
        SourceText source,
        Block block,
        ImmutableArray<KeyValuePair<string, int>> names,
        int slots,
        int ruleCount
    )
    {
        (_source, _names, _slots, _ruleCount) = (source, names, slots, ruleCount);
        _run = runner.BackEnd.Compile(block, Gatherer.Take);
        _traced = new Lazy<Step>(() => tracer.Value.BackEnd.Compile(block, Gatherer.Take));
    }

    /// <summary>Every solution, in the order found.</summary>
    /// <exception cref="RegoException">The policy ended in an error.</exception>
    /// <exception cref="BudgetException">It needs more than its limits allow.</exception>
    public ImmutableArray<Solution> Evaluate(EvaluationOptions options, CancellationToken cancel = default) =>
        Evaluate(NewFrame(options, cancel));

    /// <summary>As the other, in a frame that the caller looks at afterwards.</summary>
    internal ImmutableArray<Solution> Evaluate(Frame frame)
    {
        var solutions = new SolutionGatherer(_names);
        frame.Gather = solutions;
        frame.Trace?.Start(_source);
        _ = frame.Trace is null ? _run(frame) : _traced.Value(frame);
        return [.. solutions.All];
    }

    internal Frame NewFrame(EvaluationOptions options, CancellationToken cancel) =>
        options.NewFrame(_slots, _ruleCount, cancel);

    private sealed class SolutionGatherer(ImmutableArray<KeyValuePair<string, int>> names) : Gatherer
    {
        public List<Solution> All { get; } = [];

        public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
        {
            var bindings = ImmutableSortedDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
            foreach (var (name, slot) in names)
            {
                bindings[name] = frame.Slots[slot];
            }

            All.Add(new Solution(bindings.ToImmutable(), frame.Doubt));
            return false;
        }
    }
}

/// <summary>One solution of a query: its variables, and why it is only possible where it is not certain.</summary>
public sealed record Solution(ImmutableSortedDictionary<string, Value> Bindings, Causes? Doubt);
