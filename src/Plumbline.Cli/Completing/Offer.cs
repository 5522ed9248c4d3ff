using System.CommandLine;
using System.Text.RegularExpressions;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Verbs;
using Plumbline.Core.Judging;

namespace Plumbline.Cli.Completing;

/// <summary>What a shell may offer where a value is expected.</summary>
/// <param name="Words">In the order in which they are offered.</param>
internal sealed record Offer(OfferKind Kind, params IReadOnlyList<string> Words)
{
    public static Offer Nothing { get; } = new(OfferKind.Words);
}

internal enum OfferKind
{
    Words,

    /// <summary>One of the words, and more of them behind commas.</summary>
    List,

    /// <summary>One of the words, a colon and a file.</summary>
    WordAndFile,
    Files,
    Folders,
}

/// <summary>What to offer for a value, by the name that help gives it: <c>DIR</c> is a folder wherever it stands.</summary>
/// <param name="checks">Ids of checks.</param>
/// <param name="frameworks">Ids of frameworks.</param>
internal sealed partial class Offers(IEnumerable<string> checks, IEnumerable<string> frameworks)
{
    private readonly IReadOnlyList<string> _checks = [.. checks.Where(IsPlain)];
    private readonly IReadOnlyList<string> _frameworks = [.. frameworks.Where(IsPlain)];

    public Offer Of(Option option) =>
        Of(
            option.HelpName ?? "",
            option.Name,
            option.Arity.MaximumNumberOfValues > 1 ? OfferKind.List : OfferKind.Words
        );

    public Offer Of(Argument argument, Verb verb) => Of(argument.HelpName ?? "", verb.Name, OfferKind.Words);

    /// <param name="owner">Option or verb that the value belongs to.</param>
    private Offer Of(string value, string owner, OfferKind ids) =>
        value switch
        {
            "DIR" => new(OfferKind.Folders),
            "FILE" or "TARGET…" or "DIR|FILE" => new(OfferKind.Files),
            "FORMAT[:FILE]" => new(OfferKind.WordAndFile, ReportOrder.Words),
            "FORMAT" => new(OfferKind.Words, ReportOrder.Words),
            "SEVERITY" => new(OfferKind.Words, [.. Gate.Levels.Select(l => l.Word)]),
            "WHEN" => new(OfferKind.Words, "always", "never", "auto"),
            "SHELL" => new(OfferKind.Words, CompletionVerb.Shells),
            "ID" when owner.Contains("framework", StringComparison.Ordinal) => new(ids, _frameworks),
            "ID" when owner.Contains("check", StringComparison.Ordinal) => new(ids, _checks),
            _ => Offer.Nothing,
        };

    /// <summary>A name that means something to a shell stays out of its script.</summary>
    private static bool IsPlain(string word) => Plain().IsMatch(word);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._/-]*\\z")]
    private static partial Regex Plain();
}
