using System.CommandLine;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb waiver …</c>: exceptions that are asked for, approved, and end.</summary>
internal sealed class WaiverVerb : Verb
{
    public WaiverVerb(Option<string> color)
        : base("waiver", "Exceptions: ask for one, approve it, see which hold and which do not")
    {
        Verb[] verbs =
        [
            new WaiverListVerb(color),
            new WaiverCheckVerb(color),
            new WaiverAddVerb(color),
            new ApproveVerb("sign", "Approves an exception: as `plumb approve`", color),
        ];
        Usage = "list|check|add|sign [OPTIONS]";
        Groups = [new("Verbs", [.. verbs.Select(HelpLine.Of)])];
        Examples =
        [
            new("plumb waiver check", "what each exception covers today, and which of them no longer count"),
            new("plumb waiver sign E-12 --key ~/.ssh/id_ed25519", "approves one"),
        ];
        Declare(verbs);
    }

    public override bool IsGroup => true;

    public override Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel) =>
        throw new NotSupportedException("this verb only holds others");
}
