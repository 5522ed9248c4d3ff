using System.Collections.Immutable;
using Plumbline.Core.Approvals;

namespace Plumbline.Core.Waivers;

/// <summary>Where an exception stands.</summary>
public enum ExceptionState
{
    /// <summary>It waives something.</summary>
    InForce,

    /// <summary>Nobody who may has verifiably approved it for what fails: shown, never counted.</summary>
    Claim,

    /// <summary>It is approved, and nothing that it is about fails.</summary>
    Unused,

    Expired,
}

/// <summary>One exception in one assessment: who answers for it, and what it did.</summary>
public sealed record ExceptionEntry(string Id, DateTimeOffset Expires) : Limited(Id, Expires)
{
    /// <summary>How many parts an exception may waive before somebody should look whether it is too broad.</summary>
    public const int BroadFrom = 10;

    /// <summary>How long before its end an exception is shown as ending.</summary>
    public static TimeSpan Notice { get; } = TimeSpan.FromDays(30);

    /// <summary>The check or the fingerprint it is about.</summary>
    public required string About { get; init; }

    public required string Owner { get; init; }

    public required string Requester { get; init; }

    public required string Reason { get; init; }

    public required string Ticket { get; init; }

    /// <summary>Principals whose approvals verify.</summary>
    public ImmutableArray<string> ApprovedBy { get; init; } = [];

    /// <summary>Why it does not count, or not for all that it selects; empty where it does.</summary>
    public required string Why { get; init; }

    /// <summary>Failing parts that it is about.</summary>
    public required int Selected { get; init; }

    /// <summary>Those of them that it waives, while it is in force.</summary>
    public required int Covered { get; init; }

    /// <summary>It names no resource.</summary>
    public required bool IsBare { get; init; }

    public bool IsBroad => Covered > 0 && (IsBare || Covered >= BroadFrom);

    public ExceptionState StateAt(DateTimeOffset clock) =>
        !IsInForce(clock) ? ExceptionState.Expired
        : ApprovedBy.IsEmpty || (Selected > 0 && Covered == 0) ? ExceptionState.Claim
        : Covered == 0 ? ExceptionState.Unused
        : ExceptionState.InForce;

    /// <summary>It ends within <see cref="Notice"/>.</summary>
    public bool IsEndingAt(DateTimeOffset clock) => EndsWithin(Notice, clock);
}
