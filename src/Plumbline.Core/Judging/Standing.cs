using Plumbline.Core.Waivers;

namespace Plumbline.Core.Judging;

/// <summary>The verdict algebra: what any number of findings amount to together (CONTRACTS §2).</summary>
/// <remarks>
/// Counts only add up, so neither order nor grouping matters; and an unknown, wherever it comes from, is never outvoted by
/// passes. Every aggregate is computed here: a check over its resources, a requirement over its checks.
/// </remarks>
/// <param name="Fail">Failing, waived or not.</param>
/// <param name="Waived">Those among <paramref name="Fail"/> that are verifiably waived.</param>
/// <param name="Unknown">Findings, and whatever else is needed and not known: gaps, checks not asked, attestations.</param>
internal readonly record struct Standing(int Pass, int Fail, int Waived, int Unknown, int NotApplicable)
{
    /// <summary>Null where nothing was applicable.</summary>
    public Verdict? Raw =>
        Fail > 0 ? Verdict.Fail
        : Unknown > 0 ? Verdict.Unknown
        : Pass > 0 ? Verdict.Pass
        : null;

    /// <summary>Waived failures set aside, nothing that fails or is unknown is left.</summary>
    public bool IsWaived => Waived > 0 && Fail == Waived && Unknown == 0;

    /// <summary>Waived failures set aside; where that leaves nothing but them, see <see cref="IsWaived"/>.</summary>
    public Verdict? Effective => (this with { Fail = Fail - Waived }).Raw;

    public static Standing operator +(Standing left, Standing right) =>
        new(
            left.Pass + right.Pass,
            left.Fail + right.Fail,
            left.Waived + right.Waived,
            left.Unknown + right.Unknown,
            left.NotApplicable + right.NotApplicable
        );

    public static Standing Of(VerdictVector findings, WaiversInForce waivers)
    {
        var tally = findings.Tally;
        var waived = tally.Fail == 0 || waivers.IsEmpty ? 0 : findings.Rows.Count(waivers.Covers);
        return new(tally.Pass, tally.Fail, waived, tally.Unknown, tally.NotApplicable);
    }

    /// <summary>One thing that is needed and not known.</summary>
    public static Standing OneUnknown { get; } = new(0, 0, 0, Unknown: 1, 0);

    public static Standing OnePass { get; } = new(Pass: 1, 0, 0, 0, 0);
}
