using System.CommandLine;
using Plumbline.Cli.Accepting;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Showing;
using Plumbline.Core.Waivers;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb waiver check [TARGET…]</c>: holds every exception against what fails now. Seals nothing.</summary>
internal sealed class WaiverCheckVerb : Verb
{
    private readonly Argument<string[]> _targets = new("TARGET")
    {
        HelpName = "TARGET…",
        Description = "what is judged, as for `plumb scan`",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly AcceptanceOptions _acceptances = new();

    public WaiverCheckVerb(Option<string> color)
        : base("check", "What each exception covers now; 1 where one no longer counts or does nothing")
    {
        Usage = "[TARGET…] [OPTIONS]";
        Remarks = ["Judges as `plumb scan` does, and seals nothing."];
        Groups =
        [
            new("Arguments", [HelpLine.Of(_targets)]),
            new("Options", [.. _acceptances.All.Select(HelpLine.Of), HelpLine.Of(color)]),
        ];
        Examples = [new("plumb waiver check deploy/", "for the quarterly look at the register of exceptions")];
        Declare([_targets, .. _acceptances.All, color]);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        var flags = _acceptances.Flags(parsed) with { Targets = parsed.GetValue(_targets) ?? [] };
        var request = await ScanRequest.MakeAsync(flags, session, cancel);
        var assessment = await Dry.AssessAsync(request, session, cancel);
        var (entries, clock) = (assessment.Input.Exceptions, assessment.Input.Clock);
        if (entries.IsEmpty)
        {
            session.Output.Write($"There are no exceptions in {request.Acceptances.WaiverFile}.");
            return ExitCode.Fine;
        }

        new ExceptionText(session.Output, clock).Write(assessment);
        session.Output.Write(0, 2, $"{Words.Count(entries.Length, "exception")}: {ExceptionText.Summary(assessment)}");
        return entries.All(e => e.StateAt(clock) == ExceptionState.InForce) ? ExitCode.Fine : ExitCode.Failed;
    }
}
