using System.CommandLine;
using System.Text.Json;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Evidence;
using Plumbline.Exchange.Reports;
using Plumbline.Storage;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb evidence verify [A-n] [--report FILE]</c>: whether what is stored is what was sealed.</summary>
internal sealed class EvidenceVerifyVerb : Verb
{
    private readonly StoreReading _reading = new();

    private readonly Option<string> _report = Flag.One(
        "--report",
        "FILE",
        "a JSON report: whether it is the one that the evidence gives"
    );

    public EvidenceVerifyVerb(Option<string> color)
        : base("verify", "Whether what is stored is what was sealed, and agrees with itself")
    {
        Usage = "[A-n] [OPTIONS]";
        Remarks =
        [
            "Computes every hash again: of the log, its tree and its signed checkpoint, and of the statements, tables and documents "
                + "that its entries commit to; and judges requirements and counts again from the verdicts. Exits with 1 if anything differs.",
        ];
        Groups =
        [
            new("Arguments", [HelpLine.Of(_reading.Label)]),
            new("Options", [HelpLine.Of(_report), HelpLine.Of(_reading.Store), HelpLine.Of(color)]),
        ];
        Examples =
        [
            new("plumb evidence verify", "the whole ledger, and all its assessments"),
            new("plumb evidence verify A-3", "the ledger, and one assessment"),
            new("plumb evidence verify --report plumb.json", "a report, against the assessment that it names"),
        ];
        Declare(_reading.Label, _report, _reading.Store, color);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        session.RefuseFaults();
        var asked = _reading.LabelOf(parsed);
        var report = await ReadReportAsync(parsed.GetValue(_report), asked, session.Host, cancel);
        var label = asked ?? report?.Label;
        try
        {
            await using var store = await _reading.OpenAsync(parsed, session.Host, cancel);
            var verified = await VerifyAsync(store, label, cancel);
            Write(session, verified, label, store);
            return
                verified.IsWhole && (report is null || await CompareAsync(report, label!.Value, store, session, cancel))
                ? ExitCode.Fine
                : ExitCode.Failed;
        }
        catch (StoreException damaged) when (damaged.Code is "PLB-4004" or "PLB-4030")
        {
            // What cannot be opened because it is damaged is the answer, and no wrong input.
            session.Flush();
            session.Tell(new Fault(damaged.Code, damaged.Message));
            return ExitCode.Failed;
        }
    }

    private static async Task<Verification> VerifyAsync(EvidenceStore store, int? label, CancellationToken cancel)
    {
        var verifier = new EvidenceVerifier(store);
        if (label is not { } n)
        {
            return await verifier.VerifyAsync(cancel);
        }

        return await verifier.VerifyAsync(n, cancel)
            ?? throw new WrongInputException(
                CliFaults.NoSuchThing,
                $"there is no assessment `A-{n}` in this store (`plumb evidence list` shows those that there are)"
            );
    }

    private static void Write(Session session, Verification verified, int? label, EvidenceStore store)
    {
        var screen = session.Output;
        foreach (var difference in verified.Discrepancies)
        {
            screen.Write(0, 6, new Ink("FAIL  ", Tone.Fail), new Ink(difference.Place, Tone.Strong));
            screen.Write(6, 10, new Ink("expected  ", Tone.Quiet), difference.Expected);
            screen.Write(6, 10, new Ink("got       ", Tone.Quiet), difference.Found);
        }

        var what = label is { } n ? $"A-{n} and the log" : "the whole ledger";
        var counts = verified.Checked;
        if (verified.IsWhole)
        {
            screen.Write(
                0,
                6,
                new Ink("PASS  ", Tone.Pass),
                new Ink($"{what} of {store.Origin}: what is stored is what was sealed", Tone.Strong)
            );
        }
        else
        {
            screen.Write(
                0,
                6,
                new Ink("FAIL  ", Tone.Fail),
                new Ink(
                    $"{Words.Count(verified.Discrepancies.Length, "difference")} in {what} of {store.Origin}",
                    Tone.Strong
                )
            );
        }

        screen.Write(
            6,
            0,
            $"checked: {Entries(counts.Entries)}, {Words.Count(counts.Assessments, "assessment")}, "
                + $"{Words.Count(counts.Documents, "document")}, {Words.Count(counts.Verdicts, "verdict")}, "
                + $"{Words.Count(counts.Requirements, "requirement")} judged again"
        );
        screen.Write(6, 0, new Ink($"key: {store.VerifierKey}", Tone.Quiet));
    }

    private static string Entries(int count) => $"{Words.Number(count)} {(count == 1 ? "entry" : "entries")}";

    /// <summary>A report that somebody holds.</summary>
    /// <param name="Label">The assessment that it is held to be of.</param>
    private sealed record HeldReport(string File, byte[] Bytes, int Label);

    /// <param name="asked">The assessment that was asked for; null to take the report's own word for it.</param>
    private static async Task<HeldReport?> ReadReportAsync(
        string? file,
        int? asked,
        HostEnvironment host,
        CancellationToken cancel
    )
    {
        if (file is null)
        {
            return null;
        }

        try
        {
            var bytes = await File.ReadAllBytesAsync(Path.GetFullPath(file, host.WorkingFolder), cancel);
            if (asked is { } known)
            {
                return new HeldReport(file, bytes, known);
            }

            using var report = JsonDocument.Parse(bytes);
            return
                report.RootElement.TryGetProperty("assessment", out var assessment)
                && assessment.TryGetProperty("label", out var label)
                && label.ValueKind == JsonValueKind.String
                ? new HeldReport(file, bytes, StoreReading.Parse(label.GetString()!))
                : throw new WrongInputException(
                    CliFaults.Value,
                    $"expected a report of a sealed assessment, got `{file}`, which names none under `/assessment/label`"
                );
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new WrongInputException(
                CliFaults.File,
                $"the report `{file}` cannot be read: {refused.Message.TrimEnd('.')}"
            );
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            throw new WrongInputException(
                CliFaults.Value,
                $"expected a JSON report, got `{file}`: {refused.Message.TrimEnd('.')}"
            );
        }
    }

    /// <summary>Renders the report again from the evidence; false where it is another.</summary>
    private static async Task<bool> CompareAsync(
        HeldReport report,
        int label,
        EvidenceStore store,
        Session session,
        CancellationToken cancel
    )
    {
        var found = await StoreReading.FindAsync(store, label, cancel);
        var model = await EvidenceShowVerb.ModelAsync(found, store.Origin, cancel);
        using var rendered = new MemoryStream();
        new JsonReport().Write(model, rendered);
        var screen = session.Output;
        if (FirstDifference(rendered.ToArray(), report.Bytes) is not { } difference)
        {
            screen.Write(
                0,
                6,
                new Ink("PASS  ", Tone.Pass),
                new Ink($"{report.File} is the report that A-{label} gives", Tone.Strong)
            );
            return true;
        }

        screen.Write(
            0,
            6,
            new Ink("FAIL  ", Tone.Fail),
            new Ink($"{report.File} is not the report that A-{label} gives", Tone.Strong),
            $" ({CliFaults.ReportDiffers})"
        );
        screen.Write(6, 2, $"first difference at {difference.Place}");
        screen.Write(6, 10, new Ink("expected  ", Tone.Quiet), difference.Expected);
        screen.Write(6, 10, new Ink("got       ", Tone.Quiet), difference.Found);
        return false;
    }

    private static Discrepancy? FirstDifference(byte[] expected, byte[] held)
    {
        try
        {
            return ReportComparison.FirstDifference(expected, held);
        }
        catch (JsonException broken)
        {
            return new Discrepancy(
                $"line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}",
                "a JSON report",
                $"what cannot be read ({broken.Message.TrimEnd('.')})"
            );
        }
    }
}
