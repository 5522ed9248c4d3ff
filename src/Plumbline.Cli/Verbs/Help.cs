using System.CommandLine;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Verbs;

/// <summary>The text behind <c>--help</c>.</summary>
internal static class Help
{
    /// <summary>Terms longer than this stand on a line of their own.</summary>
    private const int MaxTerm = 26;

    public static void Write(Screen screen, RootVerb root, Verb verb)
    {
        var path = verb == root ? "plumb" : $"plumb {string.Join(' ', Path(verb))}";
        screen.Write(0, 2, new Ink($"{path} {verb.Usage}", Tone.Strong));
        screen.Blank();
        screen.Write(0, 0, $"{verb.Description?.TrimEnd('.')}.");
        foreach (var remark in verb.Remarks)
        {
            screen.Blank();
            screen.Write(0, 0, remark);
        }

        foreach (var group in verb.Groups)
        {
            screen.Blank();
            screen.Write(0, 0, new Ink(group.Title, Tone.Strong));
            WriteLines(screen, group.Lines);
        }

        if (verb.Examples.Count == 0)
        {
            return;
        }

        screen.Blank();
        screen.Write(0, 0, new Ink("Examples", Tone.Strong));
        foreach (var example in verb.Examples)
        {
            screen.Write(2, 2, example.Term);
            screen.Write(6, 0, new Ink(example.Meaning, Tone.Quiet));
        }
    }

    private static void WriteLines(Screen screen, IReadOnlyList<HelpLine> lines)
    {
        var column = lines.Select(l => l.Term.Length).Where(l => l <= MaxTerm).DefaultIfEmpty(0).Max() + 4;
        foreach (var line in lines)
        {
            if (line.Term.Length + 4 <= column)
            {
                screen.Write(2, column - 2, $"{line.Term.PadRight(column - 2)}{line.Meaning}");
            }
            else
            {
                screen.Write(2, 2, line.Term);
                screen.Write(column, 0, line.Meaning);
            }
        }
    }

    private static IEnumerable<string> Path(Command verb) =>
        verb.Parents.OfType<Verb>().FirstOrDefault(p => p is not RootVerb) is { } parent
            ? Path(parent).Append(verb.Name)
            : [verb.Name];
}
