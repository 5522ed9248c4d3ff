using System.Collections.Frozen;
using Plumbline.Core.Judging;

namespace Plumbline.Core.Waivers;

/// <summary>Acceptances of one kind as they stand at one moment: what has expired is not among them.</summary>
public abstract class InForce<T>(IEnumerable<T> acceptances, DateTimeOffset clock)
    where T : Acceptance
{
    // Of several for one part the one that holds longest counts, then the first by id: order does not matter.
    private readonly FrozenDictionary<string, T> _byFingerprint = acceptances
        .Where(a => a.IsInForce(clock))
        .GroupBy(a => a.Fingerprint)
        .ToFrozenDictionary(
            g => g.Key,
            g => g.OrderByDescending(a => a.Expires).ThenBy(a => a.Id, Ordinal.Comparer).First(),
            StringComparer.Ordinal
        );

    public bool IsEmpty => _byFingerprint.Count == 0;

    /// <summary>The acceptance of a certain part, else null: what only may hold cannot be accepted.</summary>
    public T? For(FindingPart part) => part.IsCertain ? _byFingerprint.GetValueOrDefault(part.Fingerprint) : null;
}

/// <summary>Waivers as they stand at one moment.</summary>
public sealed class WaiversInForce(IEnumerable<Waiver> waivers, DateTimeOffset clock) : InForce<Waiver>(waivers, clock)
{
    /// <summary>Whether a failing finding is waived: every certain part of it is (CONTRACTS §1).</summary>
    public bool Covers(Finding finding) =>
        finding.Verdict == Verdict.Fail && finding.CertainParts.All(p => For(p) is not null);
}

/// <summary>Claims as they stand at one moment.</summary>
public sealed class ClaimsInForce(IEnumerable<Claim> claims, DateTimeOffset clock) : InForce<Claim>(claims, clock);
