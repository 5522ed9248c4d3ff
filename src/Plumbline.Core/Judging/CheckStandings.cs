using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Judging;

/// <summary>Where one instance stands, over the resources it was asked of and over those that could not be read.</summary>
/// <param name="Findings">Over the resources that were read.</param>
/// <param name="Gaps">What could not be read and might hold resources that the check asks about.</param>
/// <param name="Vectors">What <paramref name="Findings"/> sums up.</param>
internal sealed record CheckStanding(
    CheckInstance Instance,
    Standing Findings,
    ImmutableArray<Gap> Gaps,
    ImmutableArray<VerdictVector> Vectors
)
{
    /// <summary>Whoever may not have seen everything does not know: a gap stands like an unknown finding.</summary>
    public Standing Whole => Gaps.IsEmpty ? Findings : Findings + Standing.OneUnknown;
}

/// <summary>Where every instance stands.</summary>
internal sealed class CheckStandings
{
    private readonly ILookup<string, CheckStanding> _byCheck;

    public CheckStandings(
        IEnumerable<CheckInstance> instances,
        FindingTable findings,
        ImmutableArray<Gap> gaps,
        WaiversInForce waivers
    )
    {
        var vectors = findings.Vectors.ToLookup(v => v.Instance.Label);
        All =
        [
            .. instances
                .Order(CheckInstance.Comparer)
                .Select(i => new CheckStanding(
                    i,
                    vectors[i.Label].Aggregate(default(Standing), (sum, v) => sum + Standing.Of(v, waivers)),
                    [.. gaps.Where(i.Check.MayMiss)],
                    [.. vectors[i.Label]]
                )),
        ];
        _byCheck = All.ToLookup(s => s.Instance.Check.Id);
    }

    /// <summary>In the order of check id and instance name.</summary>
    public ImmutableArray<CheckStanding> All { get; }

    /// <summary>All instances of a check; none where it was not asked.</summary>
    public IEnumerable<CheckStanding> Of(string check) => _byCheck[check];

    /// <summary>Per (instance, resource).</summary>
    public VerdictCount CountFindings()
    {
        var sum = All.Aggregate(default(Standing), (sum, s) => sum + s.Findings);
        return new(
            Total: sum.Pass + sum.Fail + sum.Unknown + sum.NotApplicable,
            sum.Pass,
            sum.Fail,
            sum.Unknown,
            sum.NotApplicable,
            sum.Waived
        );
    }

    /// <summary>Per instance, by the worst that is known of it; one that found nothing to ask is not applicable.</summary>
    public VerdictCount CountChecks() =>
        new(
            Total: All.Length,
            Pass: All.Count(s => s.Whole.Raw == Verdict.Pass),
            Fail: All.Count(s => s.Whole.Raw == Verdict.Fail),
            Unknown: All.Count(s => s.Whole.Raw == Verdict.Unknown),
            NotApplicable: All.Count(s => s.Whole.Raw is null),
            Waived: All.Count(s => s.Whole.IsWaived)
        );
}
