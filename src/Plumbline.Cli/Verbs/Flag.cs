using System.CommandLine;
using Plumbline.Cli.Faults;
using Plumbline.Core.Authored;

namespace Plumbline.Cli.Verbs;

/// <summary>Options as this program has them: values stay texts until they are checked here, all of them, with one kind of message.</summary>
internal static class Flag
{
    /// <summary>An option that may be given more than once; each value may be several, separated by commas.</summary>
    public static Option<string[]> Many(string name, string value, string meaning) =>
        new(name)
        {
            HelpName = value,
            Description = meaning,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
            CustomParser = result => [.. result.Tokens.Select(t => t.Value)],
        };

    public static Option<string> One(string name, string value, string meaning) =>
        new(name)
        {
            HelpName = value,
            Description = meaning,
            Arity = ArgumentArity.ExactlyOne,
        };

    public static Option<bool> Switch(string name, string meaning) =>
        new(name) { Description = meaning, Arity = ArgumentArity.Zero };

    public static IEnumerable<string> ValuesOf(ParseResult parsed, Option<string[]> option) =>
        parsed.GetValue(option) ?? [];

    /// <summary>The values of a repeatable option, commas taken apart.</summary>
    public static IReadOnlyList<string> ListOf(ParseResult parsed, Option<string[]> option) =>
        [
            .. ValuesOf(parsed, option)
                .SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];

    /// <summary>The meaning of one of a few words; null where the option was not given.</summary>
    public static T? WordOf<T>(
        ParseResult parsed,
        Option<string> option,
        IReadOnlyList<(string Word, T Meaning)> words,
        List<Fault> faults
    )
        where T : struct
    {
        if (parsed.GetValue(option) is not { } given)
        {
            return null;
        }

        foreach (var (word, meaning) in words)
        {
            if (word == given)
            {
                return meaning;
            }
        }

        var expected = string.Join(", ", words.Select(w => $"`{w.Word}`"));
        var hint = Nearest.Hint(given, words.Select(w => w.Word));
        faults.Add(
            new Fault(CliFaults.Value, $"expected one of {expected} after `{option.Name}`, got `{given}`{hint}")
        );
        return null;
    }
}
