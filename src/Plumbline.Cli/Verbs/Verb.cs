using System.CommandLine;

namespace Plumbline.Cli.Verbs;

/// <summary>A word of the command line with all that belongs to it: options, help, and what it does.</summary>
internal abstract class Verb(string name, string summary) : Command(name, summary)
{
    /// <summary>What follows the verb, e.g. <c>[TARGET…] [OPTIONS]</c>.</summary>
    public string Usage { get; protected init; } = "";

    /// <summary>What one should know besides, a paragraph each.</summary>
    public IReadOnlyList<string> Remarks { get; protected init; } = [];

    /// <summary>Its arguments and options, as help groups them.</summary>
    public IReadOnlyList<HelpGroup> Groups { get; protected init; } = [];

    public IReadOnlyList<HelpLine> Examples { get; protected init; } = [];

    /// <summary>Whether it does something itself, or only its subverbs do.</summary>
    public virtual bool IsGroup => false;

    /// <summary>Whether words that begin with <c>-</c> may be meant for somebody else.</summary>
    public virtual bool TakesAnyWords => false;

    /// <returns>The exit code.</returns>
    /// <exception cref="Faults.WrongInputException">Nothing was done.</exception>
    public abstract Task<int> RunAsync(ParseResult parsed, Session session, CancellationToken cancel);

    /// <summary>Adds what the groups list.</summary>
    protected void Declare(params ReadOnlySpan<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    Add(option);
                    break;
                case Argument argument:
                    Add(argument);
                    break;
                case Command command:
                    Add(command);
                    break;
                default:
                    throw new ArgumentException($"expected an option, argument or verb, got `{symbol}`");
            }
        }
    }
}

/// <summary>A heading of help, and what stands below it.</summary>
internal sealed record HelpGroup(string Title, IReadOnlyList<HelpLine> Lines);

/// <summary>A term, e.g. <c>--format FORMAT[:FILE]</c>, or a whole command line; and what it means.</summary>
internal sealed record HelpLine(string Term, string Meaning)
{
    /// <summary>Of an option, from what it says of itself.</summary>
    public static HelpLine Of(Option option) =>
        new(option.HelpName is { } value ? $"{option.Name} {value}" : option.Name, option.Description ?? "");

    public static HelpLine Of(Argument argument) => new(argument.HelpName ?? argument.Name, argument.Description ?? "");

    public static HelpLine Of(Command verb) => new(verb.Name, verb.Description ?? "");
}
