namespace Plumbline.Core.Waivers;

/// <summary>A time-limited, verifiably approved acceptance of a failing finding; the finding is still evaluated and shown.</summary>
/// <param name="Fingerprint">Of the part that is accepted.</param>
/// <param name="Expires">From this instant on it applies nowhere.</param>
public sealed record Waiver(string Id, string Fingerprint, DateTimeOffset Expires)
{
    public required string Reason { get; init; }

    /// <summary>Whose approval was verified; a waiver without one is a claim and does not come here.</summary>
    public required string ApprovedBy { get; init; }

    public bool IsInForce(DateTimeOffset clock) => clock < Expires;
}

/// <summary>A person's signed statement for what no program can check.</summary>
/// <param name="Expires">From this instant on it answers nothing.</param>
public sealed record Attestation(string Id, string Framework, string Requirement, DateTimeOffset Expires)
{
    public required string By { get; init; }

    public bool IsInForce(DateTimeOffset clock) => clock < Expires;
}
