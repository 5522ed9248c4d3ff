using System.CommandLine;
using System.Text;
using Plumbline.Cli.Accepting;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Showing;
using Plumbline.Cli.Terminal;
using Plumbline.Core;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb attest [FRAMEWORK/REQUIREMENT]</c>: a person's signed statement for what no program can check.</summary>
internal sealed class AttestVerb : Verb
{
    private readonly Argument<string?> _requirement = new("REQUIREMENT")
    {
        HelpName = "FRAMEWORK/REQUIREMENT",
        Description = "what is attested, e.g. `soc2/CC1.1`; without it, all attestations are listed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _statement = Flag.One("--statement", "TEXT", "what is so, as a sentence");
    private readonly Option<string> _expires = Flag.One(
        "--expires",
        "DAY",
        "from its first second on it holds no longer: 2027-06-30"
    );
    private readonly Option<string> _attestor = Flag.One(
        "--attestor",
        "NAME",
        "who attests it, as the list of approvers names them"
    );
    private readonly Option<string> _id = Flag.One("--id", "ID", "its name; else the next of AT-1, AT-2, …");
    private readonly SigningOptions _signing = new();
    private readonly AcceptanceOptions _acceptances = new();

    public AttestVerb(Option<string> color)
        : base("attest", "Manual controls: a person's signed statement, which ends on a day")
    {
        Usage = "[FRAMEWORK/REQUIREMENT --statement TEXT --attestor NAME --expires DAY] [OPTIONS]";
        Remarks =
        [
            "It counts once it is signed, here with `--key` or later with `plumb approve`, by a key of the list of approvers.",
        ];
        Option[] what = [_statement, _attestor, _expires, _id];
        Groups =
        [
            new("What is attested", [HelpLine.Of(_requirement), .. what.Select(HelpLine.Of)]),
            new("How it is signed", [.. _signing.All.Select(HelpLine.Of)]),
            new("Where", [.. _acceptances.All.Select(HelpLine.Of), HelpLine.Of(color)]),
        ];
        Examples =
        [
            new("plumb attest", "what was attested, by whom, until when"),
            new(
                "plumb attest soc2/CC1.1 --statement 'all have signed the code of conduct' --attestor ines@acme.example "
                    + "--expires 2027-06-30 --key ~/.ssh/id_ed25519",
                "attests one requirement"
            ),
        ];
        Declare([_requirement, .. what, .. _signing.All, .. _acceptances.All, color]);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        var request = await ScanRequest.MakeAsync(_acceptances.Flags(parsed), session, cancel);
        if (parsed.GetValue(_requirement) is not { } requirement)
        {
            List(session.Output, request.Acceptances, session.Host.Clock.GetUtcNow());
            return ExitCode.Fine;
        }

        var id = parsed.GetValue(_id) ?? NextId(request.Acceptances);
        await WriteAsync(parsed, id, requirement, request.Acceptances, session.Host, cancel);
        session.Output.Write(
            0,
            2,
            new Ink($"{id} is written ", Tone.Strong),
            $"to {request.Acceptances.AttestationFile}"
        );
        if (!_signing.AreGiven(parsed))
        {
            session.Output.Write(0, 2, $"It counts for nothing until it is signed: plumb approve {id} --key KEY");
            return ExitCode.Fine;
        }

        var again = await ScanRequest.MakeAsync(_acceptances.Flags(parsed), session, cancel);
        var signable = Signable.Find(id, again.Acceptances)!;
        var approvers = again.Acceptances.Register.Approvers;
        var came = await _signing.SignAsync(parsed, signable, approvers, session.Host, cancel);
        if (came.By is null)
        {
            session.Output.Write(0, 2, new Ink("It does not count: ", Tone.Fail), came.Refusal);
            return ExitCode.Failed;
        }

        session.Output.Write(0, 2, new Ink("Signed: ", Tone.Strong), $"it counts as {came.By.Principal}'s");
        return ExitCode.Fine;
    }

    private static void List(Screen screen, Acceptances acceptances, DateTimeOffset clock)
    {
        if (acceptances.Entries.IsEmpty)
        {
            screen.Write($"There are no attestations in {acceptances.AttestationFile}.");
            return;
        }

        screen.Table(
            ["", "requirement", "ends", "by", "statement"],
            [
                .. acceptances
                    .Entries.OrderBy(e => e.Expires)
                    .ThenBy(e => e.Id, Ordinal.Comparer)
                    .Select(e =>
                        new Ink[]
                        {
                            new(e.Id, Tone.Strong),
                            $"{e.Framework}/{e.Requirement}",
                            e.IsInForce(clock)
                                ? Words.Day(e.Expires)
                                : new Ink($"expired {Words.Day(e.Expires)}", Tone.Fail),
                            e.By,
                            e.Statement,
                        }
                    ),
            ]
        );
        foreach (var entry in acceptances.Entries)
        {
            if (entry.Check(acceptances.Register.Approvers) is { Attestation: null } refused)
            {
                screen.Write(0, 2, new Ink($"{entry.Id} does not count: ", Tone.Fail), refused.Refusal);
            }
        }
    }

    private async Task WriteAsync(
        ParseResult parsed,
        string id,
        string requirement,
        Acceptances acceptances,
        HostEnvironment host,
        CancellationToken cancel
    )
    {
        var parts = requirement.Split('/', 2);
        var lines = new List<string>();
        Add("id", id);
        Add("framework", parts[0]);
        Add("requirement", parts.ElementAtOrDefault(1));
        Add("statement", parsed.GetValue(_statement));
        Add("by", parsed.GetValue(_attestor));
        Add("expires", parsed.GetValue(_expires));
        var file = Path.GetFullPath(acceptances.AttestationFile, host.WorkingFolder);
        var list = new AuthoredList(File.Exists(file) ? await File.ReadAllTextAsync(file, cancel) : "", "attestations");
        var alone = new AuthoredList("", "attestations");
        alone.TryAppend(lines);
        if (!acceptances.TryReadAttestations(Encoding.UTF8.GetBytes(alone.ToString()), out _, out var faults))
        {
            throw new WrongInputException([.. faults.Select(f => new Fault(f.Code, f.Message))]);
        }

        if (
            !list.TryAppend(lines)
            || !acceptances.TryReadAttestations(Encoding.UTF8.GetBytes(list.ToString()), out _, out faults)
        )
        {
            throw new WrongInputException([
                new Fault(
                    CliFaults.Signing,
                    $"`{acceptances.AttestationFile}` cannot be added to as it is written: add these lines by hand"
                )
                {
                    Details = [.. lines.Select((l, i) => (i == 0 ? "  - " : "    ") + l)],
                },
            ]);
        }

        await File.WriteAllTextAsync(file, list.ToString(), cancel);

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                lines.Add($"{key}: {AuthoredList.Scalar(text)}");
            }
        }
    }

    private static string NextId(Acceptances acceptances)
    {
        var taken = acceptances.Entries.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(n => $"AT-{n}").First(id => !taken.Contains(id));
    }
}
