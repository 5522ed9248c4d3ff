using System.Text;
using Plumbline.Rego.Evaluation;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Evaluation;

/// <summary>One way to evaluate: a back end and a plan.</summary>
internal readonly record struct Way(Plan Plan, bool Tracks)
{
    public static Way[] All { get; } =
    [new(Plan.Closures, false), new(Plan.TreeWalker, false), new(Plan.Closures, true), new(Plan.TreeWalker, true)];
}

/// <summary>What an evaluation came to: its solutions or its error, and what it was charged.</summary>
internal sealed record Run(string Outcome, long Steps, long ValueBytes)
{
    /// <summary>Evaluates a query; the wall clock stands still, so that only what is counted can end it.</summary>
    public static Run Of(Policy policy, string query, Way way, EvaluationOptions options)
    {
        var prepared = policy.Query(query, way.Plan);
        var frame = prepared.NewFrame(
            options with
            {
                ForcesTracking = way.Tracks,
                Time = new StandingClock(),
            },
            default
        );
        var outcome = Outcomes(prepared, frame);
        return new Run(outcome, frame.Steps, frame.ValueBytes);
    }

    private static string Outcomes(PreparedQuery query, Frame frame)
    {
        try
        {
            var text = new StringBuilder();
            foreach (var (bindings, doubt) in query.Evaluate(frame))
            {
                text.AppendJoin(", ", bindings.Select(b => $"{b.Key} = {b.Value}"));
                text.Append(doubt is null ? "\n" : $" if {string.Join(", ", doubt.All)}\n");
            }

            return text.ToString();
        }
        catch (RegoException error)
        {
            return error.Message;
        }
        catch (BudgetException budget)
        {
            return budget.Message;
        }
    }

    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}

/// <summary>Compiles texts under the names <c>p.rego</c>, <c>p1.rego</c>, ….</summary>
internal static class Policies
{
    public static Policy Of(params string[] modules) =>
        Policy.Compile(modules.Select((m, i) => SourceText.Of(i == 0 ? "p.rego" : $"p{i}.rego", m)));

    /// <summary>The diagnostics of a text that does not load, each as people see it.</summary>
    public static string Faults(params string[] modules) =>
        string.Join('\n', Assert.Throws<PolicyException>(() => Of(modules)).Diagnostics);

    /// <summary>The answer for one document of package <c>p</c>.</summary>
    public static DocumentAnswer Ask(string module, string document, Value input, Plan plan = Plan.Closures)
    {
        var policy = Of(module);
        return policy.Start(new EvaluationOptions { Input = input }, plan).Ask(policy.Document($"data.p.{document}")!);
    }
}
