using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Tests.Assessments;

public sealed class Assessor_run
{
    private static readonly CheckInstance[] Instances =
    [
        Estate.Instance("one", "t/1"),
        Estate.Instance("two", "t/1", "t/2"),
        Estate.Instance("none", "t/3"),
    ];

    private static readonly Resource[] Resources =
    [
        .. Enumerable.Range(0, 1_500).Select(i => Estate.Resource("t/1", $"r{i}")),
        .. Enumerable.Range(0, 7).Select(i => Estate.Resource("t/2", $"r{i}")),
    ];

    [Fact]
    public void Asks_every_selected_instance_of_every_resource_of_its_types()
    {
        var assessment = Assess(new Scripted(Verdicts));

        Assert.Equal(1_500 + 1_507, assessment.Findings.Count);
        Assert.Equal(AssessmentState.Complete, assessment.State);
        Assert.Equal(["none", "one", "two"], assessment.Instances.Select(i => i.Label));
        Assert.All(assessment.Findings.All, f => Assert.Equal(Verdicts(f.Instance, f.Resource).Verdict, f.Verdict));
    }

    [Fact]
    public void Gives_the_same_whatever_the_number_of_threads()
    {
        var expected = Shown(Assess(new Scripted(Verdicts), workers: 1));

        Assert.All([2, 3, 16], workers => Assert.Equal(expected, Shown(Assess(new Scripted(Verdicts), workers))));
    }

    [Fact]
    public void Asks_only_what_was_selected()
    {
        var input = Input(new Scripted(Verdicts)) with { Selection = ["one"] };
        var assessment = Assessor.Assess(input, null, TestContext.Current.CancellationToken);

        Assert.Equal(["one"], assessment.Instances.Select(i => i.Label));
        Assert.Equal(1_500, assessment.Findings.Count);
    }

    [Fact]
    public void Counts_findings_checks_and_names_what_each_count_is_of()
    {
        var counts = Assess(new Scripted(Verdicts)).Counts;

        Assert.Equal(3_007, counts.Findings.Total);
        Assert.Equal(
            new VerdictCount(Total: 3, Pass: 0, Fail: 2, Unknown: 0, NotApplicable: 1, Waived: 0),
            counts.Checks
        );
    }

    [Fact]
    public void Leaves_what_was_not_judged_unknown_when_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var judged = 0;
        var assessment = Assess(
            new Scripted(
                (i, r) =>
                {
                    if (++judged == 300)
                    {
                        stop.Cancel();
                    }

                    return Finding.Pass(i, r);
                }
            ),
            workers: 1,
            cancel: stop.Token
        );

        Assert.Equal(AssessmentState.Interrupted, assessment.State);
        Assert.Equal(3_007, assessment.Findings.Count);
        Assert.Equal(300, assessment.Counts.Findings.Pass);
        Assert.Equal(2_707, assessment.Counts.Findings.Unknown);
        Assert.All(assessment.Findings.Rows, f => Assert.Equal(UnknownCause.SkippedByTool, f.Cause));
    }

    [Fact]
    public void Takes_a_front_end_that_stops_in_mid_pair_for_interrupted()
    {
        using var stop = new CancellationTokenSource();
        var assessment = Assess(
            new Scripted(
                (i, r) =>
                {
                    stop.Cancel();
                    stop.Token.ThrowIfCancellationRequested();
                    return Finding.Pass(i, r);
                }
            ),
            cancel: stop.Token
        );

        Assert.Equal(assessment.Findings.Count, assessment.Counts.Findings.Unknown);
    }

    [Fact]
    public void Is_complete_where_the_stop_came_after_the_last_pair()
    {
        using var stop = new CancellationTokenSource();
        var assessment = Assessor.Assess(
            Estate.Input([Instances[0]], Estate.Snapshot([Resources[0]])) with
            {
                Policies = new Scripted(
                    (i, r) =>
                    {
                        stop.Cancel();
                        return Finding.Pass(i, r);
                    }
                )
                {
                    Instances = [Instances[0]],
                },
            },
            null,
            stop.Token
        );

        Assert.Equal(AssessmentState.Complete, assessment.State);
    }

    [Fact]
    public void Throws_what_a_front_end_throws_and_names_the_pair()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() =>
            Assess(
                new Scripted((i, r) => r.Key.Primary == "r1234" ? throw new FormatException("no") : Finding.Pass(i, r))
            )
        );

        Assert.EndsWith("on `repo:example.org/shop//deploy;k8s/-|t/1|r1234` threw", thrown.Message);
        Assert.IsType<FormatException>(thrown.InnerException);
    }

    [Fact]
    public void Throws_where_a_front_end_gives_up_without_being_told_to() =>
        Assert.Throws<InvalidOperationException>(() =>
            Assess(new Scripted((_, _) => throw new OperationCanceledException()))
        );

    [Fact]
    public void Throws_where_a_finding_contradicts_itself() =>
        Assert.Throws<InvalidOperationException>(() =>
            Assess(new Scripted((i, r) => Finding.Pass(i, r) with { Cause = UnknownCause.Error }))
        );

    [Fact]
    public void Has_room_for_policies_that_nest_deeply()
    {
        var assessment = Assess(
            new Scripted((i, r) => Depth(12_000) == 0 ? Finding.NotApplicable(i, r) : Finding.Pass(i, r))
        );

        Assert.Equal(assessment.Findings.Count, assessment.Counts.Findings.Pass);
    }

    [Fact]
    public void Tells_how_far_it_is_and_ends_with_all()
    {
        var told = new Told();
        _ = Assessor.Assess(Input(new Scripted(Verdicts)), told, TestContext.Current.CancellationToken);

        Assert.Equal(told.Reports.OrderBy(r => r.Evaluated), told.Reports);
        Assert.Equal(new AssessmentProgress(3_007, 3_007), told.Reports[^1]);
    }

    /// <summary>About 1 KiB of stack a level.</summary>
    private static int Depth(int levels)
    {
        Span<byte> taken = stackalloc byte[1_000];
        taken.Fill(1);
        return levels == 0 ? taken[999] : Depth(levels - 1) + taken[0];
    }

    private static Finding Verdicts(CheckInstance i, Resource r) =>
        (i.Check.Id.Length + r.Key.Text.Sum(c => c)) switch
        {
            var n when n % 13 == 0 => Estate.Fail(i, r),
            var n when n % 11 == 0 => Estate.Unknown(i, r),
            var n when n % 7 == 0 => Finding.NotApplicable(i, r),
            _ => Finding.Pass(i, r),
        };

    private static string[] Shown(Assessment assessment) =>
        [
            .. assessment.Findings.All.Select(f => $"{f.Instance} {f.Resource.Key} {f.Verdict}"),
            $"{assessment.Counts.Findings}",
        ];

    private static AssessmentInput Input(Scripted policies) =>
        Estate.Input([], Estate.Snapshot(Resources)) with
        {
            Policies = policies,
        };

    private static Assessment Assess(Scripted policies, int workers = 4, CancellationToken cancel = default) =>
        Assessor.Assess(Input(policies), null, workers, cancel);

    private sealed class Scripted(Func<CheckInstance, Resource, Finding> say) : IPolicySource
    {
        public ImmutableArray<CheckInstance> Instances { get; init; } = [.. Assessor_run.Instances];

        public ImmutableSortedDictionary<string, string> Digests { get; } =
            ImmutableSortedDictionary<string, string>.Empty;

        public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel) =>
            say(instance, resource);
    }

    private sealed class Told : IProgress<AssessmentProgress>
    {
        public List<AssessmentProgress> Reports { get; } = [];

        public void Report(AssessmentProgress value) => Reports.Add(value);
    }
}
