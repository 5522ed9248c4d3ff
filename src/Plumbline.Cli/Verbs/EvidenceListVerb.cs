using System.CommandLine;
using System.Text.Json;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Evidence;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb evidence list</c>: every entry of the ledger. Needs no key.</summary>
internal sealed class EvidenceListVerb : Verb
{
    private readonly StoreReading _reading = new();

    public EvidenceListVerb(Option<string> color)
        : base("list", "Every entry of the ledger, the oldest first")
    {
        Usage = "[OPTIONS]";
        Groups = [new("Options", [HelpLine.Of(_reading.Store), HelpLine.Of(color)])];
        Examples = [new("plumb evidence list", "what was sealed here, when, and how it came out")];
        Declare(_reading.Store, color);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        session.RefuseFaults();
        await using var store = await _reading.OpenAsync(parsed, session.Host, cancel);
        var rows = new List<Ink[]>();
        await foreach (var entry in store.EntriesAsync(0, cancel))
        {
            rows.Add(RowOf(entry));
        }

        var screen = session.Output;
        if (rows.Count == 0)
        {
            screen.Write($"Nothing was sealed in this store yet. This is not a pass.");
            return ExitCode.Fine;
        }

        screen.Table(["", "entry", "sealed", "what it says"], rows);
        screen.Blank();
        screen.Write(
            0,
            2,
            new Ink($"{store.Origin}: {Words.Number(rows.Count)} {(rows.Count == 1 ? "entry" : "entries")}", Tone.Quiet)
        );
        return ExitCode.Fine;
    }

    private static Ink[] RowOf(LedgerEntry entry)
    {
        var index = Words.Number(entry.Index);
        if (entry.Label is { } label && Parse(entry) is { } leaf)
        {
            var findings = leaf.Counts.Findings;
            var text =
                $"{Words.Count(leaf.Counts.Checks.Total, "check")}, {Words.Count(findings.Total, "finding")}: "
                + $"{Words.Number(findings.Pass)} pass, {Words.Number(findings.Fail)} fail, "
                + $"{Words.Number(findings.Unknown)} unknown, {Words.Number(findings.NotApplicable)} not applicable";
            return [new Ink($"A-{label}", Tone.Strong), index, Words.Time(leaf.Head.Time), text];
        }

        var (time, what) = Describe(entry);
        return ["", index, time, what];
    }

    private static AssessmentLeaf? Parse(LedgerEntry entry)
    {
        try
        {
            return AssessmentLeaf.Parse(entry.Data.Span);
        }
        catch (FormatException)
        {
            return null; // listed as what it is: an entry that does not say what it should
        }
    }

    /// <summary>An entry that is no assessment, or none that can be read.</summary>
    private static (string Time, string What) Describe(LedgerEntry entry)
    {
        try
        {
            using var leaf = JsonDocument.Parse(entry.Data);
            var time = leaf.RootElement.GetProperty("time").GetString()!;
            var reason = leaf.RootElement.TryGetProperty("gap", out var gap)
                ? gap.GetProperty("reason").GetString()
                : null;
            var what = reason switch
            {
                GapLeaf.RunLost => "gap: a run ended without sealing anything",
                GapLeaf.ClockBackwards => "gap: the clock went back",
                _ => leaf.RootElement.GetProperty("type").GetString()!,
            };
            return (LogTime.TryParse(time, out var at) ? Words.Time(at) : time, what);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ("", "not readable: plumb evidence verify");
        }
    }
}
