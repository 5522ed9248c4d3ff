using System.Collections.Frozen;
using System.Collections.Immutable;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Evaluation;
using Plumbline.Rego.Reads;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego;

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
    private readonly Lazy<RuleRunner> _tracer;
    private readonly FrozenDictionary<string, PreparedDocument> _documents;

    private Policy(PolicyPlan plan, ImmutableArray<Module> modules, IReadOnlyList<Diagnostic> warnings)
    {
        _plan = plan;
        Modules = modules;
        Warnings = warnings;
        _documents = plan
            .Rules.Where(r => r.Kind != RuleKind.Function)
            .ToFrozenDictionary(r => r.Name, r => new PreparedDocument(r), StringComparer.Ordinal);
        _closures = new Lazy<RuleRunner>(() => new RuleRunner(plan, runner => new Closures(runner)));
        _walker = new Lazy<RuleRunner>(() => new RuleRunner(plan, runner => new TreeWalker(runner)));
        _tracer = new Lazy<RuleRunner>(() => new RuleRunner(plan, runner => new TracingWalker(runner)));
    }

    /// <summary>The parsed files, in the order given.</summary>
    public ImmutableArray<Module> Modules { get; }

    public IReadOnlyList<Diagnostic> Warnings { get; }

    /// <summary>Paths below <c>data</c> of every document that rules make, functions aside, in order.</summary>
    public IEnumerable<string> Documents =>
        _plan.World.Root.All().Where(r => r.Kind != RuleKind.Function).Select(r => r.Name);

    /// <summary>Parses and compiles.</summary>
    /// <exception cref="PolicyException">Some text is wrong; every fault of every file is in it.</exception>
    public static Policy Compile(IEnumerable<SourceText> sources, DialectChoice dialect = DialectChoice.Detect) =>
        Compile(sources, new CompileOptions { Dialect = dialect });

    /// <inheritdoc cref="Compile(IEnumerable{SourceText}, DialectChoice)"/>
    public static Policy Compile(IEnumerable<SourceText> sources, CompileOptions options)
    {
        var faults = new Faults();
        var modules = ImmutableArray.CreateBuilder<Module>();
        foreach (var source in sources)
        {
            var parsed = RegoParser.Parse(source, options.Dialect);
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
        var plan = PolicyCompiler.Compile(modules, options.AllBuiltins(), faults);
        if (options.IsStrict)
        {
            StrictMode.Check(modules, faults);
        }

        ThrowIfAny(faults);
        return new Policy(plan, modules.ToImmutable(), faults.All);
    }

    /// <summary>Prepares a query, in the syntax of Rego v1.</summary>
    /// <exception cref="PolicyException">The query is wrong.</exception>
    public PreparedQuery Query(string query, Plan plan = Plan.Closures) =>
        Query(query, new QueryOptions { Plan = plan });

    /// <inheritdoc cref="Query(string, Plan)"/>
    public PreparedQuery Query(string query, QueryOptions options)
    {
        var faults = new Faults();
        var plan = QueryCompiler.Compile(_plan, query, options, faults);
        ThrowIfAny(faults);
        return new PreparedQuery(Runner(options.Plan), _tracer, plan, _plan.Rules.Length);
    }

    /// <summary>The document under a path, e.g. <c>data.checks.kubernetes.k8s_host_pid.deny</c>; null where no rule makes it.</summary>
    public PreparedDocument? Document(string path) => _documents.GetValueOrDefault(path);

    /// <summary>The places that documents read, as their rules are written.</summary>
    public static ReadSet ReadsOf(params IEnumerable<PreparedDocument> documents) =>
        ReadAnalysis.Of(documents.Select(d => d.Rules));

    /// <summary>The documents that rules make, functions aside, with the rules they come from.</summary>
    internal IEnumerable<RuleSet> RuleSets => _plan.Rules.Where(r => r.Kind != RuleKind.Function);

    /// <summary>Starts a session, in which documents are then asked.</summary>
    public Session Start(EvaluationOptions options, Plan plan = Plan.Closures, CancellationToken cancel = default) =>
        new(
            options.Trace is null ? Runner(plan) : _tracer.Value,
            options.NewFrame(_plan.World.SlotCount, _plan.Rules.Length, cancel)
        );

    private RuleRunner Runner(Plan plan) => plan == Plan.Closures ? _closures.Value : _walker.Value;

    private static void ThrowIfAny(Faults faults)
    {
        if (faults.Any)
        {
            throw new PolicyException([.. faults.All.Where(d => d.Severity == DiagnosticSeverity.Error)]);
        }
    }
}
