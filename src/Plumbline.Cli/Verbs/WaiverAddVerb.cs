using System.CommandLine;
using System.Text;
using Plumbline.Cli.Accepting;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core;
using Plumbline.Core.Assessments;
using Plumbline.Core.Judging;
using Plumbline.Core.Waivers;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb waiver add</c>: asks for an exception. Writes the entry with all that it matches now, for somebody else to approve.</summary>
internal sealed class WaiverAddVerb : Verb
{
    private readonly Argument<string[]> _targets = new("TARGET")
    {
        HelpName = "TARGET…",
        Description = "what is judged to find what the exception matches, as for `plumb scan`",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _check = Flag.One("--check", "ID", "the check whose failures are accepted");
    private readonly Option<string> _fingerprint = Flag.One(
        "--fingerprint",
        "PF",
        "or one part of one finding, `pf1:…`"
    );
    private readonly Option<string[]> _resource = Flag.Many(
        "--resource",
        "GLOB",
        "over resource keys: `*|k8s//Pod|web-*`"
    );
    private readonly Option<string> _reason = Flag.One("--reason", "TEXT", "why the failure is lived with");
    private readonly Option<string> _requester = Flag.One(
        "--requester",
        "NAME",
        "who asks, as the list of approvers would name them"
    );
    private readonly Option<string> _owner = Flag.One("--owner", "NAME", "who answers for it; else whoever asks");
    private readonly Option<string> _ticket = Flag.One("--ticket", "ID", "where it was talked about");
    private readonly Option<string> _expires = Flag.One(
        "--expires",
        "DAY",
        "from its first second on it applies nowhere: 2027-01-31"
    );
    private readonly Option<string> _review = Flag.One(
        "--review",
        "DAY",
        "when it must be looked at again; else in 90 days or at its end"
    );
    private readonly Option<string> _id = Flag.One("--id", "ID", "its name; else the next of E-1, E-2, …");
    private readonly AcceptanceOptions _acceptances = new();

    /// <summary>The register is looked at every quarter (the source documents' cadence for exceptions).</summary>
    private static readonly TimeSpan Quarter = TimeSpan.FromDays(90);

    public WaiverAddVerb(Option<string> color)
        : base("add", "Asks for an exception: writes what it matches now, for somebody else to approve")
    {
        Usage = "--check ID --reason TEXT --requester NAME --ticket ID --expires DAY [TARGET…] [OPTIONS]";
        Remarks =
        [
            "Judges as `plumb scan` does, and seals nothing. What fails later and was not matched now is not covered.",
        ];
        Option[] what = [_check, _fingerprint, _resource];
        Option[] why = [_reason, _requester, _owner, _ticket, _expires, _review, _id];
        Groups =
        [
            new("What is accepted", [HelpLine.Of(_targets), .. what.Select(HelpLine.Of)]),
            new("Why, by whom, until when", [.. why.Select(HelpLine.Of)]),
            new("Where", [.. _acceptances.All.Select(HelpLine.Of), HelpLine.Of(color)]),
        ];
        Examples =
        [
            new(
                "plumb waiver add --check k8s-host-pid --resource '*|k8s/apps/DaemonSet|agent' --reason 'reads /proc of its node' "
                    + "--requester maya@acme.example --ticket OPS-7 --expires 2027-01-31",
                "then `plumb approve E-1 --key KEY`, by somebody else"
            ),
        ];
        Declare([_targets, .. what, .. why, .. _acceptances.All, color]);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        var flags = _acceptances.Flags(parsed) with { Targets = parsed.GetValue(_targets) ?? [] };
        var request = await ScanRequest.MakeAsync(flags, session, cancel);
        var lines = LinesOf(parsed, request, session);
        var entry = Parse(lines, request);
        var assessment = await Dry.AssessAsync(request, session, cancel);
        var matched = Matched(entry, assessment).ToList();
        if (matched.Count == 0)
        {
            throw new WrongInputException(
                CliFaults.NoSuchThing,
                "nothing that fails now is matched, so there is nothing to accept: `plumb scan --format json` shows keys and fingerprints"
            );
        }

        var scope = new Scope(assessment.Input.Snapshot, assessment.Input.Clock);
        lines.Add("scope:");
        lines.AddRange(
            matched
                .Select(m =>
                    (m.Part.Fingerprint, Digest: WaiverScope.DigestOf(m.Finding, assessment.Input.Policies, scope))
                )
                .Distinct()
                .OrderBy(m => m.Fingerprint, Ordinal.Comparer)
                .Select(m => $"  {AuthoredList.Scalar(m.Fingerprint)}: {AuthoredList.Scalar(m.Digest)}")
        );
        await WriteAsync(request, lines, session.Host, cancel);
        Say(session.Output, entry, matched, request);
        return ExitCode.Fine;
    }

    private List<string> LinesOf(ParseResult parsed, ScanRequest request, Session session)
    {
        var now = session.Host.Clock.GetUtcNow();
        var expires = parsed.GetValue(_expires);
        var review = parsed.GetValue(_review) ?? Earlier(expires, $"{now + Quarter:yyyy-MM-dd}");
        var lines = new List<string> { $"id: {AuthoredList.Scalar(parsed.GetValue(_id) ?? NextId(request))}" };
        Add("check", parsed.GetValue(_check) is { } id ? request.Content.FindCheck(id)?.Id ?? id : null);
        Add("fingerprint", parsed.GetValue(_fingerprint));
        if (Flag.ValuesOf(parsed, _resource).Select(AuthoredList.Scalar).ToList() is { Count: > 0 } resources)
        {
            lines.Add($"resources: [{string.Join(", ", resources)}]");
        }

        Add("owner", parsed.GetValue(_owner) ?? parsed.GetValue(_requester));
        Add("requester", parsed.GetValue(_requester));
        Add("reason", parsed.GetValue(_reason));
        Add("ticket", parsed.GetValue(_ticket));
        Add("expires", expires);
        Add("review", review);
        return lines;

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                lines.Add($"{key}: {AuthoredList.Scalar(text)}");
            }
        }
    }

    /// <summary>The entry as the reader of the file takes it, so that what is wrong is said in its words.</summary>
    private static WaiverEntry Parse(List<string> lines, ScanRequest request)
    {
        var alone = new AuthoredList("", "waivers");
        alone.TryAppend(lines);
        return request.Acceptances.TryReadWaivers(Bytes(alone), out var entries, out var faults)
            ? entries[0]
            : throw new WrongInputException([.. faults.Select(f => new Fault(f.Code, f.Message))]);
    }

    private static IEnumerable<(Finding Finding, FindingPart Part)> Matched(WaiverEntry entry, Assessment assessment) =>
        assessment
            .Findings.Rows.Where(f => f.Verdict == Verdict.Fail)
            .SelectMany(f => f.CertainParts.Where(p => entry.Selects(f, p)).Select(p => (f, p)));

    private static async Task WriteAsync(
        ScanRequest request,
        List<string> lines,
        HostEnvironment host,
        CancellationToken cancel
    )
    {
        var file = Path.GetFullPath(request.Acceptances.WaiverFile, host.WorkingFolder);
        var text = File.Exists(file) ? await File.ReadAllTextAsync(file, cancel) : "";
        var list = new AuthoredList(text, "waivers");
        var count = request.Acceptances.Register.Entries.Count();
        var isWhole =
            list.TryAppend(lines)
            && request.Acceptances.TryReadWaivers(Bytes(list), out var entries, out _)
            && entries.Length == count + 1;
        if (!isWhole)
        {
            throw new WrongInputException([
                new Fault(
                    CliFaults.Signing,
                    $"`{request.Acceptances.WaiverFile}` cannot be added to as it is written: add these lines by hand"
                )
                {
                    Details = [.. lines.Select((l, i) => (i == 0 ? "  - " : "    ") + l)],
                },
            ]);
        }

        await File.WriteAllTextAsync(file, list.ToString(), cancel);
    }

    private static void Say(
        Screen screen,
        WaiverEntry entry,
        List<(Finding Finding, FindingPart Part)> matched,
        ScanRequest request
    )
    {
        var worst = matched.Max(m => m.Finding.Instance.Check.Impact.Severity);
        screen.Write(
            0,
            2,
            new Ink($"{entry.Id} is asked for: ", Tone.Strong),
            $"{Words.Count(matched.Count, "failing part")}, {Words.Of(worst)} at worst, until {Words.Day(entry.Expires)}"
        );
        foreach (var (finding, part) in matched)
        {
            screen.Write(2, 2, $"{finding.Resource.Key}: {part.Message}");
        }

        screen.Write(
            0,
            2,
            $"It is a claim until somebody other than {entry.Requester} approves it: plumb approve {entry.Id} --key KEY"
        );
        screen.Write(0, 2, new Ink($"Written to {request.Acceptances.WaiverFile}", Tone.Quiet));
    }

    private static string NextId(ScanRequest request)
    {
        var taken = request.Acceptances.Register.Entries.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(n => $"E-{n}").First(id => !taken.Contains(id));
    }

    private static string? Earlier(string? left, string right) =>
        left is null ? right
        : string.CompareOrdinal(left, right) < 0 ? left
        : right;

    private static byte[] Bytes(AuthoredList list) => Encoding.UTF8.GetBytes(list.ToString());
}
