using System.Diagnostics;

namespace Plumbline.Architecture.Tests;

/// <summary>The files that git keeps; skips the calling test where the sources came without git.</summary>
internal static class Checkout
{
    private static readonly string[] Binary = [".png", ".ico", ".db", ".gz"];

    /// <summary>Path from the repository's root, and text, of every file that is kept and readable as text.</summary>
    public static IEnumerable<(string Path, string Text)> Texts() =>
        from path in Files()
        where !Binary.Contains(System.IO.Path.GetExtension(path)) && File.Exists(Repository.Path(path))
        select (path, File.ReadAllText(Repository.Path(path)));

    private static string[] Files()
    {
        if (!Path.Exists(Repository.Path(".git")))
            Assert.Skip("expected a git checkout, got a folder without `.git`");
        var start = new ProcessStartInfo("git", ["ls-files", "-z"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start)!;
        var names = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return names.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }
}
