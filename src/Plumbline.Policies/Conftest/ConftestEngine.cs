using System.Collections.Immutable;
using Plumbline.Rego;
using Plumbline.Rego.Testing;
using Plumbline.Rego.Tracing;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>What the policies of a conftest run are, and how they are asked.</summary>
public sealed record ConftestOptions
{
    /// <summary>Files and folders with policies.</summary>
    public required IReadOnlyList<string> Policies { get; init; }

    /// <summary>Files and folders with documents for <c>data</c>.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>What relative paths are relative to.</summary>
    public required string Folder { get; init; }

    public CompileOptions Compile { get; init; } = new();

    /// <summary>A builtin that fails ends the run.</summary>
    public bool ShowsBuiltinErrors { get; init; }

    /// <summary>Which events of an evaluation are recorded; null for none.</summary>
    public ExplanationKind? Explains { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>conftest's way of asking policies about a document: every deciding rule of a package, exceptions first.</summary>
/// <remarks>Documentation of conftest: "Writing policies", "Exceptions", "Options". Numbers of tests are those of conftest: a rule that is written twice counts twice.</remarks>
public sealed class ConftestEngine
{
    private readonly Policy _policy;
    private readonly Value _data;
    private readonly ConftestOptions _options;

    private ConftestEngine(Policy policy, Value data, ConftestOptions options) =>
        (_policy, _data, _options) = (policy, data, options);

    /// <exception cref="ConftestException">Policies or data are not there, or wrong; in OPA's words.</exception>
    public static ConftestEngine Load(ConftestOptions options)
    {
        // Nothing is sealed here: a policy is called what the user calls it.
        var policies = Read(options.Policies, options.Folder, PolicyFiles.IsPolicy)
            .ConvertAll(f => f with { Name = f.Path });
        if (policies.Count == 0)
        {
            throw new ConftestException(
                $"load: loading policies: no policies found in [{string.Join(' ', options.Policies)}]"
            );
        }

        try
        {
            var compile = options.Compile with { Builtins = [.. ConfigBuiltins.OfTool(policies, options.Folder)] };
            var policy = PolicyFiles.Compile(policies, compile);
            var data = DataDocuments.Merge(Read(options.Data, options.Folder, DataDocuments.IsData));
            return new ConftestEngine(policy, data, options);
        }
        catch (PolicyException refused)
        {
            throw new ConftestException($"load: loading policies: get compiler: {PolicyFiles.Text(refused)}");
        }
    }

    public ImmutableArray<string> Namespaces => Packages.Of(_policy);

    public ImmutableArray<string> Select(IEnumerable<string> patterns) => Packages.Select(_policy, patterns);

    /// <summary>Puts one document to a package.</summary>
    /// <param name="path">As it is shown.</param>
    /// <exception cref="ConftestException">A rule ended in an error, or says something that is no message.</exception>
    public CheckResult Check(string path, Value document, string package)
    {
        var rules = DecidingRule.Of(_policy, package);
        var result = new CheckResult { FileName = path, Namespace = package };
        var evaluation = OptionsFor(path, document);
        foreach (var rule in rules)
        {
            result = CheckResult.Sum(result, Ask(rule, package, path, evaluation));
        }

        // A set of two rules gives one result where neither has a message: the rest are successes too.
        var missing = rules.Sum(r => r.Count) - result.Total;
        return missing > 0 ? result with { Successes = result.Successes + missing } : result;
    }

    /// <summary>Runs the unit tests of the packages that the patterns name; of all where there is none.</summary>
    /// <exception cref="ConftestException">A test ended in an error.</exception>
    public IEnumerable<ConftestTest> Verify(IReadOnlyList<string> patterns)
    {
        var packages = patterns.Count == 0 ? Namespaces : Select(patterns);
        var options = new EvaluationOptions
        {
            Data = _data,
            Now = _options.Clock.GetUtcNow(),
            StrictErrors = _options.ShowsBuiltinErrors,
            Limits = Unhurried,
        };
        foreach (var test in TestRunner.Find(_policy).Where(t => packages.Contains(t.Package["data.".Length..])))
        {
            var trace = NewTrace();
            var result = TestRunner.Run(_policy, test, options with { Trace = trace }, default);
            yield return result.Verdict == RegoTestVerdict.Error
                ? throw new ConftestException($"running tests: run test: {result.Error}")
                : new ConftestTest(test.PolicySource.Name, test.ToString(), result.Verdict)
                {
                    Outputs = [.. result.Printed.Select(p => p.ToString())],
                    Traces = LinesOf(trace),
                };
        }
    }

    private CheckResult Ask(DecidingRule rule, string package, string path, EvaluationOptions evaluation)
    {
        var exceptionQuery = $"data.{package}.exception[_][_] == \"{rule.Suffix}\"";
        var excepted = Evaluate(package, "exception", evaluation);
        var exceptions = Exceptions(excepted.Value, rule.Suffix);
        var query = $"data.{package}.{rule.Name}";
        var answer = Evaluate(package, rule.Name, evaluation);
        var messages = Messages(answer.Value, query);
        var isFailure = rule.Enforcement == Core.Judging.Enforcement.Enforce;
        return new CheckResult
        {
            FileName = path,
            Namespace = package,
            Exceptions = [.. Enumerable.Repeat(new ResultMessage(exceptionQuery), exceptions)],
            Failures = exceptions == 0 && isFailure ? messages : [],
            Warnings = exceptions == 0 && !isFailure ? messages : [],
            Successes = exceptions == 0 && answer.Value.IsDefined && messages.IsEmpty ? 1 : 0,
            Queries =
            [
                new QueryResult(exceptionQuery, exceptions == 0, excepted.Traces, excepted.Printed),
                new QueryResult(query, messages.IsEmpty, answer.Traces, answer.Printed),
            ],
        };
    }

    /// <summary>What a rule comes to, how, and what was printed on the way.</summary>
    private (Value Value, ImmutableArray<string> Traces, ImmutableArray<string> Printed) Evaluate(
        string package,
        string rule,
        EvaluationOptions evaluation
    )
    {
        if (_policy.Document($"data.{package}.{rule}") is not { } document)
        {
            return (default, [], []);
        }

        var printed = ImmutableArray.CreateBuilder<string>();
        try
        {
            var trace = NewTrace();
            var options = evaluation with { Print = line => printed.Add(line.ToString()), Trace = trace };
            var value = _policy.Start(options).Ask(document).Value;
            return (value, LinesOf(trace), printed.ToImmutable());
        }
        catch (RegoException error)
        {
            throw new ConftestException(
                error.Code == "eval_builtin_error"
                    ? $"query rule: built-in error: [{error.Message}]"
                    : $"query rule: check: query rule: evaluating policy: {error.Message}"
            );
        }
        catch (BudgetException budget)
        {
            throw new ConftestException($"query rule: check: query rule: evaluating policy: {budget.Message}");
        }
    }

    private Trace? NewTrace() => _options.Explains is null ? null : new Trace();

    private ImmutableArray<string> LinesOf(Trace? trace) =>
        trace is null ? [] : [.. Explanation.Lines(trace, _options.Explains!.Value)];

    /// <summary>How often the rule is excepted: each member of a member counts.</summary>
    private static int Exceptions(Value exceptions, string suffix) =>
        Members(exceptions).SelectMany(Members).Count(name => name == suffix);

    private static IEnumerable<Value> Members(Value collection) =>
        collection.IsCollection ? Enumerable.Range(0, collection.Count).Select(i => collection[i]) : [];

    /// <summary>Texts and objects with <c>msg</c>; a value that is no list of them has no message, as in conftest.</summary>
    private static ImmutableArray<ResultMessage> Messages(Value answer, string query) =>
        answer.IsSet || answer.IsArray
            ? [.. Members(answer).Where(m => m.IsString || m.IsObject).Select(m => Message(m, query))]
            : [];

    private static ResultMessage Message(Value member, string query)
    {
        var metadata = new ObjectBuilder();
        if (member.IsString)
        {
            metadata["query"] = query;
            return new ResultMessage(member.Utf8.ToString(), metadata.ToValue());
        }

        if (!member["msg"].IsString)
        {
            throw new ConftestException(
                "query rule: check: query rule: new result: \"msg\" field must be present and a string"
            );
        }

        for (var i = 0; i < member.Count; i++)
        {
            if (member.KeyAt(i) != "msg" && member.KeyAt(i) != "_loc")
            {
                metadata[member.KeyAt(i)] = member[i];
            }
        }

        metadata["query"] = query;
        return new ResultMessage(member["msg"].Utf8.ToString(), metadata.ToValue(), Location(member["_loc"]));
    }

    private static ResultLocation? Location(Value at)
    {
        var file = at["file"].IsString ? at["file"].Utf8.ToString() : "";
        var line = at["line"].IsNumber ? at["line"].ToString() : "";
        return file.Length + line.Length > 0 ? new ResultLocation(file, line) : null;
    }

    private EvaluationOptions OptionsFor(string path, Value document)
    {
        var full = Path.GetFullPath(path, _options.Folder);
        return new EvaluationOptions
        {
            Input = document,
            Data = WithFile(_data, Path.GetFileName(full), Path.GetDirectoryName(full) ?? ""),
            Now = _options.Clock.GetUtcNow(),
            StrictErrors = _options.ShowsBuiltinErrors,
            Limits = Unhurried,
        };
    }

    /// <summary>Whoever starts a tool waits for it: only what can never end is ended.</summary>
    private static Limits Unhurried { get; } =
        new(MaxSteps: 50_000_000_000, MaxValueBytes: 8L << 30) { MaxTime = TimeSpan.FromHours(1) };

    /// <summary>The data with <c>conftest.file</c>, which tells a policy what it is asked about.</summary>
    private static Value WithFile(Value data, string name, string folder)
    {
        var all = new ObjectBuilder();
        for (var i = 0; i < data.Count; i++)
        {
            all[data.KeyAt(i)] = data[i];
        }

        all["conftest"] = new ObjectBuilder
        {
            ["file"] = new ObjectBuilder { ["dir"] = folder, ["name"] = name }.ToValue(),
        }.ToValue();
        return all.ToValue();
    }

    private static List<InputFile> Read(IEnumerable<string> paths, string folder, Func<string, bool> accepts)
    {
        var faults = new List<string>();
        var files = InputFile.Read(
            paths,
            folder,
            accepts,
            (path, _) => faults.Add($"stat {path}: no such file or directory")
        );
        return faults.Count == 0
            ? files
            : throw new ConftestException(
                $"load: loading policies: load: {(faults.Count == 1 ? "1 error" : $"{faults.Count} errors")} occurred during loading: {string.Join('\n', faults)}"
            );
    }
}
