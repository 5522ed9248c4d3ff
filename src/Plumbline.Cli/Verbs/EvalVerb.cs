using System.CommandLine;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb eval QUERY</c>, which is <c>plumb as opa eval QUERY</c>: here for the list of verbs alone, the tool takes its words before they are parsed.</summary>
internal sealed class EvalVerb : Verb
{
    public EvalVerb()
        : base("eval", "Evaluates Rego over policies and documents, as `opa eval` does")
    {
        Usage = "QUERY [FLAGS]";
        Examples =
        [
            new("plumb eval -d policy/ -i pod.yaml data.main.deny", "what a policy answers for a document"),
            new("plumb eval -d policy/ --explain full -f pretty data.main.deny", "and how it came to that"),
        ];
    }

    public override bool TakesAnyWords => true;

    public override Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel) =>
        throw new NotSupportedException("the tool takes its words");
}
