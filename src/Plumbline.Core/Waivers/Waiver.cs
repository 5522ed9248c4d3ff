using Plumbline.Core.Approvals;

namespace Plumbline.Core.Waivers;

/// <summary>That somebody lives with one failing part for a time, whether or not anybody may say so.</summary>
/// <param name="Fingerprint">Of the part that is accepted.</param>
public abstract record Acceptance(string Id, string Fingerprint, DateTimeOffset Expires) : Limited(Id, Expires)
{
    public required string Reason { get; init; }
}

/// <summary>A time-limited, verifiably approved acceptance of a failing finding; the finding is still evaluated and shown.</summary>
public sealed record Waiver(string Id, string Fingerprint, DateTimeOffset Expires)
    : Acceptance(Id, Fingerprint, Expires)
{
    /// <summary>Whose approval was verified; a waiver without one is a <see cref="Claim"/>.</summary>
    public required string ApprovedBy { get; init; }
}

/// <summary>An acceptance that nobody verifiably approved: shown, never counted.</summary>
/// <remarks>The gate honours it only where <c>gate.claims</c> says so, and a requirement never does (CONTRACTS §7).</remarks>
public sealed record Claim(string Id, string Fingerprint, DateTimeOffset Expires) : Acceptance(Id, Fingerprint, Expires)
{
    /// <summary>Why it does not count, as a clause.</summary>
    public required string Why { get; init; }
}
