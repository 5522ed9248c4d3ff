using System.Diagnostics;
using System.Globalization;

namespace Plumbline.Cli.Tests;

/// <summary>Two thousand inputs that nobody should give: texts, strings, policies, settings, words.</summary>
/// <remarks>
/// They run one after the other in a process whose heap cannot grow beyond a bound, so that neither a stack that overflows nor
/// memory that is gone takes the tests with it. What counts as right is said in <c>Plumbline.Hostile/Trial.cs</c>.
/// </remarks>
public sealed class Hostile_input(ITestOutputHelper output)
{
    /// <summary>What the heap may grow to, in bytes, the texts that the trials themselves hold included: beyond it the process dies.</summary>
    private const long Heap = 320L << 20;

    /// <summary>Code, stacks and SQLite's pages, which are not on the heap.</summary>
    private const long Beside = 64L << 20;

    private const int Count = 2_000;

    /// <summary>Inputs that share a process: fewer would cost starts, more would let what one left behind be another's fault.</summary>
    private const int Batch = 250;

    [Fact]
    public void Is_answered_with_a_place_and_costs_little() =>
        Run([.. Lines(0, Count, every: 10)], expected: Count / 10);

    [LongFact]
    public void Is_answered_with_a_place_and_costs_little_each_time() =>
        Run(
            [.. Enumerable.Range(0, Count / Batch).SelectMany(b => Lines(b * Batch, (b + 1) * Batch, every: 1))],
            expected: Count
        );

    private void Run(IReadOnlyList<string> lines, int expected)
    {
        var ends = lines
            .Where(l => l.StartsWith("end ", StringComparison.Ordinal))
            .Select(l => l.Split(' ', 6))
            .ToList();
        var faults = ends.Where(e => e[5] != "ok").Select(e => $"{e[1]} ({e[2]}): {e[5]}").ToList();
        Assert.True(faults.Count == 0, string.Join(" | ", faults.Prepend($"{faults.Count} of {ends.Count}:")));
        Assert.Equal(expected, ends.Count);
        var slow = ends.Where(e => Number(e[3]) > 1_000).ToList();
        var peak = lines
            .Where(l => l.StartsWith("memory ", StringComparison.Ordinal))
            .Max(l => Number(l.Split(' ')[2]));
        output.WriteLine(
            $"{ends.Count} inputs, {slow.Count} of them with more than a second of work: {string.Join(' ', slow.Select(e => e[1]))}; "
                + $"{peak} KiB at most"
        );
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What the trials say; where they do not come to their end, that is a fault of the input that they were at.</summary>
    private static string[] Lines(int from, int to, int every)
    {
        var shared = Environment.GetEnvironmentVariable("PLUMB_SHARED") is { Length: > 0 } given
            ? given
            : Repository.Path("../shared");
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Plumbline.Hostile"),
            [$"{from}", $"{to}", $"{every}", shared]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = Heap.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "0"; // as compiled ahead of time: loops are optimised at once
        using var process = Process.Start(start)!;
        var faults = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            $"exit code {process.ExitCode} after `{lines.LastOrDefault()}`\n{faults.GetAwaiter().GetResult()}"
        );
        var memory = lines[^1].Split(' ');
        Assert.InRange(Number(memory[2]) - Number(memory[1]), 0, (Heap + Beside) >> 10);
        return lines;
    }
}
