using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core;
using Plumbline.Core.Assessments;
using Plumbline.Core.Waivers;

namespace Plumbline.Cli.Accepting;

/// <summary>Exceptions as people read them: what each does, until when, who answers for it, and why one does not count.</summary>
internal sealed class ExceptionText(Screen screen, DateTimeOffset clock)
{
    private const int Indent = 6;

    /// <summary>How many checks are named as the most waived.</summary>
    private const int MostWaived = 3;

    /// <summary>Every exception of an assessment, the first to end first, and what somebody should look at.</summary>
    public void Write(Assessment assessment)
    {
        var entries = assessment.Input.Exceptions.OrderBy(e => e.Expires).ThenBy(e => e.Id, Ordinal.Comparer).ToList();
        foreach (var entry in entries)
        {
            Write(entry);
        }

        WriteMostWaived(assessment);
    }

    /// <summary>Those that somebody should look at, a line each, and the checks that are waived most.</summary>
    public void WriteNotices(Assessment assessment)
    {
        foreach (var entry in assessment.Input.Exceptions)
        {
            var notice = entry.StateAt(clock) switch
            {
                ExceptionState.Expired => $"ended {Words.Day(entry.Expires)}",
                ExceptionState.Claim => $"does not count: {entry.Why}",
                ExceptionState.Unused => "nothing that it is about fails",
                _ when entry.Covered < entry.Selected =>
                    $"covers {Words.Number(entry.Covered)} of {Words.Count(entry.Selected, "failing part")}: {entry.Why}",
                _ when entry.IsBroad => $"is broad: it covers {Words.Count(entry.Covered, "failing part")}",
                _ when entry.IsEndingAt(clock) => $"ends {Words.Day(entry.Expires)}",
                _ => null,
            };
            if (notice is not null)
            {
                screen.Write(Indent, 2, new Ink($"{entry.Id}  ", Tone.Strong), notice);
            }
        }

        WriteMostWaived(assessment);
    }

    /// <summary>One line for the report; nothing where there are no exceptions.</summary>
    public static string Summary(Assessment assessment)
    {
        var (entries, clock) = (assessment.Input.Exceptions, assessment.Input.Clock);
        string[] parts =
        [
            .. new (int Count, string Words)[]
            {
                (Of(ExceptionState.InForce), "in force"),
                (entries.Count(e => e.IsEndingAt(clock)), $"ending within {ExceptionEntry.Notice.TotalDays:0} days"),
                (Of(ExceptionState.Claim), "not counted"),
                (Of(ExceptionState.Unused), "unused"),
                (Of(ExceptionState.Expired), "expired"),
                (entries.Count(e => e.StateAt(clock) == ExceptionState.InForce && e.IsBroad), "broad"),
            }
                .Where(p => p.Count > 0)
                .Select(p => $"{Words.Number(p.Count)} {p.Words}"),
        ];
        return string.Join(", ", parts);

        int Of(ExceptionState state) => entries.Count(e => e.StateAt(clock) == state);
    }

    private void Write(ExceptionEntry entry)
    {
        var state = entry.StateAt(clock);
        var (word, tone) = state switch
        {
            ExceptionState.InForce => ("in force", Tone.Waived),
            ExceptionState.Claim => ("not counted", Tone.Fail),
            ExceptionState.Unused => ("unused", Tone.Unknown),
            _ => ("expired", Tone.Fail),
        };
        var end =
            state != ExceptionState.Expired ? $"until {Words.Day(entry.Expires)}" : $"ended {Words.Day(entry.Expires)}";
        screen.Spread(
            Indent,
            [new Ink($"{entry.Id}  ", Tone.Strong), new Ink($"{word}  ", tone), entry.About],
            $"{(entry.IsEndingAt(clock) ? "ends soon: " : "")}{end}"
        );
        screen.Write(Indent, 2, entry.Reason);
        screen.Write(
            Indent,
            2,
            new Ink(
                $"asked for by {entry.Requester}, owned by {entry.Owner}, {entry.Ticket}; "
                    + (
                        entry.ApprovedBy.IsEmpty
                            ? "approved by nobody"
                            : $"approved by {string.Join(", ", entry.ApprovedBy)}"
                    ),
                Tone.Quiet
            )
        );
        if (entry.Why.Length > 0)
        {
            screen.Write(Indent, 2, new Ink("Does not count: ", Tone.Fail), entry.Why);
        }

        screen.Write(Indent, 2, $"{Covers(entry)}{(entry.IsBroad ? " Broad: look whether it need be." : "")}");
        screen.Blank();
    }

    private static string Covers(ExceptionEntry entry) =>
        entry.Selected == 0
            ? "Nothing that it is about fails."
            : $"Of {Words.Count(entry.Selected, "failing part")} that it is about it covers {Words.Number(entry.Covered)}.";

    private void WriteMostWaived(Assessment assessment)
    {
        var waived = assessment
            .Findings.Rows.Where(assessment.Waivers.Covers)
            .GroupBy(f => f.Instance.Label)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, Ordinal.Comparer)
            .Select(g => $"{g.Key} ({Words.Count(g.Count(), "finding")})")
            .Take(MostWaived)
            .ToList();
        if (waived.Count > 0)
        {
            screen.Write(Indent, 2, new Ink("Most waived: ", Tone.Strong), string.Join(", ", waived));
        }
    }
}
