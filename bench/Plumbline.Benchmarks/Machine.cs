using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Plumbline.Benchmarks;

/// <summary>What a figure depends on beside the code: processor, runtime, revision.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} CPUs; {RuntimeInformation.FrameworkDescription}; revision {Revision()}";

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var model = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model?[(model.IndexOf(':', StringComparison.Ordinal) + 2)..]
            ?? RuntimeInformation.OSArchitecture.ToString();
    }

    private static string Revision()
    {
        var start = new ProcessStartInfo("git", ["describe", "--always", "--dirty"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(start);
        return git?.StandardOutput.ReadToEnd().Trim() is { Length: > 0 } revision ? revision : "unknown";
    }
}
