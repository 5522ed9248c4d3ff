using Plumbline.Rego;

namespace Plumbline.Conformance.Tests;

/// <summary>The outside suites as they came: how much of each passes, and that nothing fails but what is owed.</summary>
public sealed class The_suites
{
    /// <summary>Suite, file, the share of its lines that must pass (as the issues ask), in per cent.</summary>
    public static TheoryData<string, string, int> All =>
        new()
        {
            { "conftest", "conformance/conftest/cases.jsonl", 66 }, // all YAML and JSON cases; the others want parsers
            { "rego", "conformance/rego/cases.jsonl", 80 },
        };

    [Theory]
    [MemberData(nameof(All))]
    public void Pass_but_for_what_is_owed(string name, string file, int floor)
    {
        var run = Run(name, file, new SuiteOptions());

        Assert.Empty(run.Unexpected);
        Assert.Empty(run.Stale);
        Assert.Empty(run.Idle);
        var all = run.Passed + run.Failed + run.Skipped;
        Assert.True(run.Passed * 100 >= all * floor, $"{run.Passed} of {all} pass, which is less than {floor} %");
    }

    [Theory]
    [InlineData(nameof(Plan.Closures), true)]
    [InlineData(nameof(Plan.TreeWalker), false)]
    [InlineData(nameof(Plan.TreeWalker), true)]
    public void Of_Rego_pass_alike_in_every_way_to_evaluate(string plan, bool tracking)
    {
        var run = Run("rego", "conformance/rego/cases.jsonl", new SuiteOptions(Enum.Parse<Plan>(plan), tracking));

        Assert.Empty(run.Unexpected);
        Assert.Empty(run.Stale);
    }

    private static SuiteRun Run(string name, string file, SuiteOptions options) =>
        SuiteRun.Of(Suites.Find(name)!, Shared.Path(file), options);
}
