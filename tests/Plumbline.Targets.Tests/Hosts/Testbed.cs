using System.Diagnostics;

namespace Plumbline.Targets.Tests.Hosts;

/// <summary>Real systems that scripts beside the checkout start on this machine.</summary>
internal static class Testbed
{
    /// <summary>Starts one unless it runs, and gives what it says of itself; skips the calling test where there is none.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> UpAsync(string name, CancellationToken cancel)
    {
        var script = Shared.Path($"testbeds/{name}.sh");
        if (Environment.UserName != "root")
        {
            Assert.Skip($"the testbed `{name}` needs root");
        }

        using var process = Process.Start(
            new ProcessStartInfo(script, ["up"]) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var lines = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.Equal(0, process.ExitCode);
        return lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('=', 2))
            .ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
    }
}
