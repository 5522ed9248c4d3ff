using System.Collections.Immutable;
using Plumbline.Rego.Builtins;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Evaluation;
using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego;

/// <summary>Which evaluator runs a policy.</summary>
public enum Plan
{
    /// <summary>Closures over slots: the fast one.</summary>
    Closures,

    /// <summary>The reference: interprets the same plan node by node.</summary>
    TreeWalker,
}

/// <summary>Policies that were compiled together. Immutable, and shared by any number of threads.</summary>
/// <example><code>
/// var policy = Policy.Compile([SourceText.Of("p.rego", "package p\nallow if input.user == \"ada\"")]);
/// var answer = policy.Query("data.p.allow").Evaluate(new EvaluationOptions { Input = Json.Parse("""{"user": "ada"}""") });
/// </code></example>
public sealed class Policy
{
    private readonly PolicyPlan _plan;
    private readonly Lazy<RuleRunner> _closures;
    private readonly Lazy<RuleRunner> _walker;

    private Policy(PolicyPlan plan, ImmutableArray<Module> modules, IReadOnlyList<Diagnostic> warnings)
    {
        _plan = plan;
        Modules = modules;
        Warnings = warnings;
        _closures = new Lazy<RuleRunner>(() => new RuleRunner(plan, runner => new Closures(runner)));
        _walker = new Lazy<RuleRunner>(() => new RuleRunner(plan, runner => new TreeWalker(runner)));
    }

    /// <summary>The parsed files, in the order given.</summary>
    public ImmutableArray<Module> Modules { get; }

    public IReadOnlyList<Diagnostic> Warnings { get; }

    /// <summary>Paths below <c>data</c> of every document that rules make, functions aside, in order.</summary>
    public IEnumerable<string> Documents =>
        _plan.World.Root.All().Where(r => r.Kind != RuleKind.Function).Select(r => r.Name);

    /// <summary>Parses and compiles.</summary>
    /// <exception cref="PolicyException">Some text is wrong; every fault of every file is in it.</exception>
    public static Policy Compile(IEnumerable<SourceText> sources, DialectChoice dialect = DialectChoice.Detect)
    {
        var faults = new Faults();
        var modules = ImmutableArray.CreateBuilder<Module>();
        foreach (var source in sources)
        {
            var parsed = RegoParser.Parse(source, dialect);
            foreach (var diagnostic in parsed.Diagnostics)
            {
                faults.Add(diagnostic);
            }

            if (parsed.Module is not null)
            {
                modules.Add(parsed.Module);
            }
        }

        // A file that did not parse leaves its rules undefined: what follows from that would be noise.
        ThrowIfAny(faults);
        var plan = PolicyCompiler.Compile(modules, BuiltinTable.All, faults);
        ThrowIfAny(faults);
        return new Policy(plan, modules.ToImmutable(), faults.All);
    }

    /// <summary>Prepares a query, in the syntax of Rego v1.</summary>
    /// <exception cref="PolicyException">The query is wrong.</exception>
    public PreparedQuery Query(string query, Plan plan = Plan.Closures)
    {
        var faults = new Faults();
        var source = SourceText.Of("query", query);
        var body = RegoParser.ParseQuery(source);
        var world = _plan.World.ForQuery(faults);
        var module = new Module(source, Dialect.V1, [], default, [], [], [], []);
        var resolver = new Resolver(module, faults, [], _ => false);
        var planner = new Planner(world, source);
        var block = planner.Query(resolver.Query(body));
        ThrowIfAny(faults);
        return new PreparedQuery(Runner(plan), block, [.. planner.NamedSlots], world.SlotCount, _plan.Rules.Length);
    }

    /// <summary>The document under a path, e.g. <c>data.checks.kubernetes.k8s_host_pid.deny</c>; null where no rule makes it.</summary>
    public PreparedDocument? Document(string path) =>
        _plan.Rules.FirstOrDefault(r => r.Name == path && r.Kind != RuleKind.Function) is { } rules
            ? new PreparedDocument(rules)
            : null;

    /// <summary>Starts a session, in which documents are then asked.</summary>
    public Session Start(EvaluationOptions options, Plan plan = Plan.Closures, CancellationToken cancel = default) =>
        new(Runner(plan), options.NewFrame(_plan.World.SlotCount, _plan.Rules.Length, cancel));

    private RuleRunner Runner(Plan plan) => plan == Plan.Closures ? _closures.Value : _walker.Value;

    private static void ThrowIfAny(Faults faults)
    {
        if (faults.Any)
        {
            throw new PolicyException([.. faults.All.Where(d => d.Severity == DiagnosticSeverity.Error)]);
        }
    }
}

/// <summary>What an evaluation is given and what it may cost.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Undefined where there is none.</summary>
    public Value Input { get; init; }

    /// <summary>Base documents: an object.</summary>
    public Value Data { get; init; } = Value.EmptyObject;

    /// <summary>The clock that <c>time.now_ns</c> tells: the assessment's, never the machine's.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>A builtin that fails ends the evaluation instead of being undefined.</summary>
    public bool StrictErrors { get; init; }

    /// <summary>Runs the plan for unknowns even where none occur: both must answer alike.</summary>
    public bool ForcesTracking { get; init; }

    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>Measures <see cref="Limits.MaxTime"/>; policies never see it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal Frame NewFrame(int slots, int rules, CancellationToken cancel) =>
        new(
            slots,
            rules,
            new EvaluationInput(Input, Data)
            {
                NowNanoseconds = (Now - DateTimeOffset.UnixEpoch).Ticks * 100,
                StrictErrors = StrictErrors,
                ForcesTracking = ForcesTracking,
            },
            Limits,
            Time,
            cancel
        );
}

/// <summary>A document that the rules of a policy make, ready to be asked by any thread.</summary>
public sealed class PreparedDocument
{
    internal PreparedDocument(RuleSet rules) => Rules = rules;

    internal RuleSet Rules { get; }

    /// <summary>e.g. <c>data.checks.kubernetes.k8s_host_pid.deny</c>.</summary>
    public string Path => Rules.Name;

    /// <summary>Whether it is a set that rules add members to.</summary>
    public bool IsSet => Rules.Kind == RuleKind.PartialSet;
}

/// <summary>One input held against a policy: documents asked in one session share what they have in common. For one thread.</summary>
public sealed class Session
{
    private readonly RuleRunner _runner;
    private readonly Frame _frame;

    internal Session(RuleRunner runner, Frame frame) => (_runner, _frame) = (runner, frame);

    /// <summary>Steps of the plan charged so far.</summary>
    public long Steps => _frame.Steps;

    /// <summary>Bytes of values charged so far.</summary>
    public long ValueBytes => _frame.ValueBytes;

    /// <exception cref="RegoException">The policy ended in an error; this session is over.</exception>
    /// <exception cref="BudgetException">It needs more than its limits allow; this session is over.</exception>
    public DocumentAnswer Ask(PreparedDocument document)
    {
        var result = _runner.Evaluate(_frame, document.Rules);
        return new DocumentAnswer(result.Value, result.Doubt)
        {
            Possible = [.. result.Possible.Select(p => new PossibleMember(p.Member, p.Causes))],
        };
    }
}

/// <summary>What a document came to.</summary>
/// <param name="Value">Undefined where no body surely or possibly had a solution. Of a set, the certain members.</param>
/// <param name="Doubt">Why it is only possible that there is a value; null where that is certain.</param>
public sealed record DocumentAnswer(Value Value, Causes? Doubt)
{
    /// <summary>Members of a partial set that are only possible, in the order of their values.</summary>
    public ImmutableArray<PossibleMember> Possible { get; init; } = [];
}

/// <summary>A member that is there in some completions of what was not told.</summary>
public sealed record PossibleMember(Value Member, Causes Causes);

/// <summary>A query, ready to be evaluated any number of times, by any thread.</summary>
public sealed class PreparedQuery
{
    private readonly Step _run;
    private readonly ImmutableArray<KeyValuePair<string, int>> _names;
    private readonly int _slots;
    private readonly int _ruleCount;

    internal PreparedQuery(
        RuleRunner runner,
        Block block,
        ImmutableArray<KeyValuePair<string, int>> names,
        int slots,
        int ruleCount
    )
    {
        (_names, _slots, _ruleCount) = (names, slots, ruleCount);
        _run = runner.BackEnd.Compile(block, static frame => frame.Gather!.Add(frame, [], default));
    }

    /// <summary>Every solution, in the order found.</summary>
    /// <exception cref="RegoException">The policy ended in an error.</exception>
    /// <exception cref="BudgetException">It needs more than its limits allow.</exception>
    public ImmutableArray<Solution> Evaluate(EvaluationOptions options, CancellationToken cancel = default)
    {
        var frame = options.NewFrame(_slots, _ruleCount, cancel);
        var solutions = new SolutionGatherer(_names);
        frame.Gather = solutions;
        _run(frame);
        return [.. solutions.All];
    }

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
