using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Testing;

/// <summary>Finds and runs tests that are written in Rego, as <c>opa test</c> does (OPA's "Policy Testing").</summary>
/// <remarks>Each rule is a test of its own: of two rules named alike, one may pass and the other fail.</remarks>
public static class TestRunner
{
    internal const string TodoPrefix = "todo_test_";

    private const string Prefix = "test_";

    /// <summary>The tests of all files, by file and place.</summary>
    public static ImmutableArray<RegoTest> Find(Policy policy) =>
        [
            .. policy
                .RuleSets.Where(r => IsTest(r.Path[^1]))
                .SelectMany(TestsOf)
                .OrderBy(t => t.PolicySource.Name, StringComparer.Ordinal)
                .ThenBy(t => t.Span.Start),
        ];

    /// <summary>Runs all tests, each in a session of its own.</summary>
    public static IEnumerable<RegoTestResult> Run(Policy policy, EvaluationOptions options, CancellationToken cancel) =>
        Find(policy).Select(t => Run(policy, t, options, cancel));

    /// <summary>Runs a test that <see cref="Find"/> gave for this policy.</summary>
    /// <exception cref="OperationCanceledException">Somebody asked for it.</exception>
    public static RegoTestResult Run(Policy policy, RegoTest test, EvaluationOptions options, CancellationToken cancel)
    {
        if (test.IsSkipped)
        {
            return new RegoTestResult(test, RegoTestVerdict.Skip);
        }

        var printed = ImmutableArray.CreateBuilder<PrintedLine>();
        var session = policy.Start(
            options with
            {
                Print = line =>
                {
                    printed.Add(line);
                    options.Print?.Invoke(line);
                },
            },
            Plan.Closures,
            cancel
        );
        RegoTestResult result;
        try
        {
            result = Judge(test, session.Ask(test.Rules, test.Body).Value);
        }
        catch (RegoException error)
        {
            result = new RegoTestResult(test, RegoTestVerdict.Error) { Error = error.Message };
        }
        catch (BudgetException spent)
        {
            result = new RegoTestResult(test, RegoTestVerdict.Error) { Error = spent.Message };
        }

        return result with
        {
            Printed = printed.ToImmutable(),
        };
    }

    private static bool IsTest(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) || name.StartsWith(TodoPrefix, StringComparison.Ordinal);

    private static IEnumerable<RegoTest> TestsOf(RuleSet rules) =>
        rules.Sources.Where(s => !s.Rule.IsDefault).Select((s, i) => new RegoTest(s, rules, i, NameOf(s, i)));

    private static string NameOf(RuleSource source, int among)
    {
        var name = string.Join('.', source.Rule.Head.Name);
        return among == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}#{among:00}");
    }

    private static RegoTestResult Judge(RegoTest test, Value value)
    {
        if (test.Rules.Kind != RuleKind.PartialObject)
        {
            return new RegoTestResult(test, value.IsTrue ? RegoTestVerdict.Pass : RegoTestVerdict.Fail);
        }

        var cases = Enumerable
            .Range(0, value.Count)
            .Select(i => new RegoTestCase(NameOf(value.KeyAt(i)), value[i].IsTrue))
            .OrderBy(c => c.Name, StringComparer.Ordinal)
            .ToImmutableArray();
        var passes = cases.Length > 0 && cases.All(c => c.HasPassed);
        return new RegoTestResult(test, passes ? RegoTestVerdict.Pass : RegoTestVerdict.Fail) { Cases = cases };
    }

    private static string NameOf(Value key) => key.IsString ? key.Utf8.ToString() : key.ToString();
}
