using System.Text;
using Plumbline.Policies.Checks;
using Plumbline.Rego;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>The gate over <c>content/checks</c>: cases hold, each kind of verdict is among them, patches repair.</summary>
public sealed class The_shipped_checks
{
    private static string Content => Repository.Path("content");

    private static Task<RegoChecks> LoadAsync() =>
        CheckLibrary.LoadAsync(Content, new EvaluationOptions(), TestContext.Current.CancellationToken);

    [Fact]
    public async Task Say_what_their_cases_expect()
    {
        var checks = await LoadAsync();
        var faults = new StringBuilder();
        foreach (var test in CheckCase.All(Content))
        {
            if (test.Refute(checks) is { } fault)
            {
                faults.AppendLine($"{test}: {fault}");
            }
        }

        Assert.Equal("", faults.ToString());
    }

    [Fact]
    public async Task Have_a_case_for_every_verdict()
    {
        var checks = await LoadAsync();
        var cases = CheckCase.All(Content).ToLookup(c => c.Check);
        Assert.All(
            checks.Instances,
            instance =>
                Assert.Equal(
                    ["fail", "not_applicable", "pass", "unknown"],
                    cases[instance.Check.Id].Select(c => c.Expect).Distinct().Order(StringComparer.Ordinal)
                )
        );
    }
}
