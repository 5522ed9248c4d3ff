using System.Collections.Immutable;
using Plumbline.Core.Attestations;
using Plumbline.Core.Boundaries;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Assessments;

/// <summary>Whether every expected pair was judged.</summary>
public enum AssessmentState
{
    Complete,

    /// <summary>Somebody stopped it: the pairs that were not judged are unknown.</summary>
    Interrupted,
}

/// <summary>Everything that a verdict or a status can depend on. What is not in here may not be read.</summary>
public sealed record AssessmentInput
{
    public required Snapshot Snapshot { get; init; }

    public required IPolicySource Policies { get; init; }

    /// <summary>In the order of their ids.</summary>
    public required ImmutableArray<Framework> Frameworks { get; init; }

    /// <summary>The only clock: what is in force, what is stale.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>Check ids that were asked for; empty means all that the frameworks and policies hold.</summary>
    public ImmutableArray<string> Selection { get; init; } = [];

    /// <summary>Exceptions that are held against what fails; what they come to are the three that follow.</summary>
    public WaiverRegister Register { get; init; } = WaiverRegister.Empty;

    /// <summary>Failing parts that are verifiably waived, expired or not.</summary>
    public ImmutableArray<Waiver> Waivers { get; init; } = [];

    /// <summary>Failing parts that an exception is about and does not cover.</summary>
    public ImmutableArray<Claim> Claims { get; init; } = [];

    /// <summary>Every exception that there is, by id, and what it did.</summary>
    public ImmutableArray<ExceptionEntry> Exceptions { get; init; } = [];

    public ImmutableArray<Attestation> Attestations { get; init; } = [];

    /// <summary>What was read and is out of scope, and why.</summary>
    public Exclusions Exclusions { get; init; } = Exclusions.None;

    /// <summary>Reasons given in the boundary for requirements that nothing in scope is subject to, by <c>framework/requirement</c>.</summary>
    public ImmutableSortedDictionary<string, string> OutOfBoundary { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(Ordinal.Comparer);

    /// <summary>Digests of what else was read, by name: natural keys, defaults, configuration.</summary>
    public ImmutableSortedDictionary<string, string> Digests { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(Ordinal.Comparer);
}

/// <summary>One run: snapshot, policies, parameters and clock in; findings and requirement statuses out.</summary>
/// <remarks>A pure function of its input: on any machine, the same. See <c>Assessor</c>.</remarks>
public sealed record Assessment
{
    public required AssessmentInput Input { get; init; }

    public required AssessmentState State { get; init; }

    /// <summary>Instances that were asked, in the order of check id and name.</summary>
    public required ImmutableArray<CheckInstance> Instances { get; init; }

    /// <summary>A verdict for every expected pair.</summary>
    public required FindingTable Findings { get; init; }

    /// <summary>Which findings are waived, by the clock of the assessment.</summary>
    public required WaiversInForce Waivers { get; init; }

    /// <summary>Which failing parts somebody accepts without anybody's approval: shown, never counted.</summary>
    public ClaimsInForce Claims => field ??= new ClaimsInForce(Input.Claims, Input.Clock);

    /// <summary>By framework id; in it the framework's demands, in the order of its file.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<RequirementResult>> Frameworks { get; init; }

    public required AssessmentCounts Counts { get; init; }
}

/// <summary>The three counts; each names its denominator.</summary>
/// <param name="Findings">Per (instance, resource).</param>
/// <param name="Checks">Per instance, by the worst of its findings.</param>
/// <param name="Requirements">Per framework id, effective.</param>
public sealed record AssessmentCounts(
    VerdictCount Findings,
    VerdictCount Checks,
    ImmutableSortedDictionary<string, VerdictCount> Requirements
);

/// <summary>How many of each, and of how many.</summary>
/// <param name="Waived">Of findings and checks: those among <paramref name="Fail"/> that are waived. Of requirements: a status of its own.</param>
public readonly record struct VerdictCount(int Total, int Pass, int Fail, int Unknown, int NotApplicable, int Waived);
