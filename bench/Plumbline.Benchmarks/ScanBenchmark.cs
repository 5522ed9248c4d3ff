using System.Globalization;
using System.Text.Json;
using Plumbline.Benchmarks.Estates;

namespace Plumbline.Benchmarks;

/// <summary>A scan of 10,000 manifests in YAML with all shipped checks and frameworks: what each part of it takes.</summary>
/// <remarks>
/// Every lap is a process of its own, so that its peak of memory is that of one scan, and compilation at run time is in it as for
/// a user. Medians; CPU time over all threads. No peer: it says where the time of a run goes. All laps have to give the
/// same answers, whose digest is printed to be compared between revisions.
/// </remarks>
internal static class ScanBenchmark
{
    /// <summary>The name under which this program calls itself for one lap.</summary>
    public const string LapName = "scan-lap";

    private const int Count = 10_000;
    private const int Laps = 5;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("plumb-bench");
        try
        {
            var path = folder.CreateSubdirectory("estate").FullName;
            var estate = Estate.Write(path, Count);
            var laps = Enumerable.Range(0, Laps).Select(i => RunLap(path, Path.Combine(folder.FullName, $"store{i}")));
            Report(estate, [.. laps]);
            ReportProduct(path, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ScanLap RunLap(string estate, string store)
    {
        var cost = Peers.Run(Environment.ProcessPath!, [LapName, estate, store], Peers.Root);
        return cost.ExitCode == 0
            ? JsonSerializer.Deserialize(cost.Output, ScanLapJson.Default.ScanLap)!
            : throw new InvalidOperationException($"expected a lap, got exit code {cost.ExitCode}");
    }

    private static void Report(Estate estate, List<ScanLap> laps)
    {
        var first = laps[0];
        if (laps.Exists(lap => lap.Answers != first.Answers))
        {
            throw new InvalidOperationException("expected the same answers of every lap");
        }

        double Median(Func<ScanLap, double> of) => laps.Select(of).Order().ElementAt(laps.Count / 2);
        var total = Median(l => l.Total);
        Line($"{estate.Manifests} manifests: {estate.Shapes} shapes, {estate.Failing} failing, {estate.Faulty} faulty");
        Line($"{first.Resources} resources, {first.Gaps} gaps, {first.Checks} checks, {first.Evaluations} evaluations");
        Line($"answers {first.Answers}");
        Line($"{first.Verdicts}");
        Line($"{laps.Count} laps, medians, CPU ms");
        Share("start", l => l.Start);
        Share("read", l => l.Read);
        Share("judge", l => l.Judge);
        Share("seal", l => l.Seal);
        Share("report", l => l.Report);
        Line($"  total  {total, 9:N0}          wall {Median(l => l.Wall):N0} ms");
        Line(
            $"  {first.Resources / total * 1000:N0} resources/s, judging {first.Evaluations / Median(l => l.Judge) * 1000:N0} evaluations/s, of CPU"
        );
        Line($"  sealed again, unchanged: {Median(l => l.SealAgain):N0} ms, {Median(l => l.NewBytes):N0} new bytes");
        Line($"  peak memory {Median(l => l.PeakBytes) / (1 << 20):N0} MiB");

        void Share(string name, Func<ScanLap, double> of) =>
            Line($"  {name, -6} {Median(of), 9:N0} {Median(of) / total, 7:P0}");
    }

    /// <summary>The same with the program as users have it.</summary>
    private static void ReportProduct(string estate, string folder)
    {
        var plumb = Peers.Plumb();
        var costs = Enumerable
            .Range(0, Laps)
            .Select(i =>
                Peers.Run(
                    plumb,
                    ["scan", estate, "--store", Path.Combine(folder, $"product{i}"), "--format", "json"],
                    folder
                )
            )
            .ToList();
        double Median(Func<Cost, TimeSpan> of) =>
            costs.Select(c => of(c).TotalMilliseconds).Order().ElementAt(Laps / 2);
        Line($"./plumb scan, whole process: CPU {Median(c => c.Cpu):N0} ms, wall {Median(c => c.Wall):N0} ms");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
