using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Plumbline.Targets.Git;

/// <summary>Git cannot tell what was asked of it; the message is a clause that says why.</summary>
public sealed class GitException(string message) : Exception(message);

/// <summary>Runs the machine's own <c>git</c>, to read and for nothing else (ADR 9).</summary>
/// <remarks>
/// It may fetch nothing, write nothing, start nothing and ask nobody. Replaced objects and grafts are those of the commit and not of
/// whoever owns the working tree, who could put another list of approvers in their place.
/// </remarks>
internal static class GitProgram
{
    private static readonly (string Name, string Value)[] Environment =
    [
        ("GIT_NO_REPLACE_OBJECTS", "1"),
        ("GIT_GRAFT_FILE", "/dev/null"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_ALLOW_PROTOCOL", "none"),
        ("LC_ALL", "C"),
    ];

    /// <summary>Variables by which the caller's environment could point git at another repository.</summary>
    private static readonly string[] Cleared =
    [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE",
        "GIT_COMMON_DIR",
        "GIT_REPLACE_REF_BASE",
        "GIT_CONFIG_PARAMETERS",
        "GIT_CONFIG_COUNT",
    ];

    public readonly record struct Answer(bool Succeeded, byte[] Output, string Error)
    {
        public string Text => Encoding.UTF8.GetString(Output).Trim();
    }

    /// <exception cref="GitException">There is no git.</exception>
    public static async Task<Answer> RunAsync(string repository, string[] arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("git")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var name in Cleared)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in (string[])["-C", repository, "-c", "core.fsmonitor=false", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var git = Start(start);
        git.StandardInput.Close();
        using var output = new MemoryStream();
        var error = git.StandardError.ReadToEndAsync(cancel);
        await git.StandardOutput.BaseStream.CopyToAsync(output, cancel);
        await git.WaitForExitAsync(cancel);
        var said = (await error).Trim();
        return new Answer(git.ExitCode == 0, output.ToArray(), said.Split('\n')[0]);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new GitException("`git` did not start");
        }
        catch (Win32Exception)
        {
            throw new GitException("there is no program `git` to ask");
        }
    }
}
