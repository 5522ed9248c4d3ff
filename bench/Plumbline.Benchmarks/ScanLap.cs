using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Core.Frameworks;
using Plumbline.Exchange.Reports;
using Plumbline.Policies.Checks;
using Plumbline.Rego;
using Plumbline.Storage;
using Plumbline.Targets.Files;

namespace Plumbline.Benchmarks;

/// <summary>One scan in a process of its own. Times in milliseconds of CPU, over all threads.</summary>
internal sealed record ScanLap
{
    public int Resources { get; init; }
    public int Gaps { get; init; }
    public int Checks { get; init; }
    public int Evaluations { get; init; }

    /// <summary>Digest of every verdict on every resource.</summary>
    public string Answers { get; init; } = "";
    public string Verdicts { get; init; } = "";

    /// <summary>From the start of the process until checks and frameworks are loaded.</summary>
    public double Start { get; init; }
    public double Read { get; init; }
    public double Judge { get; init; }
    public double Seal { get; init; }
    public double Report { get; init; }

    /// <summary>Of the five.</summary>
    public double Total { get; init; }
    public double Wall { get; init; }
    public double SealAgain { get; init; }
    public long NewBytes { get; init; }

    /// <summary>Before it was sealed again.</summary>
    public long PeakBytes { get; init; }

    private static LeafAuthor Author { get; } =
        new()
        {
            Actor = "bench",
            Machine = "bench",
            ToolVersion = "bench",
            Engine = EngineDigest.Of([typeof(Policy).Assembly], Environment.Version),
        };

    /// <summary>Does the lap and prints it as JSON.</summary>
    public static void Run(string estate, string store) =>
        Console.Out.Write(
            JsonSerializer.Serialize(RunAsync(estate, store).GetAwaiter().GetResult(), ScanLapJson.Default.ScanLap)
        );

    private static async Task<ScanLap> RunAsync(string estate, string store)
    {
        var content = Path.Combine(AppContext.BaseDirectory, "content");
        var checks = await CheckLibrary.LoadAsync(content, new EvaluationOptions(), CancellationToken.None);
        var frameworks = await FrameworksAsync(content, checks);
        var start = Now();

        var options = new PathTargetOptions { Name = "bench" };
        var snapshot = await new PathTarget(estate, options).ReadAsync(null, CancellationToken.None);
        var read = Now();

        var input = new AssessmentInput
        {
            Snapshot = snapshot,
            Policies = checks,
            Frameworks = [.. frameworks],
            Clock = snapshot.To,
        };
        var assessment = Assessor.Assess(input, null, CancellationToken.None);
        var judge = Now();

        var storing = new StoreOptions
        {
            Folder = store,
            KeysFolder = store + ".keys",
            Author = () => Author,
        };
        await using var evidence = await EvidenceStore.OpenAsync(storing, CancellationToken.None);
        await SealAsync(evidence, assessment);
        var seal = Now();

        new JsonReport().Write(new ReportModel(assessment, new ReportEvidence.None()), Stream.Null);
        var report = Now();
        var wall = TimeProvider.System.GetLocalNow().DateTime - Process.GetCurrentProcess().StartTime;
        var peak = Process.GetCurrentProcess().PeakWorkingSet64;

        var before = Size(store);
        var again = Now();
        await SealAsync(evidence, assessment);
        var counts = assessment.Counts.Findings;
        return new ScanLap
        {
            Resources = snapshot.Resources.Length,
            Gaps = snapshot.Gaps.Length,
            Checks = assessment.Instances.Length,
            Evaluations = assessment.Findings.Count,
            Answers = AnswersOf(assessment),
            Verdicts =
                $"findings: {counts.Pass} pass, {counts.Fail} fail, {counts.Unknown} unknown, {counts.NotApplicable} not applicable",
            Start = start,
            Read = read - start,
            Judge = judge - read,
            Seal = seal - judge,
            Report = report - seal,
            Total = report,
            Wall = wall.TotalMilliseconds,
            SealAgain = Now() - again,
            NewBytes = Size(store) - before,
            PeakBytes = peak,
        };
    }

    private static async Task<List<Framework>> FrameworksAsync(string content, RegoChecks checks)
    {
        var ids = checks.Instances.Select(i => i.Check.Id).ToHashSet(StringComparer.Ordinal);
        var frameworks = new List<Framework>();
        foreach (
            var file in Directory.GetFiles(Path.Combine(content, "frameworks"), "*.yaml").Order(StringComparer.Ordinal)
        )
        {
            frameworks.Add(
                FrameworkFile.TryRead(file, await File.ReadAllBytesAsync(file), ids, out var framework, out var faults)
                    ? framework!
                    : throw new InvalidOperationException(string.Join('\n', faults))
            );
        }

        return frameworks;
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

    private static string AnswersOf(Assessment assessment)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var finding in assessment.Findings.All)
        {
            var parts = string.Join('|', finding.Parts.Select(p => $"{p.Key} {p.Place} {p.Message}"));
            var line = $"{finding.Instance} {finding.Resource.Key} {finding.Verdict} {parts}\n";
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static double Now() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    private static long Size(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
}

[JsonSerializable(typeof(ScanLap))]
internal sealed partial class ScanLapJson : JsonSerializerContext;
