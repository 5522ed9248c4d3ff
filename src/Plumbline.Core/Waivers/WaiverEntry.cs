using System.Collections.Immutable;
using Plumbline.Core.Approvals;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Waivers;

/// <summary>One exception as it is written in <c>waivers.yaml</c> (CONTRACTS §7), approved or not.</summary>
/// <param name="Expires">The earlier of <c>expires</c> and <c>review</c>: what nobody has looked at again stops applying too.</param>
public sealed record WaiverEntry(string Id, DateTimeOffset Expires) : Limited(Id, Expires)
{
    /// <summary>Id of the check whose failures are accepted; null where <see cref="Fingerprint"/> names one.</summary>
    public string? Check { get; init; }

    /// <summary>Of the only part that is accepted.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Globs over resource keys; empty for every resource of the check.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>Who answers for what is accepted.</summary>
    public required string Owner { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string Requester { get; init; }

    public required string Reason { get; init; }

    public required string Ticket { get; init; }

    /// <summary>When somebody has to look at it again.</summary>
    public required DateTimeOffset Review { get; init; }

    /// <summary>What it was approved for: fingerprint → digest of what the rule read (<see cref="WaiverScope"/>).</summary>
    public ImmutableSortedDictionary<string, string> Scope { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(Ordinal.Comparer);

    public ImmutableArray<Approval> Approvals { get; init; } = [];

    /// <summary>What approvals sign: JCS of the entry less <c>approvals</c>.</summary>
    public required ReadOnlyMemory<byte> Signed { get; init; }

    /// <summary>Line of its file at which it begins.</summary>
    public int Line { get; init; }

    /// <summary>Whether it is about this part, approved for it or not.</summary>
    public bool Selects(Finding finding, FindingPart part) =>
        (Fingerprint is null || Fingerprint == part.Fingerprint)
        && (Check is null || Check == finding.Instance.Check.Id || finding.Instance.Check.Formerly.Contains(Check))
        && (Resources.IsEmpty || Resources.Any(p => KeyPattern.Matches(p, finding.Resource.Key)));

    /// <summary>It says of no resource which one it means.</summary>
    public bool IsBare => Fingerprint is null && (Resources.IsEmpty || Resources.Any(KeyPattern.IsBare));
}
