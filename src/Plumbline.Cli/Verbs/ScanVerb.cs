using System.CommandLine;
using Plumbline.Cli.Scanning;
using Plumbline.Core.Judging;
using Plumbline.Core.Settings;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb scan [TARGET…]</c>: collect, evaluate, judge, seal, report.</summary>
internal sealed class ScanVerb : Verb
{
    private static readonly string Formats = string.Join(", ", ReportOrder.Words.Select(w => $"`{w}`"));

    private readonly Argument<string[]> _targets = new("TARGET")
    {
        HelpName = "TARGET…",
        Description =
            "file or folder with manifests, or a saved snapshot; `.` where neither this nor plumbline.yaml names one",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _framework = Flag.Many(
        "--framework",
        "ID",
        "only the checks of this framework, and only its requirements"
    );

    private readonly Option<string[]> _check = Flag.Many("--check", "ID", "only this check; `_` may stand for `-`");

    private readonly Option<string[]> _policy = Flag.Many(
        "--policy",
        "DIR|FILE",
        "policies of your own (Rego, as for conftest), asked about every document besides the checks"
    );

    private readonly Option<string[]> _namespace = Flag.Many(
        "--namespace",
        "PACKAGE",
        "only this package of theirs; may be a pattern, `kubernetes.*`"
    );

    private readonly Option<bool> _allNamespaces = Flag.Switch(
        "--all-namespaces",
        "all packages of theirs, which is so unless `--namespace` names some"
    );

    private readonly Option<string[]> _data = Flag.Many(
        "--data",
        "DIR|FILE",
        "JSON and YAML that they read below `data`"
    );

    private readonly Option<bool> _combine = Flag.Switch(
        "--combine",
        "ask them about all documents as one, `[{path, contents}]`"
    );

    private readonly Option<string[]> _format = Flag.Many(
        "--format",
        "FORMAT[:FILE]",
        $"{Formats}, to a file or, without one or with `-`, to standard output; as often as wanted"
    );

    private readonly Option<string> _failOn = Flag.One(
        "--fail-on",
        "SEVERITY",
        "the least severe failure that fails the gate: `critical`, `high` (default), `medium`, `low`, `none`"
    );

    private readonly Option<bool> _audit = Flag.Switch(
        "--audit",
        "show what the gate would do, and exit 0 where it would be 1 or 3"
    );

    private readonly Option<string> _store = Flag.One(
        "--store",
        "DIR",
        "the evidence store; else the nearest `.plumbline` upwards, else one at the repository's root"
    );

    private readonly Option<string> _saveSnapshot = Flag.One(
        "--save-snapshot",
        "DIR",
        "also save what was read in a new folder, which can be scanned in its place"
    );

    private readonly AcceptanceOptions _acceptances = new();

    public ScanVerb(Option<string> color)
        : base("scan", "Reads manifests, judges them, seals the evidence and says what it found")
    {
        Usage = "[TARGET…] [OPTIONS]";
        Remarks =
        [
            "Unknown is never a pass: what could not be read or told is shown, counted and sealed as such. "
                + "What the repository's plumbline.yaml says holds where no option says otherwise.",
        ];
        Groups =
        [
            new("What is read and asked", [HelpLine.Of(_targets), HelpLine.Of(_framework), HelpLine.Of(_check)]),
            new(
                "Policies of your own",
                [
                    HelpLine.Of(_policy),
                    HelpLine.Of(_namespace),
                    HelpLine.Of(_allNamespaces),
                    HelpLine.Of(_data),
                    HelpLine.Of(_combine),
                ]
            ),
            new(
                "What comes out",
                [HelpLine.Of(_format), HelpLine.Of(_store), HelpLine.Of(_saveSnapshot), HelpLine.Of(color)]
            ),
            new("What the exit code says", [HelpLine.Of(_failOn), HelpLine.Of(_audit)]),
            new("What people accept", [.. _acceptances.All.Select(HelpLine.Of)]),
        ];
        Examples =
        [
            new("plumb scan deploy/", "scans a folder, with all checks and frameworks"),
            new("plumb scan --framework soc2 --fail-on critical", "a gate that only the worst fails"),
            new(
                "plumb scan --format cli --format json:plumb.json --format sarif:plumb.sarif",
                "the usual text, and files for machines"
            ),
            new("plumb scan --save-snapshot before deploy/", "and keeps what was read, to be judged again later"),
            new("plumb scan --policy policy/ --data exceptions/ deploy/", "with policies written for conftest"),
            new("plumb scan --check k8s-host-pid,k8s-host-ipc .", "two checks only"),
        ];
        Declare(_targets, _framework, _check, _policy, _namespace, _allNamespaces, _data, _combine);
        Declare([_format, _failOn, _audit, _store, _saveSnapshot, .. _acceptances.All, color]);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        var flags = new ScanFlags
        {
            Targets = parsed.GetValue(_targets) ?? [],
            Frameworks = Flag.ListOf(parsed, _framework),
            Checks = Flag.ListOf(parsed, _check),
            Policies = [.. Flag.ValuesOf(parsed, _policy)],
            Namespaces = Flag.ListOf(parsed, _namespace),
            AllNamespaces = parsed.GetValue(_allNamespaces),
            Data = [.. Flag.ValuesOf(parsed, _data)],
            Combine = parsed.GetValue(_combine),
            Reports = [.. Flag.ValuesOf(parsed, _format)],
            FailOn = Flag.WordOf(
                parsed,
                _failOn,
                [.. Gate.Levels.Select(l => (l.Word, new FailOn(l.Level)))],
                session.Faults
            ),
            Audit = parsed.GetValue(_audit),
            Store = parsed.GetValue(_store),
            SaveSnapshot = parsed.GetValue(_saveSnapshot),
            Waivers = parsed.GetValue(_acceptances.Waivers),
            ApproversFrom = parsed.GetValue(_acceptances.ApproversFrom),
        };
        var request = await ScanRequest.MakeAsync(flags, session, cancel);
        return await new ScanRun(session, request).RunAsync(cancel);
    }
}
