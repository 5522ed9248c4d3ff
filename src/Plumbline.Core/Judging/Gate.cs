using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Judging;

/// <summary>What the gate does about what could not be told.</summary>
public enum UnknownHandling
{
    /// <summary>It is printed, and does not stop anybody: the default for files.</summary>
    Report,

    /// <summary>The run is incomplete: the default for live targets.</summary>
    Fail,
}

/// <summary>What the gate does about an exception that nobody verifiably approved.</summary>
public enum ClaimHandling
{
    /// <summary>It is shown, and sets nothing aside.</summary>
    Report,

    /// <summary>It sets aside what it is about, for the gate alone: no requirement changes.</summary>
    Honour,
}

/// <summary>Decides whether a build goes on (CONTRACTS §2, "Gate").</summary>
/// <param name="FailOn">The least severe failure that fails the gate; null: none does.</param>
/// <param name="Unknown">Of files; what is live has <see cref="UnknownLive"/>, and a run over several targets is gated target by target.</param>
/// <param name="Audit">The gate says what it would do, and lets everybody through.</param>
/// <param name="Claims">Whether an exception without an approval is enough.</param>
public sealed record Gate(
    Severity? FailOn = Severity.High,
    UnknownHandling Unknown = UnknownHandling.Report,
    bool Audit = false,
    ClaimHandling Claims = ClaimHandling.Report
)
{
    /// <summary>Of live targets: there, what could not be told is a lack of permission or reach, which the run can be given.</summary>
    public UnknownHandling UnknownLive { get; init; } = UnknownHandling.Fail;

    /// <summary>What may stand after <c>--fail-on</c>, and the level each word sets.</summary>
    public static ImmutableArray<(string Word, Severity? Level)> Levels { get; } =
    [
        ("critical", Severity.Critical),
        ("high", Severity.High),
        ("medium", Severity.Medium),
        ("low", Severity.Low),
        ("none", null),
    ];

    /// <remarks>
    /// Looks at parts: only one that enforces and is not set aside counts. A certain one of a severe check fails the gate; one that
    /// may hold is an unknown, like a finding that is unknown for any other reason. A pair that was not judged leaves the run
    /// incomplete whatever the settings: leaving something out is no way through.
    /// </remarks>
    public GateResult Judge(Assessment assessment)
    {
        var failing = 0;
        var unknown = 0;
        foreach (var finding in assessment.Findings.Rows)
        {
            failing += Fails(finding, assessment) ? 1 : 0;
            unknown += IsStrict(finding.Resource.Key.Realm) && IsUnknown(finding) ? 1 : 0;
        }

        var notJudged = assessment.Findings.Vectors.Sum(v => v.NotJudged);
        var gaps = assessment.Input.Snapshot.Gaps.Count(IsStrict);
        var reasons = ImmutableArray.CreateBuilder<string>();
        Say(
            failing > 0,
            $"{Count(failing, "finding")} of severity {FailOn?.ToString().ToLowerInvariant()} or worse {(failing == 1 ? "fails" : "fail")}"
        );
        Say(notJudged > 0, $"interrupted: {Count(notJudged, "finding")} not judged");
        Say(unknown > notJudged, $"{Count(unknown - notJudged, "finding")} unknown");
        Say(gaps > 0, $"{Count(gaps, "gap")} in what was read");
        return new GateResult
        {
            Failed = failing > 0,
            Incomplete = notJudged > 0 || unknown > 0 || gaps > 0,
            Audit = Audit,
            Reasons = reasons.ToImmutable(),
        };

        void Say(bool holds, string reason)
        {
            if (holds)
            {
                reasons.Add(reason);
            }
        }
    }

    private bool IsStrict(string realm) =>
        (realm.StartsWith("repo:", StringComparison.Ordinal) ? Unknown : UnknownLive) == UnknownHandling.Fail;

    /// <summary>A gap that affects nothing belongs to the files that were passed over.</summary>
    private bool IsStrict(Gap gap) =>
        gap.Affects.IsEmpty
            ? Unknown == UnknownHandling.Fail
            : gap.Affects.Any(scope => IsStrict(scope.Pointer is null ? scope.Where : scope.What));

    private bool Fails(Finding finding, Assessment assessment) =>
        FailOn is { } least
        && finding.Instance.Check.Impact.Severity >= least
        && finding.CertainParts.Any(p => p.Enforcement == Enforcement.Enforce && !IsSetAside(p, assessment));

    private bool IsSetAside(FindingPart part, Assessment assessment) =>
        assessment.Waivers.For(part) is not null
        || (Claims == ClaimHandling.Honour && assessment.Claims.For(part) is not null);

    /// <summary>Whether something that enforces may fail: a possible part does, or judging did not get far enough to say.</summary>
    private static bool IsUnknown(Finding finding)
    {
        var open = finding.Parts.Where(p => !p.IsCertain).ToList();
        var toldByParts =
            finding.Verdict == Verdict.Fail
            || (finding.Cause is UnknownCause.UnknownValue or UnknownCause.Gap && open.Count > 0);
        return toldByParts
            ? open.Exists(p => p.Enforcement == Enforcement.Enforce)
            : finding.Verdict == Verdict.Unknown;
    }

    private static string Count(int count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";
}

/// <summary>What the gate says of one assessment.</summary>
public sealed record GateResult
{
    /// <summary>Something severe enough fails.</summary>
    public required bool Failed { get; init; }

    /// <summary>Not all was told that had to be.</summary>
    public required bool Incomplete { get; init; }

    /// <summary>Only shown: the exit code is 0.</summary>
    public required bool Audit { get; init; }

    /// <summary>Why; empty where everybody goes through.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>Failed 1, else incomplete 3, else 0 (CONTRACTS §8).</summary>
    public int ExitCode =>
        Audit ? 0
        : Failed ? 1
        : Incomplete ? 3
        : 0;
}
