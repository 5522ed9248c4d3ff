using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Tests.Frameworks;

/// <summary>CONTRACTS §2, "Requirement", sentence by sentence.</summary>
public sealed class Requirement_status
{
    private static readonly CheckInstance First = Estate.Instance("first", "t/1");
    private static readonly CheckInstance Second = Estate.Instance("second", "t/1");
    private static readonly Resource A = Estate.Resource("t/1", "a");
    private static readonly Resource B = Estate.Resource("t/1", "b");

    [Fact]
    public void Is_fail_where_any_finding_fails_whatever_else_is_unknown() =>
        Is(
            RequirementStatus.Fail,
            "1 of 2 checks fails; 1 of 2 checks is unknown",
            Judge(Coverage.Full, [Estate.Fail(First, A), Estate.Unknown(Second, A), Pass(First, B), Pass(Second, B)])
        );

    [Fact]
    public void Is_unknown_where_one_finding_is_among_passes() =>
        Is(
            RequirementStatus.Unknown,
            "1 of 2 checks is unknown",
            Judge(Coverage.Full, [Pass(First, A), Pass(First, B), Pass(Second, A), Estate.Unknown(Second, B)])
        );

    [Fact]
    public void Is_unknown_where_a_pair_was_not_judged() =>
        Is(
            RequirementStatus.Unknown,
            "1 of 2 checks is unknown",
            Judge(Coverage.Full, [Pass(First, A), Pass(First, B), Pass(Second, A)])
        );

    [Fact]
    public void Is_pass_where_all_findings_pass_and_checks_alone_decide() =>
        Is(RequirementStatus.Pass, "", Judge(Coverage.Full, AllPass));

    [Fact]
    public void Is_pass_where_one_finding_passes_and_the_others_are_not_applicable() =>
        Is(
            RequirementStatus.Pass,
            "",
            Judge(
                Coverage.Full,
                [Pass(First, A), NotApplicable(First, B), NotApplicable(Second, A), NotApplicable(Second, B)]
            )
        );

    [Fact]
    public void Is_unknown_where_a_gap_touches_a_type_that_a_deciding_check_asks_about() =>
        Is(
            RequirementStatus.Unknown,
            "Not read: deploy/web.yaml:3:1: expected a mapping, got a list",
            Judge(Coverage.Full, AllPass, gaps: [Estate.Gap("t/1")])
        );

    [Theory]
    [InlineData("t/2")]
    [InlineData("u/*")]
    [InlineData("")]
    public void Is_not_touched_by_a_gap_of_other_types(string type) =>
        Is(RequirementStatus.Pass, "", Judge(Coverage.Full, AllPass, gaps: [Estate.Gap(type)]));

    [Theory]
    [InlineData("t/*")]
    [InlineData("*")]
    public void Is_touched_by_a_gap_of_many_types(string types) =>
        Assert.Equal(RequirementStatus.Unknown, Judge(Coverage.Full, AllPass, gaps: [Estate.Gap(types)]).Raw);

    [Fact]
    public void Names_three_gaps_and_counts_the_others() =>
        Is(
            RequirementStatus.Unknown,
            "Not read: a.yaml, b.yaml, c.yaml and 2 more",
            Judge(Coverage.Full, AllPass, gaps: [.. "ebadc".Select(c => Estate.Gap("t/1", $"{c}.yaml"))])
        );

    [Theory]
    [InlineData(Coverage.Partial)]
    [InlineData(Coverage.Manual)]
    [InlineData(null)]
    public void Is_unknown_where_an_attestation_is_missing(Coverage? coverage) =>
        Is(RequirementStatus.Unknown, "Nobody has attested what no check can see", Judge(coverage, AllPass));

    [Fact]
    public void Is_unknown_where_the_attestation_has_expired() =>
        Is(
            RequirementStatus.Unknown,
            "The attestation by Ines Duarte was valid until 24 Mar 2026",
            Judge(Coverage.Partial, AllPass, attested: Estate.Now)
        );

    [Fact]
    public void Is_pass_where_findings_pass_and_an_attestation_is_in_force()
    {
        var result = Judge(null, AllPass, attested: Estate.Now.AddTicks(1));

        Is(RequirementStatus.Pass, "", result);
        Assert.Equal("AT-R1", result.Attested?.Id);
        Assert.Equal(["first", "second"], result.Decided);
    }

    [Fact]
    public void Is_pass_by_an_attestation_alone_where_no_check_answers()
    {
        var result = Judge(null, AllPass, attested: Estate.Now.AddDays(1), rows: []);

        Is(RequirementStatus.Pass, "", result);
        Assert.Equal(Coverage.Manual, result.Coverage);
    }

    [Fact]
    public void Is_not_saved_by_an_attestation_where_a_finding_fails() =>
        Is(
            RequirementStatus.Fail,
            "1 of 2 checks fails",
            Judge(
                Coverage.Manual,
                [Estate.Fail(First, A), Pass(First, B), Pass(Second, A), Pass(Second, B)],
                attested: Estate.Now.AddDays(1)
            )
        );

    [Fact]
    public void Is_not_decided_by_an_attestation_where_checks_alone_decide() =>
        Is(
            RequirementStatus.Unknown,
            "Nothing in scope is subject to it, and the boundary does not say why",
            Judge(Coverage.Full, NothingApplies, attested: Estate.Now.AddDays(1))
        );

    [Fact]
    public void Is_not_applicable_only_where_the_boundary_says_why()
    {
        Is(
            RequirementStatus.NotApplicable,
            "Nothing in scope is subject to it: no workloads here",
            Judge(Coverage.Full, NothingApplies, outside: "no workloads here")
        );
        Is(
            RequirementStatus.NotApplicable,
            "Nothing in scope is subject to it: no workloads here",
            Judge(Coverage.Partial, NothingApplies, outside: "no workloads here")
        );
        Assert.Equal(RequirementStatus.Unknown, Judge(Coverage.Full, NothingApplies).Raw);
    }

    [Fact]
    public void Is_not_excused_by_the_boundary_where_something_applies() =>
        Assert.Equal(
            [RequirementStatus.Fail, RequirementStatus.Unknown, RequirementStatus.Unknown],
            [
                Judge(Coverage.Full, [Estate.Fail(First, A)], outside: "no workloads here").Raw,
                Judge(Coverage.Partial, AllPass, outside: "no workloads here").Raw,
                Judge(Coverage.Full, NothingApplies, gaps: [Estate.Gap("t/1")], outside: "no workloads here").Raw,
            ]
        );

    [Fact]
    public void Is_unknown_where_a_deciding_check_was_not_asked() =>
        Is(
            RequirementStatus.Unknown,
            "Not asked: third",
            Judge(Coverage.Full, AllPass, rows: [("R1", "first"), ("R1", "third")])
        );

    [Fact]
    public void Is_decided_by_every_instance_of_a_check()
    {
        var strict = First with { Name = "strict" };
        var result = Judge(
            Coverage.Full,
            [Pass(First, A), Pass(First, B), Estate.Fail(strict, A), Pass(strict, B)],
            rows: [("R1", "first")],
            instances: [First, strict]
        );

        Is(RequirementStatus.Fail, "1 of 2 checks fails", result);
        Assert.Equal(["first", "first[strict]"], result.Decided);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Is_not_decided_by_a_row_that_is_not_both_primary_and_reviewed(bool primary, bool reviewed)
    {
        var framework = Estate.Framework([new("R1", "")]) with
        {
            Mappings = [new MappingRow("R1", "first", primary, reviewed)],
        };
        var result = Judge(framework, [Estate.Fail(First, A)], [First, Second], [], [], null, null);

        Assert.Equal(RequirementStatus.Unknown, result.Raw);
        Assert.Equal(Coverage.Manual, result.Coverage);
        Assert.Empty(result.Decided);
    }

    [Fact]
    public void Is_waived_where_every_failure_is_and_nothing_else_is_wrong()
    {
        var fail = Estate.Fail(First, A);
        var result = Judge(
            Coverage.Full,
            [fail, Pass(First, B), Pass(Second, A), Pass(Second, B)],
            waivers: [Estate.Waiver("E-12", fail.Parts[0])]
        );

        Assert.Equal(RequirementStatus.Fail, result.Raw);
        Assert.Equal(RequirementStatus.Waived, result.Effective);
        Assert.Equal(1, result.Exceptions);
        Assert.Equal("Pass with 1 exception, waived until 2 Apr 2026 (E-12)", result.Reason);
    }

    [Fact]
    public void Is_not_waived_while_something_is_unknown()
    {
        var fail = Estate.Fail(First, A);
        var result = Judge(
            Coverage.Full,
            [fail, Pass(First, B), Estate.Unknown(Second, A), Pass(Second, B)],
            waivers: [Estate.Waiver("E-12", fail.Parts[0])]
        );

        Assert.Equal(RequirementStatus.Unknown, result.Effective);
        Assert.Equal("1 finding fails, waived until 2 Apr 2026 (E-12); 1 of 2 checks is unknown", result.Reason);
    }

    [Fact]
    public void Is_not_waived_where_one_certain_part_is_not()
    {
        var fail = Estate.Fail(First, A, Estate.Part(First, A, "it"), Estate.Part(First, A, "that"));
        var all = new[] { fail, Pass(First, B), Pass(Second, A), Pass(Second, B) };

        var one = Judge(Coverage.Full, all, waivers: [Estate.Waiver("E-1", fail.Parts[0])]);
        var both = Judge(
            Coverage.Full,
            all,
            waivers: [Estate.Waiver("E-1", fail.Parts[0]), Estate.Waiver("E-2", fail.Parts[1])]
        );

        Assert.Equal((RequirementStatus.Fail, 0), (one.Effective, one.Exceptions));
        Assert.Equal((RequirementStatus.Waived, 1), (both.Effective, both.Exceptions));
    }

    [Fact]
    public void Is_waived_without_regard_to_parts_that_only_may_hold()
    {
        var fail = Estate.Fail(First, A, Estate.Part(First, A, "it"), Estate.Part(First, A, "that", isCertain: false));
        var result = Judge(
            Coverage.Full,
            [fail, Pass(First, B), Pass(Second, A), Pass(Second, B)],
            waivers: [Estate.Waiver("E-1", fail.Parts[0])]
        );

        Assert.Equal(RequirementStatus.Waived, result.Effective);
    }

    [Fact]
    public void Is_given_for_demands_and_not_for_headings()
    {
        var framework = Estate.Framework([
            new("R", ""),
            new("R.1", "") { Parent = "R" },
            new("R.2", "") { Parent = "R" },
        ]);
        var input = Estate.Input([], Estate.Snapshot([])) with { Frameworks = [framework] };
        var assessment = Estate.Judge(input);

        Assert.Equal(["R.1", "R.2"], assessment.Frameworks["fw"].Select(r => r.Requirement.Id));
        Assert.Equal(2, assessment.Counts.Requirements["fw"].Total);
    }

    private static IEnumerable<Finding> AllPass => [Pass(First, A), Pass(First, B), Pass(Second, A), Pass(Second, B)];

    private static IEnumerable<Finding> NothingApplies =>
        [NotApplicable(First, A), NotApplicable(First, B), NotApplicable(Second, A), NotApplicable(Second, B)];

    private static Finding Pass(CheckInstance instance, Resource resource) => Finding.Pass(instance, resource);

    private static Finding NotApplicable(CheckInstance instance, Resource resource) =>
        Finding.NotApplicable(instance, resource);

    /// <summary>Without waivers both statuses are the same.</summary>
    private static void Is(RequirementStatus status, string reason, RequirementResult result) =>
        Assert.Equal((status, status, reason), (result.Raw, result.Effective, result.Reason));

    private static RequirementResult Judge(
        Coverage? coverage,
        IEnumerable<Finding> findings,
        ImmutableArray<Gap>? gaps = null,
        DateTimeOffset? attested = null,
        string? outside = null,
        ImmutableArray<Core.Waivers.Waiver>? waivers = null,
        (string, string)[]? rows = null,
        CheckInstance[]? instances = null
    ) =>
        Judge(
            Estate.Framework(
                [new Requirement("R1", "A requirement") { Coverage = coverage }],
                rows ?? [("R1", "first"), ("R1", "second")]
            ),
            findings,
            instances ?? [First, Second],
            gaps ?? [],
            waivers ?? [],
            attested,
            outside
        );

    private static RequirementResult Judge(
        Framework framework,
        IEnumerable<Finding> findings,
        CheckInstance[] instances,
        ImmutableArray<Gap> gaps,
        ImmutableArray<Core.Waivers.Waiver> waivers,
        DateTimeOffset? attested,
        string? outside
    )
    {
        var input = Estate.Input(instances, Estate.Snapshot([A, B], [.. gaps])) with
        {
            Frameworks = [framework],
            Waivers = waivers,
            Attestations = attested is { } expires ? [Estate.Attestation("R1", expires)] : [],
            OutOfBoundary = outside is null
                ? ImmutableSortedDictionary<string, string>.Empty
                : ImmutableSortedDictionary<string, string>.Empty.Add("fw/R1", outside),
        };
        return Estate.Judge(input, findings).Frameworks["fw"].Single();
    }
}
