using System.CommandLine;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Authored;
using Plumbline.Core.Evidence;
using Plumbline.Exchange.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb evidence show A-n</c>: an assessment as it was, from its evidence alone.</summary>
internal sealed class EvidenceShowVerb : Verb
{
    private readonly StoreReading _reading = new();

    private readonly Option<string> _check = Flag.One("--check", "ID", "only this check, with every place it found");

    private readonly Option<string> _format = Flag.One(
        "--format",
        "FORMAT",
        $"one of {string.Join(", ", ReportOrder.Words.Select(w => $"`{w}`"))}; without it the text"
    );

    public EvidenceShowVerb(Option<string> color)
        : base("show", "An assessment as it was, from its evidence alone")
    {
        Usage = "A-n [OPTIONS]";
        Groups =
        [
            new("Arguments", [HelpLine.Of(_reading.Label)]),
            new(
                "Options",
                [HelpLine.Of(_check), HelpLine.Of(_format), HelpLine.Of(_reading.Store), HelpLine.Of(color)]
            ),
        ];
        Examples =
        [
            new("plumb evidence show A-3", "its report, and who sealed it when"),
            new("plumb evidence show A-3 --check k8s-host-pid", "every place that one check found"),
            new("plumb evidence show A-3 --format json", "the report for machines, byte for byte as it was"),
        ];
        Declare(_reading.Label, _check, _format, _reading.Store, color);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        var word = Flag.WordOf(parsed, _format, [.. ReportOrder.Words.Select((w, i) => (w, i))], session.Faults);
        var format = word is { } at ? ReportFormats.Find(ReportOrder.Words[at]) : null;
        session.RefuseFaults();
        var label =
            _reading.LabelOf(parsed)
            ?? throw new WrongInputException(CliFaults.Value, "expected an assessment such as `A-3`, got none");
        await using var store = await _reading.OpenAsync(parsed, session.Host, cancel);
        try
        {
            var found = await StoreReading.FindAsync(store, label, cancel);
            var model = await ModelAsync(found, store.Origin, cancel);
            if (format is not null)
            {
                format.Write(model, session.Host.Output.Stream);
                return ExitCode.Fine;
            }

            var check = CheckOf(parsed, model);
            new AssessmentText(session.Output, model) { OnlyCheck = check }.Write();
            if (check is null)
            {
                session.Output.Blank();
            }

            await WriteProvenanceAsync(session.Output, found, store.Origin, cancel);
            return ExitCode.Fine;
        }
        catch (EvidenceException differs)
        {
            session.Flush();
            session.Tell(new Fault(CliFaults.EvidenceDiffers, differs.Discrepancy.ToString()));
            return ExitCode.Failed;
        }
    }

    public static async Task<ReportModel> ModelAsync(SealedAssessment found, string origin, CancellationToken cancel)
    {
        var entry = found.Entry;
        var where = new ReportEvidence.Sealed(entry.Label!.Value, entry.Index, origin, entry.LeafHash);
        return new ReportModel(await found.ReadAsync(cancel), where);
    }

    private string? CheckOf(ParseResult parsed, ReportModel model)
    {
        if (parsed.GetValue(_check) is not { } id)
        {
            return null;
        }

        var asked = model.Assessment.Instances.Select(i => i.Check.Id).ToList();
        return asked.Find(c => c == id.Replace('_', '-') || c == id)
            ?? throw new WrongInputException(
                CliFaults.NoSuchThing,
                $"the assessment did not ask a check `{id}`{Nearest.Hint(id, asked)}"
            );
    }

    private static async Task WriteProvenanceAsync(
        Screen screen,
        SealedAssessment found,
        string origin,
        CancellationToken cancel
    )
    {
        var (actor, machine) = await found.IdentityAsync(cancel);
        Field(
            screen,
            "sealed",
            $"{Words.Time(found.Leaf.Head.Time)}, as entry {Words.Number(found.Entry.Index)} of {origin}"
        );
        Field(screen, "by", $"{actor} on {machine}, with plumb {found.Leaf.Head.ToolVersion}");
        Field(screen, "statement", found.Leaf.Statement);
        Field(screen, "engine", found.Leaf.Head.Engine);
    }

    private static void Field(Screen screen, string name, string value) =>
        screen.Write(0, 11, new Ink($"{name, -11}", Tone.Quiet), value);
}
