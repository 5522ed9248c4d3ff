using Microsoft.Extensions.Time.Testing;
using Plumbline.Core.Judging;
using Plumbline.Rego;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>Policies are guests: what one of them does costs an unknown on its item, and nothing else (CONTRACTS §2, §6).</summary>
public sealed class A_check_that_goes_wrong
{
    private const string Endless = """
        deny contains "no" if {
        	some a in numbers.range(1, 1000)
        	some b in numbers.range(1, 1000)
        	some c in numbers.range(1, 1000)
        	a + b + c < 0
        }
        """;

    private const string Contradicting = """
        level := 1 if input.a == true

        level := 2 if input.b == true

        deny contains "no" if level > 1
        """;

    private static readonly EvaluationOptions Small = new() { Limits = Limits.Default with { MaxSteps = 10_000 } };

    [Fact]
    public async Task Is_unknown_for_its_budget_where_it_would_not_end()
    {
        using var library = new LibraryFolder().Check("endless", Endless);
        var finding = (await library.LoadAsync(Small)).Judge("endless", Things.Resource("{}"));
        Assert.Equal((Verdict.Unknown, UnknownCause.Budget), (finding.Verdict, finding.Cause));
        Assert.Equal(["the evaluation needs more than 10,000 steps"], finding.Causes);
        Assert.Empty(finding.Parts);
        Assert.False(finding.IsNotReplayable);
    }

    [Fact]
    public async Task Is_unknown_for_its_budget_where_its_values_would_not_end()
    {
        const string growing = """
            deny contains "no" if {
            	text := concat("", [sprintf("%0100d", [i]) | some i in numbers.range(1, 1000)])
            	text == ""
            }
            """;
        using var library = new LibraryFolder().Check("growing", growing);
        var options = new EvaluationOptions { Limits = Limits.Default with { MaxValueBytes = 10_000 } };
        var finding = (await library.LoadAsync(options)).Judge("growing", Things.Resource("{}"));
        Assert.Equal((Verdict.Unknown, UnknownCause.Budget), (finding.Verdict, finding.Cause));
        Assert.False(finding.IsNotReplayable);
    }

    [Theory]
    [InlineData("numbers.range(1, 1000000000000)")]
    [InlineData("numbers.range_step(1, 1000000000000, 7)")]
    public async Task Is_unknown_for_its_budget_where_one_call_would_fill_the_memory(string call)
    {
        using var library = new LibraryFolder().Check("greedy", $"deny contains \"no\" if count({call}) > 0");
        var finding = (await library.LoadAsync()).Judge("greedy", Things.Resource("{}"));
        Assert.Equal((Verdict.Unknown, UnknownCause.Budget), (finding.Verdict, finding.Cause));
    }

    [Fact]
    public async Task Says_where_two_of_its_rules_contradict_each_other()
    {
        using var library = new LibraryFolder().Check("contradicting", Contradicting);
        var finding = (await library.LoadAsync()).Judge("contradicting", Things.Resource("""{"a": true, "b": true}"""));
        Assert.Equal((Verdict.Unknown, UnknownCause.Error), (finding.Verdict, finding.Cause));
        Assert.StartsWith("checks/area/contradicting.rego:15: eval_conflict_error: ", Assert.Single(finding.Causes));
        Assert.False(finding.IsNotReplayable);
    }

    [Fact]
    public async Task Goes_wrong_only_where_it_does()
    {
        using var library = new LibraryFolder().Check("contradicting", Contradicting);
        var checks = await library.LoadAsync();
        Assert.Equal(Verdict.Pass, checks.Judge("contradicting", Things.Resource("""{"a": true}""")).Verdict);
        Assert.Equal(Verdict.Fail, checks.Judge("contradicting", Things.Resource("""{"b": true}""")).Verdict);
    }

    [Fact]
    public async Task Leaves_the_others_as_they_are()
    {
        using var library = new LibraryFolder()
            .Check("contradicting", Contradicting)
            .Check("endless", Endless)
            .Check("sound", "deny contains \"no\" if input.a == true");
        var checks = await library.LoadAsync(Small);
        var resource = Things.Resource("""{"a": true, "b": true}""");
        Assert.Equal(
            [Verdict.Unknown, Verdict.Unknown, Verdict.Fail],
            checks.Instances.Select(i => checks.Judge(i.Check.Id, resource).Verdict)
        );
    }

    [Fact]
    public async Task Keeps_no_part_that_it_found_before()
    {
        using var library = new LibraryFolder().Check("both", $"deny contains \"first\"\n\n{Endless}");
        var finding = (await library.LoadAsync(Small)).Judge("both", Things.Resource("{}"));
        Assert.Equal(Verdict.Unknown, finding.Verdict);
        Assert.Empty(finding.Parts);
    }

    [Fact]
    public async Task Is_not_replayable_where_the_clock_on_the_wall_ended_it()
    {
        using var library = new LibraryFolder().Check("endless", Endless);
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(3) };
        var finding = (await library.LoadAsync(new EvaluationOptions { Time = time })).Judge(
            "endless",
            Things.Resource("{}")
        );
        Assert.Equal((Verdict.Unknown, UnknownCause.Budget), (finding.Verdict, finding.Cause));
        Assert.True(finding.IsNotReplayable);
        Assert.Equal(["the evaluation needs more than 5 s"], finding.Causes);
    }

    [Fact]
    public async Task Ends_when_the_run_is_cancelled()
    {
        using var library = new LibraryFolder().Check("endless", Endless);
        var checks = await library.LoadAsync();
        var resource = Things.Resource("{}");
        Assert.ThrowsAny<OperationCanceledException>(() =>
            checks.Evaluate(checks.Instances[0], resource, Things.Scope([resource]), new CancellationToken(true))
        );
    }

    [Fact]
    public async Task Is_not_asked_where_it_does_not_apply()
    {
        using var library = new LibraryFolder().Check("endless", $"applies if input.kind == \"loop\"\n\n{Endless}");
        var finding = (await library.LoadAsync(Small)).Judge("endless", Things.Resource("{}"));
        Assert.Equal(Verdict.NotApplicable, finding.Verdict);
    }
}
