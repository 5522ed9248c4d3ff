using System.CommandLine;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core;
using Plumbline.Core.Waivers;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb waiver list</c>: the register of exceptions, as it is written. Reads no target.</summary>
internal sealed class WaiverListVerb : Verb
{
    private readonly AcceptanceOptions _acceptances = new();

    public WaiverListVerb(Option<string> color)
        : base("list", "Every exception that is written, who approved it, and when it ends")
    {
        Usage = "[OPTIONS]";
        Remarks = ["What each covers, and which are unused, says `plumb waiver check`."];
        Groups = [new("Options", [.. _acceptances.All.Select(HelpLine.Of), HelpLine.Of(color)])];
        Examples = [new("plumb waiver list", "the first to end first")];
        Declare([.. _acceptances.All, color]);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        var request = await ScanRequest.MakeAsync(_acceptances.Flags(parsed), session, cancel);
        var register = request.Acceptances.Register;
        var clock = session.Host.Clock.GetUtcNow();
        var standing = register.Standing();
        if (standing.IsEmpty)
        {
            session.Output.Write($"There are no exceptions in {request.Acceptances.WaiverFile}.");
            return ExitCode.Fine;
        }

        session.Output.Table(
            ["", "about", "ends", "approved by", "reason"],
            [.. standing.OrderBy(e => e.Expires).ThenBy(e => e.Id, Ordinal.Comparer).Select(e => RowOf(e, clock))]
        );
        session.Output.Blank();
        foreach (var entry in standing.Where(e => e.ApprovedBy.IsEmpty))
        {
            session.Output.Write(0, 2, new Ink($"{entry.Id} does not count: ", Tone.Fail), entry.Why);
        }

        var who =
            register.Approvers.Absence.Length > 0
                ? register.Approvers.Absence
                : $"approvers: {register.Approvers.Source}";
        session.Output.Write(
            0,
            2,
            new Ink(
                $"{Words.Count(standing.Length, "exception")} in {request.Acceptances.WaiverFile}; {who}",
                Tone.Quiet
            )
        );
        return ExitCode.Fine;
    }

    private static Ink[] RowOf(ExceptionEntry entry, DateTimeOffset clock)
    {
        var (end, tone) =
            entry.StateAt(clock) == ExceptionState.Expired ? ("expired ", Tone.Fail)
            : entry.IsEndingAt(clock) ? ("soon, ", Tone.Unknown)
            : ("", Tone.Plain);
        return
        [
            new Ink(entry.Id, Tone.Strong),
            entry.About,
            new Ink($"{end}{Words.Day(entry.Expires)}", tone),
            entry.ApprovedBy.IsEmpty ? new Ink("nobody", Tone.Fail) : string.Join(", ", entry.ApprovedBy),
            entry.Reason,
        ];
    }
}
