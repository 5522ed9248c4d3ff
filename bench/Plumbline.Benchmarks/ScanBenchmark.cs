using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Core.Frameworks;
using Plumbline.Policies.Checks;
using Plumbline.Rego;
using Plumbline.Storage;
using Plumbline.Targets.Files;

namespace Plumbline.Benchmarks;

/// <summary>A scan of 1,000 manifests in YAML with the shipped checks: what reading, judging and sealing each take of it.</summary>
/// <remarks>
/// Laps after a warm-up, medians, CPU time of the whole process; "sealed again" is the second scan of an unchanged estate into
/// the same store. No peer: it says where the time of a run goes.
/// </remarks>
internal static class ScanBenchmark
{
    private const int Count = 1_000;
    private const int Laps = 9;

    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        var root = Directory.CreateTempSubdirectory("plumb-bench");
        try
        {
            var estate = root.CreateSubdirectory("estate").FullName;
            WriteManifests(estate);
            var laps = new List<Lap>();
            for (var i = 0; i < Laps + 2; i++)
            {
                laps.Add(await ScanAsync(estate, Path.Combine(root.FullName, $"store{i}")));
            }

            Report(laps[2..]);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private sealed record Lap(
        int Resources,
        int Findings,
        double Read,
        double Judge,
        double Seal,
        double SealAgain,
        long NewBytes
    )
    {
        public double Total => Read + Judge + Seal;
    }

    private static async Task<Lap> ScanAsync(string estate, string store)
    {
        var content = Path.Combine(AppContext.BaseDirectory, "content");
        var checks = await CheckLibrary.LoadAsync(content, new EvaluationOptions(), CancellationToken.None);
        var soc2 = Path.Combine(content, "frameworks", "soc2.yaml");
        FrameworkFile.TryRead(
            soc2,
            await File.ReadAllBytesAsync(soc2),
            checks.Instances.Select(i => i.Check.Id).ToHashSet(StringComparer.Ordinal),
            out var framework,
            out _
        );

        var (snapshot, read) = await TimeAsync(() =>
            new PathTarget(estate, new PathTargetOptions { Name = "bench" }).ReadAsync(null, CancellationToken.None)
        );
        var (assessment, judge) = await TimeAsync(() =>
            Task.FromResult(
                Assessor.Assess(
                    new AssessmentInput
                    {
                        Snapshot = snapshot,
                        Policies = checks,
                        Frameworks = [framework!],
                        Clock = snapshot.To,
                    },
                    null,
                    CancellationToken.None
                )
            )
        );
        var options = new StoreOptions
        {
            Folder = store,
            KeysFolder = store + ".keys",
            Author = () => Author,
        };
        await using var evidence = await EvidenceStore.OpenAsync(options, CancellationToken.None);
        var (_, seal) = await TimeAsync(() => SealAsync(evidence, assessment));
        var before = Size(store);
        var (_, again) = await TimeAsync(() => SealAsync(evidence, assessment));
        return new Lap(
            snapshot.Resources.Length,
            assessment.Findings.Count,
            read,
            judge,
            seal,
            again,
            Size(store) - before
        );
    }

    private static Task<SealOutcome> SealAsync(EvidenceStore store, Assessment assessment) =>
        store.SealAsync(
            AssessmentSeal.Prepare(
                assessment,
                new SealContext
                {
                    Author = Author,
                    Now = assessment.Input.Clock,
                    Random = RandomNumberGenerator.Fill,
                }
            ),
            CancellationToken.None
        );

    private static LeafAuthor Author { get; } =
        new()
        {
            Actor = "bench",
            Machine = "bench",
            ToolVersion = "bench",
            Engine = EngineDigest.Of([typeof(Policy).Assembly], Environment.Version),
        };

    private static async Task<(T Result, double Milliseconds)> TimeAsync<T>(Func<Task<T>> work)
    {
        var started = Environment.CpuUsage.TotalTime;
        var result = await work();
        return (result, (Environment.CpuUsage.TotalTime - started).TotalMilliseconds);
    }

    private static void Report(IReadOnlyList<Lap> laps)
    {
        double Median(Func<Lap, double> of) => laps.Select(of).Order().ElementAt(laps.Count / 2);
        var total = Median(l => l.Total);
        var text = CultureInfo.InvariantCulture;
        Console.WriteLine(
            string.Create(
                text,
                $"{laps[0].Resources} resources, {laps[0].Findings} findings, {Laps} laps, CPU ms, medians"
            )
        );
        foreach (
            var (name, value) in new (string, double)[]
            {
                ("read", Median(l => l.Read)),
                ("judge", Median(l => l.Judge)),
                ("seal", Median(l => l.Seal)),
            }
        )
        {
            Console.WriteLine(string.Create(text, $"  {name, -6} {value, 8:N1} {value / total, 7:P0}"));
        }

        Console.WriteLine(
            string.Create(text, $"  {"total", -6} {total, 8:N1}  {laps[0].Resources / total * 1000:N0} resources/s")
        );
        Console.WriteLine(
            string.Create(
                text,
                $"  sealed again, unchanged: {Median(l => l.SealAgain):N1} ms, {Median(l => l.NewBytes):N0} new bytes"
            )
        );
        Console.WriteLine(string.Create(text, $"  peak memory {Environment.WorkingSet >> 20} MiB"));
    }

    private static long Size(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    private static void WriteManifests(string folder)
    {
        var random = new Random(20261124);
        for (var i = 0; i < Count; i++)
        {
            var manifest = Manifests.Deployment(random);
            manifest["metadata"]!["name"] = $"app-{i}";
            var text = new StringBuilder();
            WriteYaml(manifest, "", text);
            File.WriteAllText(Path.Combine(folder, $"app-{i:D4}.yaml"), text.ToString());
        }
    }

    /// <summary>Block style, as people and tools write manifests; strings in quotes.</summary>
    private static void WriteYaml(JsonNode node, string indent, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                {
                    text.Append(indent).Append(name).Append(':');
                    WriteInner(value!, indent + "  ", text);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    text.Append(indent).Append('-');
                    WriteInner(item!, indent + "  ", text);
                }

                break;
        }
    }

    private static void WriteInner(JsonNode value, string indent, StringBuilder text)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            text.Append('\n');
            WriteYaml(value, indent, text);
        }
        else
        {
            text.Append(' ').Append(value.ToJsonString()).Append('\n');
        }
    }
}
