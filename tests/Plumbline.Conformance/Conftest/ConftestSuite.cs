using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Cli;
using Plumbline.Values;

namespace Plumbline.Conformance.Conftest;

/// <summary>conftest's acceptance cases: a command over some files, its exit code, and what its output does and does not hold.</summary>
/// <remarks>
/// A case runs in a folder of its own. Both outputs are one text, as where the cases come from. The types of its files are its
/// category, since most that is owed is a parser.
/// </remarks>
internal static class ConftestSuite
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(5);

    public static string Category(Value line) => string.Join('+', Texts(line["parsers"]));

    public static Outcome Run(Value line, SuiteOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("plumb-conftest-").FullName;
        try
        {
            Write(line["files"], folder);
            string[] words = ["as", "conftest", line["command"].Utf8.ToString(), .. Texts(line["args"])];
            using var output = new MemoryStream();
            var exit = new CommandLine(Host(folder, output)).RunAsync(words).GetAwaiter().GetResult();
            return Compare(line["expect"], exit, Encoding.UTF8.GetString(output.ToArray()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HostEnvironment Host(string folder, Stream output)
    {
        var end = new OutputEnd(output, IsTerminal: false, static () => 0);
        return new HostEnvironment
        {
            WorkingFolder = folder,
            Home = folder,
            User = "nobody",
            Machine = "nowhere",
            Variable = _ => null,
            Input = () => Stream.Null,
            Output = end,
            Error = end,
        };
    }

    private static void Write(Value files, string folder)
    {
        for (var i = 0; i < files.Count; i++)
        {
            var path = Path.Combine(folder, files[i]["path"].Utf8.ToString());
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, files[i]["text"].Utf8.Span.ToArray());
        }
    }

    private static Outcome Compare(Value expect, int exit, string output)
    {
        var wrong = new List<string>();
        if (expect["exit"].TryGetInt64(out var wanted) && wanted != exit)
        {
            wrong.Add($"wanted exit {wanted}, got {exit}");
        }

        wrong.AddRange(Texts(expect["output_matches"]).Where(p => !Holds(output, p)).Select(p => $"wanted `{p}`"));
        wrong.AddRange(Texts(expect["output_does_not_match"]).Where(p => Holds(output, p)).Select(p => $"not `{p}`"));
        return wrong.Count == 0 ? Outcome.Passed : Outcome.Failed($"{string.Join('\n', wrong)}\n{output}");
    }

    /// <summary>Patterns are those of a shell; what is none here stands for itself.</summary>
    private static bool Holds(string output, string pattern)
    {
        try
        {
            return Regex.IsMatch(output, pattern, RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (RegexParseException)
        {
            return output.Contains(pattern, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Texts(Value list) =>
        Enumerable.Range(0, list.Count).Select(i => list[i].Utf8.ToString());
}
