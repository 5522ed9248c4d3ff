using System.Collections.Frozen;
using Plumbline.Core.Judging;

namespace Plumbline.Core.Waivers;

/// <summary>Waivers as they stand at one moment: what has expired is not among them.</summary>
public sealed class WaiversInForce(IEnumerable<Waiver> waivers, DateTimeOffset clock)
{
    // Of several for one part the one that holds longest counts, then the first by id: order does not matter.
    private readonly FrozenDictionary<string, Waiver> _byFingerprint = waivers
        .Where(w => w.IsInForce(clock))
        .GroupBy(w => w.Fingerprint)
        .ToFrozenDictionary(
            g => g.Key,
            g => g.OrderByDescending(w => w.Expires).ThenBy(w => w.Id, Ordinal.Comparer).First(),
            StringComparer.Ordinal
        );

    public bool IsEmpty => _byFingerprint.Count == 0;

    /// <summary>The waiver of a certain part, else null: what only may hold cannot be accepted.</summary>
    public Waiver? For(FindingPart part) => part.IsCertain ? _byFingerprint.GetValueOrDefault(part.Fingerprint) : null;

    /// <summary>Whether a failing finding is waived: every certain part of it is (CONTRACTS §1).</summary>
    public bool Covers(Finding finding) =>
        finding.Verdict == Verdict.Fail && finding.CertainParts.All(p => For(p) is not null);
}
