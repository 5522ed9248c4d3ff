using System.Collections.Immutable;
using CsCheck;
using Plumbline.Core.Assessments;
using Plumbline.Core.Attestations;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Tests.Judging;

/// <summary>The laws of CONTRACTS §2, for every aggregator at once: requirements, the three counts, the gate.</summary>
/// <remarks>What the statuses are, and not only how they move, is said in <see cref="Frameworks.Requirement_status"/> and its neighbours.</remarks>
public sealed class Laws
{
    /// <summary>Of each law that says that nothing is raised.</summary>
    private const int Cases = 100_000;

    /// <summary>Of the others.</summary>
    private const int FewerCases = 20_000;

    private static readonly ImmutableArray<UnknownHandling> Handlings = [UnknownHandling.Report, UnknownHandling.Fail];

    [Fact]
    public void Leaving_a_pair_out_never_makes_a_pass() =>
        Case
            .Any.Select(Gen.Int[0, Case.Pairs.Length - 1])
            .Sample(
                (c, pair) => NoBetterThanBefore(c.Judge(), (c with { Said = c.Said.SetItem(pair, 0) }).Judge()),
                iter: Cases
            );

    [Fact]
    public void A_pair_that_was_left_out_is_unknown() =>
        Case
            .Any.Select(Gen.Int[0, Case.Pairs.Length - 1])
            .Sample(
                (c, pair) =>
                {
                    var after = (c with { Said = c.Said.SetItem(pair, 0) }).Judge();
                    var (instance, resource) = Case.Pairs[pair];
                    var found = after.Findings.All.Single(f => f.Instance == instance && f.Resource == resource);
                    return found.Verdict == Verdict.Unknown
                        && after.Findings.Count == Case.Pairs.Length
                        && after.State == AssessmentState.Interrupted;
                },
                iter: 1_000
            );

    [Fact]
    public void Adding_a_gap_never_raises_anything() =>
        Case
            .Any.Select(Gen.Int[0, Case.AllGaps.Length - 1])
            .Sample((c, gap) => NothingRises(c.Judge(), (c with { Gaps = c.Gaps.Add(gap) }).Judge()), iter: Cases);

    [Fact]
    public void Adding_an_error_or_a_skipped_run_never_raises_anything() =>
        Case
            .Any.Select(Gen.Int[0, Case.Pairs.Length - 1], Case.AnyError)
            .Where((c, pair, _) => !Case.Fails(c.Said[pair]))
            .Sample(
                (c, pair, error) => NothingRises(c.Judge(), (c with { Said = c.Said.SetItem(pair, error) }).Judge()),
                iter: Cases
            );

    [Fact]
    public void An_error_in_place_of_a_failure_never_makes_a_pass() =>
        Case
            .Any.Select(Gen.Int[0, Case.Pairs.Length - 1], Case.AnyError)
            .Sample(
                (c, pair, error) =>
                {
                    var (before, after) = (c.Judge(), (c with { Said = c.Said.SetItem(pair, error) }).Judge());
                    return Results(before)
                            .Zip(Results(after))
                            .All(r =>
                                NoBetter(r.First.Raw, r.Second.Raw) && NoBetter(r.First.Effective, r.Second.Effective)
                            ) && CountsDoNotRise(before, after);
                },
                iter: FewerCases
            );

    [Fact]
    public void Order_does_not_matter() =>
        Case
            .Any.Select(Gen.Int)
            .Sample(
                (c, seed) =>
                {
                    var (left, right) = (c.Judge(), c.Judge(new Random(seed)));
                    return Results(left).Select(Shown).SequenceEqual(Results(right).Select(Shown))
                        && left.Counts.Findings == right.Counts.Findings
                        && left.Counts.Checks == right.Counts.Checks
                        && left.Findings.All.Select(f => (f.Instance.Label, f.Resource.Key, f.Verdict))
                            .SequenceEqual(
                                right.Findings.All.Select(f => (f.Instance.Label, f.Resource.Key, f.Verdict))
                            )
                        && Handlings.All(h =>
                            new Gate(Unknown: h)
                                .Judge(left)
                                .Reasons.SequenceEqual(new Gate(Unknown: h).Judge(right).Reasons)
                        );
                },
                iter: FewerCases
            );

    [Fact]
    public void A_waiver_never_changes_what_the_findings_say() =>
        Case.Any.Sample(
            c =>
            {
                var (with, without) = (c.Judge(), (c with { Waivers = [] }).Judge());
                return Results(with).Select(r => r.Raw).SequenceEqual(Results(without).Select(r => r.Raw))
                    && with.Counts.Findings with { Waived = 0 } == without.Counts.Findings
                    && with.Counts.Checks with { Waived = 0 } == without.Counts.Checks;
            },
            iter: FewerCases
        );

    [Fact]
    public void Waived_is_never_a_pass() =>
        Case.Any.Sample(
            c =>
                Results(c.Judge())
                    .All(r =>
                        (r.Effective == RequirementStatus.Pass) == (r.Raw == RequirementStatus.Pass)
                        && (
                            r.Effective != RequirementStatus.Waived
                            || (r.Raw == RequirementStatus.Fail && r.Exceptions > 0)
                        )
                    ),
            iter: FewerCases
        );

    [Fact]
    public void What_has_expired_changes_nothing() =>
        Case.Any.Sample(
            c =>
            {
                var (with, without) = (c.Judge(), c.WithoutExpired().Judge());
                return Results(with)
                        .Select(r => (r.Raw, r.Effective, r.Exceptions, r.Attested))
                        .SequenceEqual(Results(without).Select(r => (r.Raw, r.Effective, r.Exceptions, r.Attested)))
                    && with.Counts.Findings == without.Counts.Findings
                    && with.Counts.Checks == without.Counts.Checks
                    && Handlings.All(h => Passes(with, h) == Passes(without, h));
            },
            iter: FewerCases
        );

    [Fact]
    public void Every_count_adds_up_to_its_denominator() =>
        Case.Any.Sample(
            c =>
            {
                var counts = c.Judge().Counts;
                return Sums(counts.Findings, Case.Pairs.Length)
                    && Sums(counts.Checks, Case.Instances.Length)
                    && counts.Requirements["fw"] is var r
                    && r.Pass + r.Fail + r.Unknown + r.NotApplicable + r.Waived == Case.Requirements;
            },
            iter: FewerCases
        );

    private static bool Sums(VerdictCount count, int total) =>
        count.Total == total
        && count.Pass + count.Fail + count.Unknown + count.NotApplicable == total
        && count.Waived <= count.Fail;

    private static bool NoBetterThanBefore(Assessment before, Assessment after) =>
        Results(before)
            .Zip(Results(after))
            .All(r => NoBetter(r.First.Raw, r.Second.Raw) && NoBetter(r.First.Effective, r.Second.Effective))
        && CountsDoNotRise(before, after)
        && Handlings.All(h => !Passes(after, h) || Passes(before, h));

    /// <summary>A failure may become unknown; nothing becomes better than that.</summary>
    private static bool NoBetter(RequirementStatus before, RequirementStatus after) =>
        after is RequirementStatus.Fail or RequirementStatus.Unknown || after == before;

    private static bool NothingRises(Assessment before, Assessment after) =>
        Results(before)
            .Zip(Results(after))
            .All(r => Rank(r.Second.Raw) <= Rank(r.First.Raw) && Rank(r.Second.Effective) <= Rank(r.First.Effective))
        && CountsDoNotRise(before, after)
        && after.Counts.Findings.Fail >= before.Counts.Findings.Fail
        && after.Counts.Checks.Fail >= before.Counts.Checks.Fail
        && Handlings.All(h => !Passes(after, h) || Passes(before, h))
        && Handlings.All(h => new Gate(Unknown: h).Judge(after).Failed == new Gate(Unknown: h).Judge(before).Failed);

    private static bool CountsDoNotRise(Assessment before, Assessment after) =>
        after.Counts.Findings.Pass <= before.Counts.Findings.Pass
        && after.Counts.Checks.Pass <= before.Counts.Checks.Pass
        && after.Counts.Requirements["fw"].Pass <= before.Counts.Requirements["fw"].Pass;

    private static int Rank(RequirementStatus status) =>
        status switch
        {
            RequirementStatus.Fail => 0,
            RequirementStatus.Unknown => 1,
            RequirementStatus.NotApplicable => 2,
            RequirementStatus.Waived => 3,
            _ => 4,
        };

    private static ImmutableArray<RequirementResult> Results(Assessment assessment) => assessment.Frameworks["fw"];

    private static (string, RequirementStatus, RequirementStatus, string, int) Shown(RequirementResult r) =>
        (r.Requirement.Id, r.Raw, r.Effective, $"{r.Reason} {string.Join(' ', r.Decided)}", r.Exceptions);

    private static bool Passes(Assessment assessment, UnknownHandling unknown) =>
        new Gate(Unknown: unknown).Judge(assessment).ExitCode == 0;

    /// <summary>A small estate in which everything may be so or otherwise.</summary>
    private sealed record Case
    {
        public const int Requirements = 4;

        public static readonly ImmutableArray<CheckInstance> Instances =
        [
            Estate.Instance("c1", "t/1"),
            Estate.Instance("c2", "t/1", "t/2"),
            Estate.Instance("c2", "t/1", "t/2") with
            {
                Name = "strict",
            },
            Estate.Instance("c3", "t/2"),
            Estate.Instance("c4", "t/3"),
        ];

        private static readonly ImmutableArray<Resource> Resources =
        [
            Estate.Resource("t/1", "a"),
            Estate.Resource("t/1", "b"),
            Estate.Resource("t/2", "a"),
        ];

        public static readonly ImmutableArray<(CheckInstance Instance, Resource Resource)> Pairs =
        [
            .. Instances.SelectMany(i => Resources.Where(r => i.Check.AsksAbout(r.Key.Type)).Select(r => (i, r))),
        ];

        /// <summary>What may be said of each pair; the first is nothing.</summary>
        private static readonly ImmutableArray<ImmutableArray<Finding?>> Sayings =
        [
            .. Pairs.Select(p => Say(p.Instance, p.Resource)),
        ];

        /// <summary>Numbers of the sayings that are an error or a skipped run.</summary>
        public static readonly Gen<int> AnyError = Gen.Int[5, 6];

        public static readonly ImmutableArray<Gap> AllGaps =
        [
            Estate.Gap("t/1"),
            Estate.Gap("t/2", "deploy/b.yaml:1:1: expected text, got bytes"),
            Estate.Gap("t/3"),
            Estate.Gap("*"),
            Estate.Gap(""),
        ];

        private static readonly ImmutableArray<string> Fingerprints =
        [
            .. Sayings
                .SelectMany(s => s.OfType<Finding>().SelectMany(f => f.Parts))
                .Select(p => p.Fingerprint)
                .Distinct(),
        ];

        private static readonly Gen<ImmutableArray<int>> GenSaid = Gen.Frequency(
                (4, Gen.Const(1)),
                (3, Gen.Int[2, 4]),
                (1, Gen.Int[5, 7]),
                (1, Gen.Const(8))
            )
            .Array[Pairs.Length]
            .Select(s => s.ToImmutableArray());

        private static readonly Gen<ImmutableArray<Waiver>> GenWaivers = Gen.Select(
                Gen.Int[0, Fingerprints.Length - 1],
                Gen.Int[-1, 2]
            )
            .Select(
                (at, days) =>
                    new Waiver($"E-{at}", Fingerprints[at], Estate.Now.AddDays(days)) { Reason = "", ApprovedBy = "I" }
            )
            .Array[0, 12]
            .Select(w => w.ToImmutableArray());

        private static readonly Gen<ImmutableArray<Attestation>> GenAttestations = Gen.Select(
                Gen.Int[1, Requirements],
                Gen.Int[-1, 2]
            )
            .Select((r, days) => Estate.Attestation($"R{r}", Estate.Now.AddDays(days)))
            .Array[0, 4]
            .Select(a => a.ToImmutableArray());

        private static readonly Gen<Framework> GenFramework = Gen.Select(
            Gen.Int[0, 3].Array[Requirements],
            Gen.Select(Gen.Int[1, Requirements], Gen.Int[1, 5], Gen.Int[0, 5]).Array[0, 6],
            (coverage, rows) =>
                new Framework
                {
                    Id = "fw",
                    Title = "fw",
                    Digest = "",
                    Requirements =
                    [
                        .. coverage.Select(
                            (c, i) => new Requirement($"R{i + 1}", "") { Coverage = c == 3 ? null : (Coverage)c }
                        ),
                    ],
                    Mappings =
                    [
                        .. rows.DistinctBy(r => (r.Item1, r.Item2))
                            .Select(r => new MappingRow($"R{r.Item1}", $"c{r.Item2}", r.Item3 != 0, r.Item3 != 1)),
                    ],
                }
        );

        public static readonly Gen<Case> Any = Gen.Select(
            GenSaid,
            Gen.Int[0, AllGaps.Length - 1].Array[0, 2],
            GenWaivers,
            GenAttestations,
            GenFramework,
            Gen.Bool.Array[Requirements],
            (said, gaps, waivers, attestations, framework, outside) =>
                new Case
                {
                    Said = said,
                    Gaps = [.. gaps],
                    Waivers = waivers,
                    Attestations = attestations,
                    Framework = framework,
                    Outside = [.. outside],
                }
        );

        public required ImmutableArray<int> Said { get; init; }

        public required ImmutableArray<int> Gaps { get; init; }

        public required ImmutableArray<Waiver> Waivers { get; init; }

        public required ImmutableArray<Attestation> Attestations { get; init; }

        public required Framework Framework { get; init; }

        public required ImmutableArray<bool> Outside { get; init; }

        public static bool Fails(int said) => said is >= 2 and <= 4;

        public Case WithoutExpired() =>
            this with
            {
                Waivers = [.. Waivers.Where(w => w.Expires > Estate.Now)],
                Attestations = [.. Attestations.Where(a => a.Expires > Estate.Now)],
            };

        public Assessment Judge(Random? shuffle = null)
        {
            var snapshot = Estate.Snapshot(Resources, [.. Gaps.Select(g => AllGaps[g])]);
            snapshot = snapshot with { Resources = Mixed(snapshot.Resources), Gaps = Mixed(snapshot.Gaps) };
            var input = Estate.Input(Mixed(Instances), snapshot) with
            {
                Frameworks = [Framework with { Mappings = Mixed(Framework.Mappings) }],
                Waivers = Mixed(Waivers),
                Attestations = Mixed(Attestations),
                OutOfBoundary = Outside
                    .Select((is_, i) => (is_, Key: $"fw/R{i + 1}"))
                    .Where(o => o.is_)
                    .ToImmutableSortedDictionary(o => o.Key, _ => "none here", Ordinal.Comparer),
            };
            return Estate.Judge(input, Mixed([.. Said.Select((s, i) => Sayings[i][s]).OfType<Finding>()]));

            ImmutableArray<T> Mixed<T>(ImmutableArray<T> items)
            {
                var array = items.ToArray();
                shuffle?.Shuffle(array);
                return [.. array];
            }
        }

        private static ImmutableArray<Finding?> Say(CheckInstance i, Resource r) =>
            [
                null,
                Finding.Pass(i, r),
                Estate.Fail(i, r),
                Estate.Fail(i, r, Estate.Part(i, r, "it"), Estate.Part(i, r, "that")),
                Estate.Fail(i, r, Estate.Part(i, r, "it", Enforcement.Warn)),
                Estate.Unknown(i, r),
                Estate.Unknown(i, r, UnknownCause.SkippedByTool),
                Estate.Unknown(i, r, UnknownCause.UnknownValue, Estate.Part(i, r, "it", isCertain: false)),
                Finding.NotApplicable(i, r),
            ];
    }
}
