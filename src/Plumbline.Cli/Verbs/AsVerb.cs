using System.CommandLine;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Foreign;
using Plumbline.Core.Authored;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb as TOOL …</c>: tells which tools there are. One that there is takes the words before they are parsed here.</summary>
internal sealed class AsVerb : Verb
{
    private readonly Argument<string[]> _words = new("TOOL")
    {
        HelpName = "TOOL …",
        Description = "the tool, and whatever it takes",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public AsVerb(Option<string> color)
        : base(ForeignTools.Verb, "A foreign tool's command line: its flags, its output, its exit codes")
    {
        Usage = "TOOL …";
        Remarks =
        [
            "A link to plumb that has a tool's name is that tool: `ln -s plumb conftest`. "
                + "Nothing is sealed here; `plumb scan --policy` runs the same policies and seals what they found.",
        ];
        Groups = [new("Tools", [.. ForeignTools.All.Select(t => new HelpLine(t.Name, t.Summary))])];
        Examples =
        [
            new("plumb as conftest test deploy/", "as `conftest test deploy/`, with the policies in `policy/`"),
        ];
        Declare(_words, color);
    }

    public override bool TakesAnyWords => true;

    public override Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        var names = ForeignTools.All.Select(t => t.Name).ToList();
        var word = (parsed.GetValue(_words) ?? []).FirstOrDefault();
        var got = word is null ? "none" : $"`{word}`{Nearest.Hint(word, names)}";
        throw new WrongInputException(
            CliFaults.Verb,
            $"expected a tool after `{Name}` ({string.Join(", ", names.Select(n => $"`{n}`"))}), got {got}"
        );
    }
}
