using System.CommandLine;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb eval QUERY</c>, which is <c>plumb as opa eval QUERY</c>: here for the list of verbs alone, the tool takes its words before they are parsed.</summary>
internal sealed class EvalVerb() : Verb("eval", "Evaluates Rego over policies and documents, as `opa eval` does")
{
    public override bool TakesAnyWords => true;

    public override Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel) =>
        throw new NotSupportedException("the tool takes its words");
}
