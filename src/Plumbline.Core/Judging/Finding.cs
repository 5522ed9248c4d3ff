using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Judging;

/// <summary>What a check instance says of one resource. The numbers are those of the sealed tables.</summary>
public enum Verdict : byte
{
    Pass = 0b00,
    Fail = 0b01,
    Unknown = 0b10,
    NotApplicable = 0b11,
}

/// <summary>Why a verdict is unknown.</summary>
public enum UnknownCause
{
    Gap,
    UnknownValue,
    Error,
    Budget,
    Stale,
    SkippedByTool,
}

/// <summary>What follows from a failing part; never part of the verdict.</summary>
public enum Enforcement
{
    /// <summary>Fails the gate.</summary>
    Enforce,
    Warn,
    Audit,
}

/// <summary>A check instance's verdict on one resource.</summary>
/// <remarks>Same snapshot, policies, parameters and clock: the same finding, byte for byte.</remarks>
public sealed record Finding
{
    public required CheckInstance Instance { get; init; }

    public required Resource Resource { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>What exactly, in the order of their keys: certain parts of a failure, possible ones of an unknown.</summary>
    public ImmutableArray<FindingPart> Parts { get; init; } = [];

    /// <summary>Set exactly where the verdict is unknown.</summary>
    public UnknownCause? Cause { get; init; }

    /// <summary>What was not known: the 8 smallest causes, ordinally.</summary>
    public ImmutableArray<string> Causes { get; init; } = [];

    /// <summary>A wall-clock limit decided: judging again may differ.</summary>
    public bool IsNotReplayable { get; init; }
}

/// <summary>One reason for a verdict, and where in the document it lies.</summary>
/// <param name="Key">Names the element inside the resource, e.g. <c>container[name=web]</c>; never an index.</param>
/// <param name="Place">Of the whole document where the rule names none.</param>
/// <param name="Message">A sentence for the resource's owner.</param>
/// <param name="IsCertain">False: the part may hold, and is the reason for an unknown.</param>
public sealed record FindingPart(string Key, JsonPointer Place, string Message, Enforcement Enforcement, bool IsCertain)
{
    /// <summary>What was not known, for a part that is only possible.</summary>
    public ImmutableArray<string> Causes { get; init; } = [];

    /// <summary><c>pf1:…</c>: the same problem keeps it over time (CONTRACTS §3).</summary>
    public required string Fingerprint { get; init; }
}
