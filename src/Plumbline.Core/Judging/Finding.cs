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
    /// <summary>The cause of a pair that was not judged, as the report shows it.</summary>
    public const string NotJudgedCause = "not judged";

    public required CheckInstance Instance { get; init; }

    public required Resource Resource { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>What exactly, in the order of their keys: certain parts of a failure, possible ones of an unknown.</summary>
    public ImmutableArray<FindingPart> Parts { get; init; } = [];

    /// <summary>Set exactly where the verdict is unknown.</summary>
    public UnknownCause? Cause { get; init; }

    /// <summary>What was not known: the 8 smallest causes, ordinally.</summary>
    public ImmutableArray<string> Causes { get; init; } = [];

    /// <summary>A wall-clock limit decided, so the verdict is unknown: judging again may differ.</summary>
    public bool IsNotReplayable { get; init; }

    /// <summary>Parts that hold whatever was not told: the reasons of a failure.</summary>
    public IEnumerable<FindingPart> CertainParts => Parts.Where(p => p.IsCertain);

    public static Finding Pass(CheckInstance instance, Resource resource) =>
        new()
        {
            Instance = instance,
            Resource = resource,
            Verdict = Verdict.Pass,
        };

    public static Finding NotApplicable(CheckInstance instance, Resource resource) =>
        new()
        {
            Instance = instance,
            Resource = resource,
            Verdict = Verdict.NotApplicable,
        };

    /// <summary>What stands in the place of a pair that was expected and not judged.</summary>
    /// <remarks>The document was read, so it is no gap; the question was not put, so it is no error.</remarks>
    public static Finding NotJudged(CheckInstance instance, Resource resource) =>
        new()
        {
            Instance = instance,
            Resource = resource,
            Verdict = Verdict.Unknown,
            Cause = UnknownCause.SkippedByTool,
            Causes = [NotJudgedCause],
        };

    /// <summary>A failure has a certain part, an unknown has a cause, and nothing else has either.</summary>
    internal void RefuseContradiction()
    {
        var fits =
            (Verdict == Verdict.Fail) == CertainParts.Any()
            && (Verdict == Verdict.Unknown) == Cause.HasValue
            && (Verdict is Verdict.Fail or Verdict.Unknown || (Parts.IsEmpty && !IsNotReplayable));
        if (!fits)
        {
            throw new ArgumentException(
                $"`{Instance}` on `{Resource.Key}` contradicts itself: {Verdict}, {Parts.Length} parts, cause {Cause}"
            );
        }
    }
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
