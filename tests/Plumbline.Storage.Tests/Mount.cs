using System.Diagnostics;

namespace Plumbline.Storage.Tests;

/// <summary>A file system of its own over a folder, for as long as the test lasts; skips the test where that is not permitted.</summary>
internal sealed class Mount : IDisposable
{
    private readonly string folder;

    private Mount(string folder, params string[][] commands)
    {
        this.folder = folder;
        foreach (var command in commands)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", command), "mounting needs Linux and root");
        }
    }

    /// <summary>The same files, but nothing can be written.</summary>
    public static Mount ReadOnly(string folder) =>
        new(folder, ["--bind", folder, folder], ["-o", "remount,bind,ro", folder]);

    /// <summary>Nothing, and little room.</summary>
    public static Mount Small(string folder, string size)
    {
        Directory.CreateDirectory(folder);
        return new Mount(folder, ["-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder]);
    }

    public void Dispose() => Run("umount", "--lazy", folder);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
