using System.CommandLine;
using Plumbline.Cli.Verbs;

namespace Plumbline.Cli.Completing;

/// <summary>The command line as a shell sees it: places that one can be at, and what may stand next.</summary>
internal sealed class CommandTree
{
    public CommandTree(RootVerb root, Offers offers)
    {
        var places = new List<Place>();
        Add(root, root.Name);
        Places = places;

        void Add(Verb verb, string path)
        {
            var below = verb.Subcommands.OfType<Verb>().ToList();
            var options = verb
                .Options.Append(root.Color)
                .DistinctBy(o => o.Name)
                .Select(o => new PlaceOption(
                    o.Name,
                    o.Description ?? "",
                    o.Arity.MaximumNumberOfValues > 0 ? offers.Of(o) : null
                ));
            places.Add(
                new Place(
                    path,
                    [.. below.Select(v => (v.Name, v.Description ?? ""))],
                    [.. options, new PlaceOption("--help", "what it does, with examples", null)],
                    verb.Arguments.Select(a => offers.Of(a, verb)).FirstOrDefault() ?? Offer.Nothing
                )
            );
            below.ForEach(v => Add(v, $"{path} {v.Name}"));
        }
    }

    /// <summary>Every verb before those below it.</summary>
    public IReadOnlyList<Place> Places { get; }
}

/// <summary>Behind the words of <paramref name="Path"/>, e.g. <c>plumb evidence show</c>.</summary>
internal sealed record Place(
    string Path,
    IReadOnlyList<(string Name, string Meaning)> Verbs,
    IReadOnlyList<PlaceOption> Options,
    Offer Argument
);

/// <param name="Value">Null for a switch.</param>
internal sealed record PlaceOption(string Name, string Meaning, Offer? Value);
