using System.Collections.Immutable;
using Plumbline.Core.Attestations;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Frameworks;

/// <summary>A framework's catalogue, and the rows that lead from its requirements to checks (CONTRACTS §8, "Framework file").</summary>
public sealed record Framework
{
    /// <summary>The titles are our words; identifiers are facts.</summary>
    public const string Paraphrase = "paraphrase";

    /// <summary>The titles are the publisher's.</summary>
    public const string PublicDomain = "public-domain";

    public required string Id { get; init; }

    public required string Title { get; init; }

    public string Publisher { get; init; } = "";

    /// <summary><see cref="Paraphrase"/> or <see cref="PublicDomain"/>.</summary>
    public string Text { get; init; } = Paraphrase;

    public string License { get; init; } = "";

    /// <summary>In the order of the file, headings included.</summary>
    public required ImmutableArray<Requirement> Requirements { get; init; }

    public required ImmutableArray<MappingRow> Mappings { get; init; }

    /// <summary><c>sha256:</c> of the file it was read from.</summary>
    public required string Digest { get; init; }

    /// <summary>What is counted: requirements without children that are in force. A heading is a title, not a demand.</summary>
    public IEnumerable<Requirement> Demands
    {
        get
        {
            var parents = Requirements.Select(r => r.Parent).OfType<string>().ToHashSet(StringComparer.Ordinal);
            return Requirements.Where(r => r.Withdrawn is null && !parents.Contains(r.Id));
        }
    }
}

/// <summary>How much of a requirement checks can answer.</summary>
public enum Coverage
{
    /// <summary>Checks alone decide.</summary>
    Full,

    /// <summary>Checks decide a part; the rest needs an attestation in force.</summary>
    Partial,

    /// <summary>Only an attestation can answer.</summary>
    Manual,
}

/// <summary>A numbered demand of a framework, e.g. SOC 2 CC6.1.</summary>
/// <param name="Id">As the framework writes it.</param>
public sealed record Requirement(string Id, string Title)
{
    public string? Parent { get; init; }

    public string? Level { get; init; }

    /// <summary>Where its publisher has put it, or that nothing follows; null where it is in force. Nothing is demanded by it.</summary>
    public string? Withdrawn { get; init; }

    /// <summary>Null where the file says nothing: partial with rows that decide, else manual.</summary>
    public Coverage? Coverage { get; init; }

    /// <summary>What the file says, else what follows from whether a row decides.</summary>
    public Coverage CoveredBy(bool isDecided) =>
        Coverage ?? (isDecided ? Frameworks.Coverage.Partial : Frameworks.Coverage.Manual);

    /// <summary>How it is looked at: <c>examine</c>, <c>interview</c>, <c>test</c>.</summary>
    public ImmutableArray<string> Methods { get; init; } = [];

    /// <summary>How often it is looked at.</summary>
    public string? Cadence { get; init; }

    /// <summary>How long its evidence is kept.</summary>
    public string? Retention { get; init; }
}

/// <summary>One claim that a check answers a requirement.</summary>
/// <param name="Primary">The requirement that the check answers first.</param>
/// <param name="IsReviewed">Somebody named has looked at it; else it is proposed.</param>
public sealed record MappingRow(string Requirement, string Check, bool Primary, bool IsReviewed)
{
    public string By { get; init; } = "";

    /// <summary>The day of the review, <c>2026-11-24</c>.</summary>
    public string On { get; init; } = "";

    public string Source { get; init; } = "";

    /// <summary>Only these decide a requirement's status; the others are shown as related.</summary>
    public bool Decides => Primary && IsReviewed;
}

/// <summary>Where a requirement stands.</summary>
public enum RequirementStatus
{
    Pass,
    Fail,
    Unknown,
    NotApplicable,

    /// <summary>Effective only: every failure was verifiably waived. Shown as "pass with N exceptions", never as a pass.</summary>
    Waived,
}

/// <summary>One requirement in one assessment: both statuses, always.</summary>
/// <param name="Raw">What the findings say.</param>
/// <param name="Effective">With verifiably approved waivers set aside.</param>
public sealed record RequirementResult(Requirement Requirement, RequirementStatus Raw, RequirementStatus Effective)
{
    public required Coverage Coverage { get; init; }

    /// <summary>Instances whose findings decided, by label.</summary>
    public ImmutableArray<string> Decided { get; init; } = [];

    /// <summary>Why the effective status is not a plain pass, for people; empty where it is one.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Failing findings that are waived.</summary>
    public int Exceptions { get; init; }

    /// <summary>The attestation that answers what no check can, where one is in force.</summary>
    public Attestation? Attested { get; init; }
}
