using System.CommandLine;
using System.Text;
using Plumbline.Cli.Completing;
using Plumbline.Cli.Faults;
using Plumbline.Core.Authored;

namespace Plumbline.Cli.Verbs;

/// <summary><c>plumb completion SHELL</c>: a script by which a shell completes verbs, options and their values.</summary>
internal sealed class CompletionVerb : Verb
{
    private readonly Argument<string?> _shell = new("SHELL")
    {
        HelpName = "SHELL",
        Description = "`bash`, `zsh` or `fish`",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public CompletionVerb(Option<string> color)
        : base("completion", "Prints the script by which a shell completes what is typed")
    {
        Usage = "SHELL";
        Remarks =
        [
            "Verbs, options and their values are completed: formats, severities, ids of checks and frameworks, files. "
                + "The ids are those of the checks that are in use when the script is printed.",
        ];
        Groups = [new("Arguments", [HelpLine.Of(_shell)]), new("Everywhere", [HelpLine.Of(color)])];
        Examples =
        [
            new("source <(plumb completion bash)", "in ~/.bashrc"),
            new("plumb completion zsh > \"${fpath[1]}/_plumb\"", "once"),
            new("plumb completion fish > ~/.config/fish/completions/plumb.fish", "once"),
        ];
        Declare(_shell, color);
    }

    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    public override async Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel)
    {
        session.RefuseFaults();
        var shell = parsed.GetValue(_shell);
        Func<CommandTree, string> write = shell switch
        {
            "bash" => BashScript.Write,
            "zsh" => ZshScript.Write,
            "fish" => FishScript.Write,
            _ => throw new WrongInputException(
                CliFaults.Value,
                $"expected a shell ({string.Join(", ", Shells.Select(s => $"`{s}`"))}), got "
                    + (shell is null ? "none" : $"`{shell}`{Nearest.Hint(shell, Shells)}")
            ),
        };
        var tree = new CommandTree(new RootVerb(), await OffersAsync(session, cancel));
        await session.Host.Output.Stream.WriteAsync(Encoding.UTF8.GetBytes(write(tree)), cancel);
        return ExitCode.Fine;
    }

    /// <summary>A library that does not load costs the ids, and not the script: it is read whenever a shell starts.</summary>
    private static async Task<Offers> OffersAsync(Session session, CancellationToken cancel)
    {
        try
        {
            var content = await Content.LoadAsync(session.Host, cancel);
            return new Offers(content.Checks.Select(c => c.Id), content.Frameworks.Select(f => f.Id));
        }
        catch (WrongInputException wrong)
        {
            session.Note($"no ids of checks and frameworks: {wrong.Faults[0].Message}");
            return new Offers([], []);
        }
    }
}
