using Plumbline.Cli.Accepting;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Exchange.Reports;

namespace Plumbline.Cli.Showing;

/// <summary>An assessment as people read it: what fails, the worst first; what could not be told; what was not read; the three counts.</summary>
/// <remarks>
/// <code>
/// FAIL  critical  No container is privileged                          1 of 7 workloads
///       deploy/orders-db.yaml:22  StatefulSet shop/orders-db
///         container db is privileged: `privileged` is true, wanted false or nothing
///         /spec/template/spec/containers/0/securityContext/privileged
///       Why  …
///       Fix  …
///       For  SOC 2 CC6.8 …
/// </code>
/// What passes and what is not applicable is counted, and not listed.
/// </remarks>
internal sealed class AssessmentText(Screen screen, ReportModel model)
{
    private const int Indent = 6;
    private const int ShownPlaces = 10;

    private readonly Assessment _assessment = model.Assessment;

    /// <summary>The only check to show; null for all, with at most ten places each.</summary>
    public string? OnlyCheck { get; init; }

    public void Write()
    {
        foreach (var group in CheckGroup.Of(model).Where(g => OnlyCheck is null || g.Instance.Check.Id == OnlyCheck))
        {
            WriteGroup(group);
            screen.Blank();
        }

        if (OnlyCheck is not null)
        {
            return;
        }

        new GapText(screen).Write(_assessment.Input.Snapshot.Gaps);
        WriteDuplicates();
        WriteSilent();
        WriteExceptions();
        WriteCounts();
    }

    private void WriteGroup(CheckGroup group)
    {
        var (word, tone) = group.Standing switch
        {
            Standing.Fails => ("FAIL", Tone.Fail),
            Standing.Waived => ("WAIV", Tone.Waived),
            _ => ("UNKN", Tone.Unknown),
        };
        var check = group.Instance.Check;
        var name =
            group.Instance.Name == CheckInstance.DefaultName ? check.Title : $"{check.Title} ({group.Instance.Name})";
        screen.Spread(
            Indent,
            [new Ink($"{word}  ", tone), new Ink($"{Words.Of(group.Severity), -10}"), new Ink(name, Tone.Strong)],
            $"{Words.Number(group.Findings.Count)} of {Words.Number(group.Population)} {Naming.Population(group.Types, group.Population)}"
        );
        WritePlaces(group);
        if (group.Standing == Standing.Unknown)
        {
            WriteRequirements(check);
            return;
        }

        Labelled("Why", check.Rationale);
        Labelled("Fix", check.Fix);
        WriteRequirements(check);
    }

    private void WritePlaces(CheckGroup group)
    {
        var notJudged = group.Findings.Count(IsNotJudged);
        var places = group.Findings.Where(f => !IsNotJudged(f)).SelectMany(PlacesOf).ToList();
        var shown = OnlyCheck is null ? ShownPlaces : int.MaxValue;
        foreach (var place in places.Take(shown))
        {
            WritePlace(place, group.Standing);
        }

        if (places.Count > shown)
        {
            var rest = model.Evidence is ReportEvidence.Sealed { Label: var n }
                ? $"plumb evidence show A-{n} --check {group.Instance.Check.Id}"
                : "--format json lists them";
            screen.Write(Indent, 2, new Ink($"{Words.Number(places.Count - shown)} more: {rest}", Tone.Quiet));
        }

        if (notJudged > 0)
        {
            screen.Write(
                Indent,
                2,
                $"not judged: {Words.Number(notJudged)} of {Words.Number(group.Population)}, the run was interrupted"
            );
        }
    }

    private static bool IsNotJudged(Finding finding) =>
        finding.Cause == UnknownCause.SkippedByTool && finding.Causes is [Finding.NotJudgedCause];

    /// <summary>One place a part; a finding without parts has its resource for a place.</summary>
    private static IEnumerable<Place> PlacesOf(Finding finding)
    {
        var parts = finding.Verdict == Verdict.Fail ? [.. finding.CertainParts] : finding.Parts;
        return parts.IsEmpty ? [new Place(finding, null)] : parts.Select(p => new Place(finding, p));
    }

    private sealed record Place(Finding Finding, FindingPart? Part);

    private void WritePlace(Place place, Standing standing)
    {
        var (resource, part) = (place.Finding.Resource, place.Part);
        var at = resource.Observed.PositionOf(part?.Place ?? default);
        var where =
            resource.Observed.File.Length == 0 ? ""
            : at.Line == 0 ? resource.Observed.File
            : $"{resource.Observed.File}:{at.Line}";
        Ink name = new(Naming.Of(resource.Key), Tone.Strong);
        screen.Write(Indent, 2, where.Length > 0 ? [where, "  ", name] : [name]);
        if (part is not null)
        {
            var doubt = part.IsCertain ? "" : "perhaps: ";
            screen.Write(Indent + 2, 2, $"{doubt}{Visible.Shortened(part.Message)}{Effect(part)}");
            if (!part.Place.IsRoot)
            {
                screen.Write(Indent + 2, 2, new Ink(Naming.Of(part.Place), Tone.Quiet));
            }
        }

        if (standing == Standing.Unknown)
        {
            WriteCauses(place.Finding);
        }

        if (part is not null && _assessment.Waivers.For(part) is { } waiver)
        {
            screen.Write(
                Indent + 2,
                2,
                new Ink(
                    $"waived until {Words.Day(waiver.Expires)} ({waiver.Id}), approved by {waiver.ApprovedBy}: ",
                    Tone.Waived
                ),
                waiver.Reason
            );
        }
        else if (part is not null && _assessment.Claims.For(part) is { } claim)
        {
            screen.Write(
                Indent + 2,
                2,
                new Ink($"claimed until {Words.Day(claim.Expires)} ({claim.Id}), which does not count: ", Tone.Quiet),
                claim.Why
            );
        }
    }

    private static string Effect(FindingPart part) =>
        part.Enforcement switch
        {
            Enforcement.Warn => " (warns, and does not fail the gate)",
            Enforcement.Audit => " (audit: does not fail the gate)",
            _ => "",
        };

    private void WriteCauses(Finding finding)
    {
        var what = finding.Cause switch
        {
            UnknownCause.Gap => "not read: ",
            UnknownCause.UnknownValue => "not told: ",
            UnknownCause.Error => "the check failed: ",
            UnknownCause.Budget => "too costly: ",
            UnknownCause.Stale => "too old: ",
            _ => "",
        };
        screen.Write(Indent + 2, 2, new Ink(what, Tone.Unknown), string.Join("; ", finding.Causes));
    }

    private void WriteRequirements(Check check)
    {
        var requirements = model.RequirementsOf(check).ToList();
        if (requirements.Count > 0)
        {
            Labelled("For", string.Join("; ", requirements.Select(r => $"{Naming.Of(r.Framework)} {r.Id} {r.Title}")));
        }
    }

    /// <summary>Nothing where there is nothing to say: a policy of the user's own need not give reasons.</summary>
    private void Labelled(string label, string text)
    {
        if (text.Length > 0)
        {
            screen.Write(Indent, 5, new Ink($"{label, -5}", Tone.Quiet), text.Trim().ReplaceLineEndings(" "));
        }
    }

    private void WriteDuplicates()
    {
        var duplicates = _assessment.Input.Snapshot.Duplicates;
        if (duplicates.IsEmpty)
        {
            return;
        }

        screen.Write(
            0,
            Indent,
            new Ink("Named apart: ", Tone.Strong),
            $"{Words.Count(duplicates.Length, "object")} with the key of another in the same folder"
        );
        foreach (var duplicate in duplicates)
        {
            screen.Write(Indent, 2, new Ink(duplicate, Tone.Quiet));
        }

        screen.Blank();
    }

    /// <summary>Packages of the user's own that said nothing: perhaps all is well, perhaps they look for what is not there.</summary>
    private void WriteSilent()
    {
        foreach (var (instance, asked) in model.MatchedNothing)
        {
            var what =
                asked == 0
                    ? "nothing was read that it asks about"
                    : $"it said nothing of {Words.Count(asked, "document")}";
            screen.Write(0, Indent, new Ink("Matched nothing: ", Tone.Strong), $"{instance.Label}, {what}");
        }

        if (model.MatchedNothing.Count > 0)
        {
            screen.Blank();
        }
    }

    /// <summary>What somebody should look at among the exceptions; each one whole is shown by <c>plumb waiver check</c>.</summary>
    private void WriteExceptions()
    {
        if (_assessment.Input.Exceptions.IsEmpty)
        {
            return;
        }

        screen.Write(
            0,
            Indent,
            new Ink("Exceptions: ", Tone.Strong),
            $"{Words.Number(_assessment.Input.Exceptions.Length)}, {ExceptionText.Summary(_assessment)}"
        );
        new ExceptionText(screen, _assessment.Input.Clock).WriteNotices(_assessment);
        screen.Blank();
    }

    private void WriteExclusions()
    {
        var exclusions = _assessment.Input.Exclusions;
        foreach (var row in exclusions.Rows)
        {
            screen.Write(
                0,
                2,
                new Ink("Out of scope: ", Tone.Strong),
                $"{Words.Number(row.Count)} of {Words.Count(exclusions.Read, "resource")} excluded, because: {row.Reason}",
                new Ink(row.Match.Length > 0 ? $" ({row.Match})" : "", Tone.Quiet)
            );
        }
    }

    private void WriteCounts()
    {
        var snapshot = _assessment.Input.Snapshot;
        var without =
            snapshot.FilesWithoutResources == 0
                ? ""
                : $" ({Words.Number(snapshot.FilesWithoutResources)} without a resource)";
        screen.Write(
            0,
            2,
            $"Read {snapshot.Target} on {Words.Time(snapshot.To)}: {Words.Count(snapshot.FilesRead, "file")}{without}, "
                + $"{Words.Count(snapshot.Resources.Length, "resource")}, {Words.Count(snapshot.Gaps.Length, "gap")}"
        );
        WriteExclusions();
        if (_assessment.Findings.Count == 0)
        {
            screen.Write(0, 2, new Ink("Nothing was read that a check asks about. This is not a pass.", Tone.Unknown));
        }

        foreach (var framework in model.Frameworks)
        {
            var count = _assessment.Counts.Requirements[framework.Id];
            WriteCount(
                $"{Words.Count(count.Total, "requirement")} ({Naming.Of(framework)})",
                count,
                count.Fail + count.Waived
            );
        }

        var (checks, findings) = (_assessment.Counts.Checks, _assessment.Counts.Findings);
        WriteCount(Words.Count(checks.Total, "check"), checks, checks.Fail);
        WriteCount(Words.Count(findings.Total, "finding"), findings, findings.Fail);
        if (_assessment.State == AssessmentState.Interrupted)
        {
            screen.Write(
                0,
                2,
                new Ink("Interrupted: ", Tone.Unknown),
                "what was not judged is unknown, and counted as such"
            );
        }
    }

    private void WriteCount(string what, VerdictCount count, int fail) =>
        screen.Write(0, 2, [new Ink(what, Tone.Strong), ": ", .. Words.Of(count, fail)]);
}
