using System.CommandLine;
using Plumbline.Cli.Accepting;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Terminal;
using Plumbline.Core.Authored;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb approve ID</c>: signs an exception or an attestation, or says what to sign and how.</summary>
internal sealed class ApproveVerb : Verb
{
    private readonly Argument<string> _id = new("ID")
    {
        HelpName = "ID",
        Description = "of the exception or attestation",
        Arity = ArgumentArity.ExactlyOne,
    };

    private readonly Option<bool> _payload = Flag.Switch(
        "--payload",
        "prints the bytes that are signed, and nothing else"
    );
    private readonly SigningOptions _signing = new();
    private readonly AcceptanceOptions _acceptances = new();

    public ApproveVerb(string name, string summary, Option<string> color)
        : base(name, summary)
    {
        Usage = "ID [OPTIONS]";
        Remarks =
        [
            "Without a key it shows what would be approved, and the command that signs it. Whoever asked for an exception may not "
                + "approve it, and a machine's key approves nothing.",
        ];
        Groups =
        [
            new("Arguments", [HelpLine.Of(_id)]),
            new("How it is signed", [.. _signing.All.Select(HelpLine.Of), HelpLine.Of(_payload)]),
            new("Where", [.. _acceptances.All.Select(HelpLine.Of), HelpLine.Of(color)]),
        ];
        var verb = name == "approve" ? name : $"waiver {name}";
        Examples =
        [
            new($"plumb {verb} E-12", "what it accepts, and how to sign it"),
            new($"plumb {verb} E-12 --key ~/.ssh/id_ed25519", "signs it, and writes the approval into the file"),
        ];
        Declare([_id, .. _signing.All, _payload, .. _acceptances.All, color]);
    }

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        var request = await ScanRequest.MakeAsync(_acceptances.Flags(parsed), session, cancel);
        var (id, acceptances) = (parsed.GetValue(_id)!, request.Acceptances);
        var signable = Signable.Find(id, acceptances) ?? throw NoSuch(id, acceptances);
        if (parsed.GetValue(_payload))
        {
            await session.Host.Output.Stream.WriteAsync(signable.Payload, cancel);
            return ExitCode.Fine;
        }

        var screen = session.Output;
        screen.Write(new Ink(signable.Id, Tone.Strong));
        foreach (var consequence in signable.Consequences)
        {
            screen.Write(2, 2, consequence);
        }

        if (!_signing.AreGiven(parsed))
        {
            Explain(screen, signable);
            return ExitCode.Fine;
        }

        var approvers = acceptances.Register.Approvers;
        var came = await _signing.SignAsync(parsed, signable, approvers, session.Host, cancel);
        if (came.By is { } by)
        {
            screen.Write(
                0,
                2,
                new Ink("Signed: ", Tone.Strong),
                $"it counts as {by.Principal}'s, written to {signable.File}"
            );
            return ExitCode.Fine;
        }

        screen.Write(0, 2, new Ink("It does not count: ", Tone.Fail), came.Refusal);
        return ExitCode.Failed;
    }

    private static void Explain(Screen screen, Signable signable)
    {
        var file = $"{signable.Id}.json";
        screen.Blank();
        screen.Write(0, 2, "To approve it:");
        screen.Raw($"  plumb approve {signable.Id} --key KEY");
        screen.Write(0, 2, "Where the key is on another machine, sign these bytes there:");
        screen.Raw($"  plumb approve {signable.Id} --payload > {file}");
        screen.Raw($"  {SshKeygen.Command(signable.Purpose, file)}");
        screen.Raw($"  plumb approve {signable.Id} --signature {file}.sig");
    }

    private static WrongInputException NoSuch(string id, Acceptances acceptances)
    {
        var ids = acceptances.Register.Entries.Select(e => e.Id).Concat(acceptances.Entries.Select(e => e.Id)).ToList();
        return new WrongInputException(
            CliFaults.NoSuchThing,
            $"there is no exception or attestation `{id}`{Nearest.Hint(id, ids)} (`plumb waiver list` and `plumb attest` list them)"
        );
    }
}
