using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Tests.Judging;

public sealed class Gate_result
{
    private static readonly CheckInstance High = Estate.Instance("high", "t/1");
    private static readonly Resource A = Estate.Resource("t/1", "a");

    [Theory]
    [InlineData("critical", 0)]
    [InlineData("high", 1)]
    [InlineData("medium", 1)]
    [InlineData("low", 1)]
    [InlineData("none", 0)]
    public void Fails_on_a_failure_as_severe_as_asked(string word, int exitCode)
    {
        var level = Gate.Levels.Single(l => l.Word == word).Level;

        Assert.Equal(exitCode, Judge(new Gate(level), Estate.Fail(High, A)).ExitCode);
    }

    [Fact]
    public void Fails_on_high_unless_told_otherwise()
    {
        var result = Judge(new Gate(), Estate.Fail(High, A));

        Assert.True(result.Failed);
        Assert.Equal(["1 finding of severity high or worse fails"], result.Reasons);
    }

    [Theory]
    [InlineData(Enforcement.Warn)]
    [InlineData(Enforcement.Audit)]
    public void Passes_what_only_warns_or_audits(Enforcement enforcement)
    {
        var result = Judge(new Gate(), Estate.Fail(High, A, Estate.Part(High, A, "it", enforcement)));

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Reasons);
    }

    [Fact]
    public void Looks_at_parts_and_not_at_findings()
    {
        var fail = Estate.Fail(High, A, Estate.Part(High, A, "it"), Estate.Part(High, A, "that", Enforcement.Warn));

        Assert.Equal(1, Judge(new Gate(), fail).ExitCode);
        Assert.Equal(0, Judge(new Gate(), [fail], [Estate.Waiver("E-1", fail.Parts[0])]).ExitCode);
        Assert.Equal(1, Judge(new Gate(), [fail], [Estate.Waiver("E-1", fail.Parts[1])]).ExitCode);
    }

    [Fact]
    public void Fails_again_once_the_waiver_has_expired()
    {
        var fail = Estate.Fail(High, A);

        Assert.Equal(1, Judge(new Gate(), [fail], [Estate.Waiver("E-1", fail.Parts[0], Estate.Now)]).ExitCode);
    }

    [Theory]
    [InlineData(UnknownHandling.Report, 0)]
    [InlineData(UnknownHandling.Fail, 3)]
    public void Is_incomplete_by_an_unknown_or_a_gap_only_where_they_count(UnknownHandling unknown, int exitCode)
    {
        Assert.Equal(exitCode, Judge(new Gate(Unknown: unknown), Estate.Unknown(High, A)).ExitCode);
        Assert.Equal(exitCode, Judge(new Gate(Unknown: unknown), Finding.Pass(High, A), Estate.Gap("")).ExitCode);
    }

    [Fact]
    public void Is_incomplete_where_a_part_that_enforces_may_hold()
    {
        var strict = new Gate(Unknown: UnknownHandling.Fail);

        Assert.Equal(3, Judge(strict, Possible(Enforcement.Enforce)).ExitCode);
        Assert.Equal(0, Judge(strict, Possible(Enforcement.Warn)).ExitCode);
        Assert.Equal(
            3,
            Judge(
                strict,
                Estate.Fail(
                    High,
                    A,
                    Estate.Part(High, A, "that", Enforcement.Warn),
                    Estate.Part(High, A, "it", isCertain: false)
                )
            ).ExitCode
        );
    }

    [Fact]
    public void Is_incomplete_by_an_error_whatever_the_parts_say()
    {
        var part = Estate.Part(High, A, "it", Enforcement.Warn, isCertain: false);

        Assert.Equal(
            3,
            Judge(new Gate(Unknown: UnknownHandling.Fail), Estate.Unknown(High, A, UnknownCause.Error, part)).ExitCode
        );
    }

    [Fact]
    public void Is_incomplete_where_pairs_were_not_judged_even_if_unknowns_are_only_reported()
    {
        var result = Judge(new Gate(), []);

        Assert.Equal((3, true, false), (result.ExitCode, result.Incomplete, result.Failed));
        Assert.Equal(["interrupted: 1 finding not judged"], result.Reasons);
    }

    [Fact]
    public void Is_failed_rather_than_incomplete()
    {
        var result = Judge(new Gate(Unknown: UnknownHandling.Fail), Estate.Fail(High, A), Estate.Gap("t/1"));

        Assert.Equal((1, true, true), (result.ExitCode, result.Failed, result.Incomplete));
        Assert.Equal(["1 finding of severity high or worse fails", "1 gap in what was read"], result.Reasons);
    }

    [Fact]
    public void In_audit_says_the_same_and_lets_everybody_through()
    {
        var result = Judge(new Gate(Audit: true), Estate.Fail(High, A));

        Assert.Equal((0, true), (result.ExitCode, result.Failed));
        Assert.Equal(["1 finding of severity high or worse fails"], result.Reasons);
        Assert.Equal(0, Judge(new Gate(Audit: true), []).ExitCode);
    }

    private static Finding Possible(Enforcement enforcement) =>
        Estate.Unknown(High, A, UnknownCause.UnknownValue, Estate.Part(High, A, "it", enforcement, isCertain: false));

    private static GateResult Judge(Gate gate, Finding finding, params Gap[] gaps) => Judge(gate, [finding], [], gaps);

    private static GateResult Judge(
        Gate gate,
        IEnumerable<Finding> findings,
        IEnumerable<Waiver>? waivers = null,
        params Gap[] gaps
    )
    {
        var input = Estate.Input([High], Estate.Snapshot([A], gaps)) with { Waivers = [.. waivers ?? []] };
        return gate.Judge(Estate.Judge(input, findings));
    }
}
