using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Plumbline.Benchmarks;

/// <summary>The programs of this checkout, and those that they are measured beside.</summary>
internal static partial class Peers
{
    /// <summary>The checkout that this program was built from.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>As a user starts it; built now where that is needed, so that no lap pays for it.</summary>
    public static string Plumb()
    {
        var plumb = Path.Combine(Root, "plumb");
        Run(plumb, ["--version"], Root);
        return plumb;
    }

    /// <summary>Built by its script where that is needed.</summary>
    public static string Opa() => Run(Path.Combine(Root, "bench", "peers", "build-opa"), [], Root).Output.Trim();

    /// <summary>Runs a program to its end and takes what it and its children cost.</summary>
    public static Cost Run(string program, IReadOnlyList<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var before = CpuOfChildren();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Cost(CpuOfChildren() - before, watch.Elapsed, process.ExitCode, output);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Plumbline.slnx")))
        {
            folder =
                Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("expected to lie in a checkout of Plumbline");
        }

        return folder;
    }

    /// <summary>Of all children that have ended: what the kernel accounts, to the microsecond.</summary>
    private static TimeSpan CpuOfChildren()
    {
        const int Children = -1;
        Span<long> usage = stackalloc long[18]; // struct rusage of 64-bit systems: two times of two words, fourteen counts
        return GetUsage(Children, ref usage[0]) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}

/// <summary>What one run of a program took.</summary>
/// <param name="Cpu">User and system time, its children's included.</param>
internal sealed record Cost(TimeSpan Cpu, TimeSpan Wall, int ExitCode, string Output);
