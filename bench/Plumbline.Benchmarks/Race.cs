using System.Diagnostics;

namespace Plumbline.Benchmarks;

/// <summary>One of the programs that do the same work.</summary>
/// <param name="Work">Does it once; the answer is kept so that nothing is optimised away.</param>
internal sealed record Runner(string Name, Func<object?> Work);

/// <summary>What one runner needed for the work once: the median of its laps.</summary>
internal sealed record Lap(string Name, double Microseconds, double AllocatedBytes);

/// <summary>Lets runners do the same work in turn and takes CPU time, since wall time on a shared machine swings.</summary>
internal static class Race
{
    private const int Laps = 11;

    /// <summary>Less than this and code is measured that is not compiled to its end yet.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2.5);

    private static readonly TimeSpan LapTime = TimeSpan.FromMilliseconds(150);

    public static IReadOnlyList<Lap> Run(IReadOnlyList<Runner> runners)
    {
        var counts = runners.Select(CountFor).ToArray();
        var times = runners.Select(_ => new List<double>()).ToArray();
        var bytes = new double[runners.Count];
        for (var lap = 0; lap < Laps; lap++)
        {
            for (var i = 0; i < runners.Count; i++)
            {
                GC.Collect();
                var allocated = GC.GetTotalAllocatedBytes(precise: true);
                var started = Environment.CpuUsage.TotalTime;
                Repeat(runners[i], counts[i]);
                times[i].Add((Environment.CpuUsage.TotalTime - started).TotalMicroseconds / counts[i]);
                bytes[i] = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)counts[i];
            }
        }

        return [.. runners.Select((runner, i) => new Lap(runner.Name, times[i].Order().ElementAt(Laps / 2), bytes[i]))];
    }

    /// <summary>Warms a runner up, and says how often it does its work in one lap.</summary>
    private static int CountFor(Runner runner)
    {
        var count = 0;
        var watch = Stopwatch.StartNew();
        for (; watch.Elapsed < WarmUp; count++)
        {
            GC.KeepAlive(runner.Work());
        }

        return Math.Max(1, (int)(count * (LapTime / watch.Elapsed)));
    }

    private static void Repeat(Runner runner, int count)
    {
        for (var i = 0; i < count; i++)
        {
            GC.KeepAlive(runner.Work());
        }
    }
}
