using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Evidence;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Storage;
using Plumbline.Values;

namespace Plumbline.Benchmarks;

/// <summary>What evidence of ten million verdicts takes (CONTRACTS §6, "Verdict tables"), and the history of one resource.</summary>
/// <remarks>
/// 100,000 resources × 100 checks, one verdict in a hundred failing, drawn evenly: no chunk is spared. Two figures a day: stored
/// bytes of findings (statement, tables, salts and their index), and of the whole database after a checkpoint of its log.
/// </remarks>
internal static class EvidenceBenchmark
{
    private const int Resources = 100_000;
    private const int Checks = 100;
    private const int Failing = 100;
    private const int Changing = 1_000;
    private const string Type = "k8s/apps/Deployment";

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 23, 6, 12, TimeSpan.Zero);

    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        var root = Directory.CreateTempSubdirectory("plumb-bench");
        try
        {
            var policies = new Drawn();
            ImmutableArray<Resource> estate = [.. Enumerable.Range(0, Resources).Select(Workload).OrderBy(r => r.Key)];
            Console.WriteLine($"{Resources:N0} resources x {Checks} checks, 1 in {Failing} failing");
            Console.WriteLine("day                                 findings        database       sealing");
            foreach (
                var (day, what) in new[] { (0, "first"), (0, "unchanged"), (1, "1 in 1,000 changed"), (2, "again") }
            )
            {
                policies.Day = day;
                await DayAsync(root.FullName, policies, estate, what);
            }

            await HistoryAsync(root.FullName);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static async Task DayAsync(string root, Drawn policies, ImmutableArray<Resource> estate, string what)
    {
        var assessment = Assessor.Assess(
            new AssessmentInput
            {
                Snapshot = new Snapshot
                {
                    Target = "bench",
                    From = Start,
                    To = Start,
                    Identity = "uid 1000",
                    Resources = estate,
                },
                Policies = policies,
                Frameworks = [],
                Clock = Start,
            },
            null,
            CancellationToken.None
        );
        var (database, findings) = (Size(root), await FindingsAsync(root));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await using (var store = await OpenAsync(root, StoreAccess.Write))
        {
            await store.SealAsync(AssessmentSeal.Prepare(assessment, Context), CancellationToken.None);
        }

        var took = watch.Elapsed;
        Console.WriteLine(
            $"{what, -28}{await FindingsAsync(root) - findings, 16:N0}{Size(root) - database, 16:N0}{took.TotalSeconds, 12:N1} s"
        );
    }

    /// <summary>What one check said of one resource in every assessment that there is.</summary>
    private static async Task HistoryAsync(string root)
    {
        await using var store = await OpenAsync(root, StoreAccess.Read);
        var key = KeyOf(4711);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var days = 0;
        foreach (var index in await store.FindAsync(EvidenceNames.Of(key), CancellationToken.None))
        {
            var entry = await store.EntryAsync(index, CancellationToken.None);
            var day = await new AssessmentReader(store).OpenAsync(entry!, CancellationToken.None);
            days += await day.ProveAsync("check-042", "default", key, CancellationToken.None) is null ? 0 : 1;
        }

        Console.WriteLine(
            $"history of one resource, with proofs: {watch.Elapsed.TotalMilliseconds / days:N0} ms an assessment"
        );
    }

    /// <summary>Stored bytes of what lies under the key of findings.</summary>
    private static async Task<long> FindingsAsync(string root)
    {
        if (!Directory.Exists(Path.Combine(root, "store")))
        {
            return 0;
        }

        await using var store = await OpenAsync(root, StoreAccess.Read);
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var entry in store.EntriesAsync(0, CancellationToken.None))
        {
            foreach (var blob in AssessmentLeaf.Parse(entry.Data.Span).Head.Blobs.Where(IsOfFindings))
            {
                known[blob.Ct] = blob.Size;
                if (blob.Name == "index/findings")
                {
                    foreach (var line in Lines(await store.BlobAsync(blob, CancellationToken.None)))
                    {
                        known[line["ct"].Utf8.ToString()] = line["size"].TryGetInt64(out var size)
                            ? size
                            : throw new InvalidDataException("no size");
                    }
                }
            }
        }

        return known.Values.Sum();
    }

    private static bool IsOfFindings(BlobRef blob) => blob.Name is "index/findings" or "statement" or "salts";

    private static IEnumerable<Value> Lines(byte[] text) =>
        Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Json.Parse);

    private static long Size(string root) =>
        new FileInfo(Path.Combine(root, "store", "store.db")) is { Exists: true } file ? file.Length : 0;

    private static Task<EvidenceStore> OpenAsync(string root, StoreAccess access) =>
        EvidenceStore.OpenAsync(
            new StoreOptions
            {
                Folder = Path.Combine(root, "store"),
                KeysFolder = Path.Combine(root, "keys"),
                Access = access,
                Author = () => Author,
            },
            CancellationToken.None
        );

    private static LeafAuthor Author { get; } =
        new()
        {
            Actor = "bench",
            Machine = "bench",
            ToolVersion = "bench",
            Engine = $"sha256:{new string('0', 64)}",
        };

    private static SealContext Context =>
        new()
        {
            Author = Author,
            Now = TimeProvider.System.GetUtcNow(),
            Random = RandomNumberGenerator.Fill,
        };

    private static ResourceKey KeyOf(int index) =>
        ResourceKey.Of(
            "repo:bench//deploy;k8s/shop",
            Type,
            string.Create(CultureInfo.InvariantCulture, $"service-{index:D6}")
        );

    private static Resource Workload(int index) =>
        Resource.Of(
            KeyOf(index),
            Basis.Declared,
            new ObjectBuilder { ["kind"] = "Deployment", ["replicas"] = index }.ToValue(),
            Observation.None
        );

    /// <summary>Answers by a hash of the pair: the same every time, and from one day to the next another one here and there.</summary>
    private sealed class Drawn : IPolicySource
    {
        public int Day { get; set; }

        public ImmutableArray<CheckInstance> Instances { get; } =
        [
            .. Enumerable
                .Range(0, Checks)
                .Select(i =>
                    new Check
                    {
                        Id = string.Create(CultureInfo.InvariantCulture, $"check-{i:D3}"),
                        Uid = string.Create(CultureInfo.InvariantCulture, $"check-{i:D3}"),
                        Title = "A check",
                        Resources = [Type],
                        Impact = new Impact(0.7),
                        Family = "access",
                        Rationale = "why",
                        Fix = "how",
                        Revision = 1,
                        File = "check.rego",
                    }.Default
                ),
        ];

        public ImmutableSortedDictionary<string, string> Digests =>
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

        public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel)
        {
            var chance = Fnv(instance.Check.Id, resource.Key.Text);
            var fails = chance % Failing == 0;
            for (var day = 1; day <= Day; day++)
            {
                fails ^= (chance / Failing + (ulong)day) % Changing == 0;
            }

            return fails ? Fail(instance, resource) : Finding.Pass(instance, resource);
        }

        private static Finding Fail(CheckInstance instance, Resource resource) =>
            new()
            {
                Instance = instance,
                Resource = resource,
                Verdict = Verdict.Fail,
                Parts =
                [
                    new FindingPart(
                        "containers[name=web]",
                        JsonPointer.Parse("/spec/containers/0/image"),
                        $"container `web` of {resource.Key.Primary} is not as it should be",
                        Enforcement.Enforce,
                        IsCertain: true
                    )
                    {
                        Fingerprint = Fingerprint.Of(instance, resource.Key, "containers[name=web]"),
                    },
                ],
            };

        /// <summary>FNV-1a, mixed once more.</summary>
        private static ulong Fnv(string first, string second)
        {
            var hash = 14695981039346656037;
            foreach (var c in first)
            {
                hash = (hash ^ c) * 1099511628211;
            }

            foreach (var c in second)
            {
                hash = (hash ^ c) * 1099511628211;
            }

            hash ^= hash >> 33;
            hash *= 0xff51afd7ed558ccd;
            return hash ^ (hash >> 33);
        }
    }
}
