using System.Collections.Immutable;
using Plumbline.Rego.Testing;

namespace Plumbline.Policies.Conftest;

/// <summary>A unit test of a policy, run.</summary>
/// <param name="File">Path of its file, as the user knows it.</param>
/// <param name="Name">From <c>data</c> on: <c>data.main.test_no_root</c>.</param>
/// <param name="Verdict">Pass, fail or skip: an error ends the run.</param>
public sealed record ConftestTest(string File, string Name, RegoTestVerdict Verdict)
{
    /// <summary>How it was evaluated, line by line, where that was asked for.</summary>
    public ImmutableArray<string> Traces { get; init; } = [];

    /// <summary>What it printed.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>As a result of the file: a test that does not pass has its own name for a message.</summary>
    public CheckResult ToResult()
    {
        ImmutableArray<ResultMessage> messages = [new(Name)];
        return new CheckResult
        {
            FileName = File,
            Namespace = "",
            Successes = Verdict == RegoTestVerdict.Pass ? 1 : 0,
            Failures = Verdict == RegoTestVerdict.Fail ? messages : [],
            Skipped = Verdict == RegoTestVerdict.Skip ? messages : [],
            Queries =
            [
                new QueryResult(Name[(Name.LastIndexOf('.') + 1)..], Verdict == RegoTestVerdict.Pass, Traces, Outputs),
            ],
        };
    }
}
