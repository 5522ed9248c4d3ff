namespace Plumbline.Core.Approvals;

/// <summary>What a person answers for until a day: a waiver, a claim, an attestation.</summary>
/// <param name="Id">As its author wrote it, e.g. <c>E-12</c>.</param>
/// <param name="Expires">From this instant on it applies nowhere.</param>
public abstract record Limited(string Id, DateTimeOffset Expires)
{
    /// <summary>Whether it holds at an instant: the one place that decides it, for the gate, reports, evidence and lists alike.</summary>
    /// <remarks>A test finds whoever asks, and holds each of them against a second before the end and the end itself.</remarks>
    public bool IsInForce(DateTimeOffset clock) => clock < Expires;

    /// <summary>It holds now, and no longer does after <paramref name="span"/>.</summary>
    public bool EndsWithin(TimeSpan span, DateTimeOffset clock) => IsInForce(clock) && !IsInForce(clock + span);
}
