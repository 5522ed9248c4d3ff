using System.CommandLine;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb evidence …</c>: the ledger, and what it proves.</summary>
internal sealed class EvidenceVerb : Verb
{
    public EvidenceVerb(Option<string> color)
        : base("evidence", "The ledger: what was sealed, what it says, and whether it still is what it was")
    {
        Verb[] verbs = [new EvidenceListVerb(color), new EvidenceShowVerb(color), new EvidenceVerifyVerb(color)];
        Usage = "list|show|verify [OPTIONS]";
        Groups = [new("Verbs", [.. verbs.Select(HelpLine.Of)])];
        Examples =
        [
            new("plumb evidence list", "everything that was sealed here"),
            new("plumb evidence show A-3", "the report of an assessment, from its evidence"),
            new("plumb evidence verify A-3 --report plumb.json", "whether a report is the one that the evidence gives"),
        ];
        Declare(verbs);
    }

    public override bool IsGroup => true;

    public override Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel) =>
        throw new NotSupportedException("this verb only holds others");
}
