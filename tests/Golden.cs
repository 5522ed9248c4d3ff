using System.Runtime.CompilerServices;
using System.Text;

namespace Plumbline.Tests;

/// <summary>Texts that people see, kept as files: a change of the text is a change of the file, and review reads it.</summary>
internal static class Golden
{
    private const int ShownLines = 60;

    /// <summary>Fails with a diff unless <paramref name="actual"/> is the text of <paramref name="file"/>, byte for byte.</summary>
    /// <param name="file">Path from the folder of the calling test, e.g. <c>surface/Plumbline.Values.txt</c>.</param>
    /// <remarks>Under <c>PLUMB_ACCEPT=1</c> the file is written instead, and the test passes.</remarks>
    public static void Matches(string file, string actual, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(FolderOf(caller), file);
        if (Environment.GetEnvironmentVariable("PLUMB_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected == actual && File.Exists(path))
            return;
        var shown = Path.GetRelativePath(Repository.Root, path);
        Assert.Fail($"`{shown}` differs (- expected, + came); PLUMB_ACCEPT=1 rewrites it\n{Diff(expected, actual)}");
    }

    /// <summary>The folder of a source file, whose path the compiler has mapped from the repository's root to <c>/_/</c>.</summary>
    private static string FolderOf(string caller)
    {
        const string mapped = "/_/";
        var path = caller.StartsWith(mapped, StringComparison.Ordinal)
            ? Repository.Path(caller[mapped.Length..])
            : caller;
        return Path.GetDirectoryName(path)!;
    }

    /// <summary>The lines that differ, by their longest common subsequence, with the number each has on its own side.</summary>
    internal static string Diff(string expected, string actual)
    {
        string[] before = expected.Split('\n');
        string[] after = actual.Split('\n');

        // kept[i, j]: lines that before[i..] and after[j..] have in common.
        var kept = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                kept[i, j] = before[i] == after[j] ? kept[i + 1, j + 1] + 1 : Math.Max(kept[i + 1, j], kept[i, j + 1]);
        }

        var diff = new StringBuilder();
        var shown = 0;
        for (int i = 0, j = 0; i < before.Length || j < after.Length; )
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }
            if (shown++ == ShownLines)
                return diff.Append("  …").ToString();
            var removed = i < before.Length && (j == after.Length || kept[i + 1, j] >= kept[i, j + 1]);
            diff.Append(removed ? $"- {i + 1, 4} {Visible(before[i++])}\n" : $"+ {j + 1, 4} {Visible(after[j++])}\n");
        }
        return diff.ToString();
    }

    /// <summary>Escapes control characters, so that a terminal shows what differs instead of obeying it.</summary>
    private static string Visible(string line) =>
        string.Concat(line.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()));
}
