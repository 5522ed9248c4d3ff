using System.CommandLine;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Foreign;
using Plumbline.Cli.Terminal;
using Plumbline.Cli.Verbs;
using Plumbline.Core.Authored;
using Plumbline.Core.Evidence;
using Plumbline.Core.Resources;

namespace Plumbline.Cli;

/// <summary>From the words that were typed to the verb that runs, and from whatever goes wrong to an exit code.</summary>
/// <remarks>
/// What is typed is looked through once before it is parsed: a parser that takes any number of targets would take a misspelt
/// option for one.
/// </remarks>
internal sealed class CommandLine(HostEnvironment host)
{
    private static readonly string[] HelpWords = ["--help", "-h", "-?"];

    private static readonly (string Word, ColorChoice Choice)[] Colors =
    [
        ("auto", ColorChoice.Auto),
        ("always", ColorChoice.Always),
        ("never", ColorChoice.Never),
    ];

    public async Task<int> RunAsync(string[] args)
    {
        using var session = new Session(host, ColorOf(args));
        try
        {
            return ForeignTools.Find(args, host.StartedAs, out var words) is { } tool
                ? await tool.RunAsync(words, host)
                : await DispatchAsync(args, session);
        }
        catch (WrongInputException wrong)
        {
            return Tell(session, wrong.Faults);
        }
        catch (TargetException wrong)
        {
            return Tell(session, [new Fault(wrong.Code, wrong.Message)]);
        }
        catch (StoreException refused)
        {
            return Tell(session, [new Fault(refused.Code, refused.Message)]);
        }
        catch (OperationCanceledException) when (host.Interrupted.IsCancellationRequested)
        {
            session.Tell(
                new Fault(CliFaults.Interrupted, "interrupted before anything was found: nothing was changed")
            );
            return ExitCode.Incomplete;
        }
#pragma warning disable CA1031 // The one place where a mistake of ours is caught: the host.
        catch (Exception ours)
#pragma warning restore CA1031
        {
            var message = "this is a mistake in plumb, not in what you gave it: please report it with the lines below";
            return Tell(session, [new Fault(CliFaults.Internal, message) { Details = [ours.ToString()] }]);
        }
        finally
        {
            session.Flush();
        }
    }

    private static async Task<int> DispatchAsync(string[] args, Session session)
    {
        var root = new RootVerb();
        var verb = FindVerb(root, args, out var wantsHelp);
        if (wantsHelp)
        {
            Help.Write(session.Output, root, verb);
            return ExitCode.Fine;
        }

        session.Faults.AddRange(verb.TakesAnyWords ? [] : UnknownOptions(root, verb, args));
        var parsed = root.Parse(
            args,
            new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null }
        );
        if (session.Faults.Count == 0)
        {
            session.Faults.AddRange(ParseFaults(parsed, verb));
        }

        session.RefuseFaults();
        _ = Flag.WordOf(parsed, root.Color, Colors, session.Faults);
        return await verb.RunAsync(parsed, session, session.Host.Interrupted);
    }

    /// <summary>The verb that the first words name.</summary>
    /// <exception cref="WrongInputException">They name none.</exception>
    private static Verb FindVerb(RootVerb root, string[] args, out bool wantsHelp)
    {
        wantsHelp = args.TakeWhile(a => a != "--").Any(HelpWords.Contains) || args.Length == 0;
        Verb verb = root;
        foreach (var word in args)
        {
            if (!verb.IsGroup || HelpWords.Contains(word))
            {
                return verb;
            }

            var below = verb.Subcommands.OfType<Verb>().ToList();
            if (below.Find(v => v.Name == word) is not { } next)
            {
                var words = string.Join(", ", below.Select(v => $"`{v.Name}`"));
                var place = verb == root ? "a verb" : $"a word after `{verb.Name}`";
                throw new WrongInputException(
                    CliFaults.Verb,
                    $"expected {place} ({words}), got `{word}`{Nearest.Hint(word, Likely(word, verb, below))}"
                );
            }

            verb = next;
        }

        return !verb.IsGroup || wantsHelp
            ? verb
            : throw new WrongInputException(
                CliFaults.Verb,
                $"expected a word after `{verb.Name}` ({string.Join(", ", verb.Subcommands.Select(v => $"`{v.Name}`"))}), got none"
            );
    }

    /// <summary>What may have been meant: before a verb stand only options of the program itself.</summary>
    private static IEnumerable<string> Likely(string word, Verb verb, IEnumerable<Verb> below) =>
        word.StartsWith('-') && verb is RootVerb ? ["--help", "--version"] : below.Select(v => v.Name);

    private static IEnumerable<Fault> UnknownOptions(RootVerb root, Verb verb, string[] args)
    {
        var known = verb.Options.Append(root.Color).DistinctBy(o => o.Name).ToDictionary(o => o.Name);
        foreach (var word in args.TakeWhile(a => a != "--").Where(a => a.Length > 1 && a[0] == '-'))
        {
            var name = word.Split('=', ':')[0];
            if (!known.TryGetValue(name, out var option))
            {
                yield return new Fault(
                    CliFaults.Option,
                    $"`plumb {PathOf(verb)}` has no option `{name}`{Nearest.Hint(name, known.Keys)}"
                );
            }
            else if (option.Arity.MaximumNumberOfValues == 0 && name != word)
            {
                yield return new Fault(CliFaults.Value, $"expected `{name}` alone, which is a switch, got `{word}`");
            }
        }
    }

    private static IEnumerable<Fault> ParseFaults(ParseResult parsed, Verb verb)
    {
        foreach (var word in parsed.UnmatchedTokens)
        {
            yield return new Fault(
                CliFaults.Value,
                $"expected `plumb {PathOf(verb)} {verb.Usage}`, got `{word}` besides"
            );
        }

        foreach (var error in parsed.Errors)
        {
            if (error.SymbolResult is System.CommandLine.Parsing.OptionResult { Option: var option })
            {
                yield return new Fault(
                    CliFaults.Value,
                    $"expected one value after `{option.Name}`: `{HelpLine.Of(option).Term}`"
                );
            }
        }
    }

    /// <summary>The words that lead to the verb, e.g. <c>evidence list</c>.</summary>
    private static string PathOf(Verb verb) =>
        verb.Parents.OfType<Verb>().FirstOrDefault(p => p is not RootVerb) is { } parent
            ? $"{PathOf(parent)} {verb.Name}"
            : verb.Name;

    /// <summary>Needed before parsing, which may already have something to say.</summary>
    private static ColorChoice ColorOf(string[] args)
    {
        for (var i = 0; i < args.Length && args[i] != "--"; i++)
        {
            var value =
                args[i] == "--color" ? args.ElementAtOrDefault(i + 1)
                : args[i].StartsWith("--color=", StringComparison.Ordinal) ? args[i]["--color=".Length..]
                : null;
            foreach (var (word, choice) in Colors)
            {
                if (word == value)
                {
                    return choice;
                }
            }
        }

        return ColorChoice.Auto;
    }

    private static int Tell(Session session, IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults)
        {
            session.Tell(fault);
        }

        return ExitCode.WrongInput;
    }
}
