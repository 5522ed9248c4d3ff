using System.Collections.Immutable;
using Plumbline.Core.Attestations;
using Plumbline.Core.Judging;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Frameworks;

/// <summary>Gives each demand of a framework its two statuses (CONTRACTS §2, "Requirement").</summary>
/// <remarks>
/// What decides are the primary, reviewed rows. A check that such a row names is needed: not asked, or asked of a population
/// that was not read whole, it leaves an unknown. Partial and manual requirements need an attestation in force besides,
/// unless nothing in scope is subject to them and the boundary says why.
/// </remarks>
internal sealed class RequirementJudge(
    CheckStandings checks,
    WaiversInForce waivers,
    ImmutableArray<Attestation> attestations,
    ImmutableSortedDictionary<string, string> outOfBoundary,
    DateTimeOffset clock
)
{
    /// <summary>One result a demand, in the order of the file.</summary>
    public ImmutableArray<RequirementResult> Judge(Framework framework)
    {
        var rows = framework.Mappings.Where(m => m.Decides).ToLookup(m => m.Requirement, m => m.Check);
        return [.. framework.Demands.Select(r => Judge(framework, r, rows[r.Id]))];
    }

    private RequirementResult Judge(Framework framework, Requirement requirement, IEnumerable<string> deciding)
    {
        var needed = deciding.Distinct().Order(Ordinal.Comparer).ToImmutableArray();
        var grounds = new Grounds
        {
            Checks = [.. needed.SelectMany(checks.Of)],
            NotAsked = [.. needed.Where(id => !checks.Of(id).Any())],
            Coverage = requirement.CoveredBy(!needed.IsEmpty),
            OutOfBoundary = outOfBoundary.GetValueOrDefault($"{framework.Id}/{requirement.Id}"),
            Attestations = [.. attestations.Where(a => a.Framework == framework.Id && a.Requirement == requirement.Id)],
            Clock = clock,
        };
        return new RequirementResult(requirement, grounds.Raw, grounds.Effective)
        {
            Coverage = grounds.Coverage,
            Decided = [.. grounds.Checks.Select(c => c.Instance.Label)],
            Exceptions = grounds.Whole.Waived,
            Attested = grounds.Attested,
            Reason = RequirementReason.Of(grounds, waivers),
        };
    }
}

/// <summary>All that one requirement's status hangs on.</summary>
internal sealed record Grounds
{
    /// <summary>Every instance of every check that decides.</summary>
    public required ImmutableArray<CheckStanding> Checks { get; init; }

    /// <summary>Checks that decide and were not asked.</summary>
    public required ImmutableArray<string> NotAsked { get; init; }

    public required Coverage Coverage { get; init; }

    /// <summary>Why nothing in scope is subject to it, where the boundary says so.</summary>
    public required string? OutOfBoundary { get; init; }

    /// <summary>All that were ever made for it.</summary>
    public required ImmutableArray<Attestation> Attestations { get; init; }

    public required DateTimeOffset Clock { get; init; }

    /// <summary>The one in force that holds longest; where checks alone decide, none.</summary>
    public Attestation? Attested => Coverage == Coverage.Full ? null : Latest(Attestations, a => a.IsInForce(Clock));

    /// <summary>The one that held longest, where none is in force.</summary>
    public Attestation? Lapsed => Attested is null ? Latest(Attestations, _ => true) : null;

    /// <summary>Nothing failed, passed, was unknown or could have been missed, and the boundary says why.</summary>
    public bool IsNotApplicable => OutOfBoundary is not null && FromChecks.Raw is null && Attested is null;

    public bool LacksAttestation => Coverage != Coverage.Full && Attested is null && !IsNotApplicable;

    public Standing Whole =>
        FromChecks
        + (LacksAttestation ? Standing.OneUnknown : default)
        + (Attested is not null ? Standing.OnePass : default);

    public RequirementStatus Raw => StatusOf(Whole.Raw);

    public RequirementStatus Effective => Whole.IsWaived ? RequirementStatus.Waived : StatusOf(Whole.Effective);

    private Standing FromChecks =>
        Checks.Aggregate(
            NotAsked.Aggregate(default(Standing), (sum, _) => sum + Standing.OneUnknown),
            (sum, c) => sum + c.Whole
        );

    private RequirementStatus StatusOf(Verdict? verdict) =>
        verdict switch
        {
            Verdict.Fail => RequirementStatus.Fail,
            Verdict.Unknown => RequirementStatus.Unknown,
            Verdict.Pass => RequirementStatus.Pass,
            _ => IsNotApplicable ? RequirementStatus.NotApplicable : RequirementStatus.Unknown,
        };

    private static Attestation? Latest(ImmutableArray<Attestation> attestations, Func<Attestation, bool> of) =>
        attestations.IsEmpty
            ? null
            : attestations
                .Where(of)
                .OrderByDescending(a => a.Expires)
                .ThenBy(a => a.Id, Ordinal.Comparer)
                .FirstOrDefault();
}
