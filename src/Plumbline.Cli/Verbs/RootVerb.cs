using System.CommandLine;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb</c> itself: lists its verbs.</summary>
internal sealed class RootVerb : Verb
{
    public RootVerb()
        : base("plumb", "Compliance as code: reads an estate, judges it, and proves what it saw.")
    {
        Verb[] verbs =
        [
            new ScanVerb(Color),
            new EvidenceVerb(Color),
            new ChecksVerb(Color),
            new FrameworksVerb(Color),
            new WaiverVerb(Color),
            new AttestVerb(Color),
            new ApproveVerb("approve", "Signs an exception or an attestation, or says what to sign and how", Color),
            new EvalVerb(),
            new AsVerb(Color),
            new InitVerb(Color),
            new DoctorVerb(Color),
            new CompletionVerb(Color),
        ];
        Usage = "VERB [OPTIONS]";
        Groups =
        [
            new("Verbs", [.. verbs.Select(HelpLine.Of)]),
            new(
                "Everywhere",
                [
                    HelpLine.Of(Color),
                    new("--help", "this text, or that of a verb: `plumb scan --help`"),
                    new("--version", "the version"),
                ]
            ),
            new(
                "Exit codes",
                [
                    new("0", "fine"),
                    new("1", "the gate or a verification failed"),
                    new("2", "the input is wrong, or nothing could be sealed"),
                    new("3", "incomplete: not all was told that had to be"),
                ]
            ),
        ];
        Examples =
        [
            new("plumb init", "the first thing to do in a repository"),
            new("plumb scan deploy/", "what fails in these manifests, where, why, and how to fix it"),
            new("plumb evidence verify", "whether everything that was sealed is still what it was"),
        ];
        Declare(verbs);
    }

    /// <summary>Every verb takes it.</summary>
    public Option<string> Color { get; } =
        Flag.One("--color", "WHEN", "`always`, `never` or `auto`: on a terminal, unless NO_COLOR is set");

    public override bool IsGroup => true;

    public override Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel) =>
        throw new NotSupportedException("the root only holds verbs");
}
