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

    [Fact]
    public void Is_answered_with_a_place_and_costs_little() => Run(every: 10, expected: 200);

    [LongFact]
    public void Is_answered_with_a_place_and_costs_little_each_time() => Run(every: 1, expected: 2_000);

    private void Run(int every, int expected)
    {
        var lines = Lines(every, out var exit, out var error);
        var ends = lines
            .Where(l => l.StartsWith("end ", StringComparison.Ordinal))
            .Select(l => l.Split(' ', 6))
            .ToList();
        var faults = ends.Where(e => e[5] != "ok").Select(e => $"{e[1]} ({e[2]}): {e[5]}").ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults.Prepend($"{faults.Count} of {ends.Count}:")));
        Assert.True(exit == 0, $"exit code {exit} after `{lines.LastOrDefault()}`\n{error}");
        Assert.Equal(expected, ends.Count);

        var slow = ends.Where(e => long.Parse(e[3], CultureInfo.InvariantCulture) > 1_000).ToList();
        output.WriteLine(
            $"{ends.Count} inputs, {slow.Count} of them with more than a second of work: {string.Join(' ', slow.Select(e => e[1]))}"
        );
        var memory = lines[^1].Split(' ');
        var (before, peak) = (Number(memory[1]), Number(memory[2]));
        output.WriteLine($"{before} KiB before, {peak} KiB at most");
        Assert.InRange(peak - before, 0, (Heap + Beside) >> 10);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Lines(int every, out int exit, out string error)
    {
        var shared = Environment.GetEnvironmentVariable("PLUMB_SHARED") is { Length: > 0 } given
            ? given
            : Repository.Path("../shared");
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Plumbline.Hostile"),
            [$"{every}", shared]
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
        (exit, error) = (process.ExitCode, faults.GetAwaiter().GetResult());
        return lines;
    }
}
