using System.Collections.Immutable;
using System.Text;
using Plumbline.Core;
using Plumbline.Core.Assessments;
using Plumbline.Core.Attestations;
using Plumbline.Core.Boundaries;
using Plumbline.Core.Evidence;
using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Keys;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Tiles;
using Plumbline.Ledger.Trees;
using Plumbline.Storage;
using Plumbline.Targets.Files;

namespace Plumbline.Cli.Tests.Evidence;

/// <summary>
/// The log of <c>docs/formats/vectors</c>: two days of a small estate, a run that was lost between them and a clock that went
/// back, and a bundle that waits; made with a clock and a chance that are the same in every run.
/// </summary>
/// <remarks>Files are as RELIABILITY §2.9 lays them out, and beside the stored blobs stand their salts and plaintexts.</remarks>
internal sealed class SampleLog : IDisposable
{
    /// <summary>The folder in the repository.</summary>
    public static string Folder { get; } = Repository.Path("docs/formats/vectors");

    private readonly Estate _estate = new();
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    private static LeafAuthor Author { get; } =
        new()
        {
            Actor = "ines@example.org",
            Machine = "build-7",
            ToolVersion = "0.1.0",
            Engine = $"sha256:{new string('e', 64)}",
        };

    private StoreOptions Options =>
        new()
        {
            Folder = _estate.PathOf(".plumbline"),
            KeysFolder = Path.Combine(_estate.Root, "keys"),
            Clock = _estate.Clock,
            Random = _estate.Chance,
            Author = static () => Author,
            LockWait = TimeSpan.Zero,
        };

    public void Dispose() => _estate.Dispose();

    /// <summary>The files of the folder by their paths in it; the sources are not among them.</summary>
    public static async Task<IReadOnlyDictionary<string, byte[]>> MakeAsync()
    {
        using var log = new SampleLog();
        await log.FillAsync();
        return log._files;
    }

    private async Task FillAsync()
    {
        _estate["PLUMB_CONTENT"] = Path.Combine(Folder, "source", "content");
        Copy(Path.Combine(Folder, "source", "estate"), _estate.Folder);
        var first = await AssessAsync();
        await SealAsync(first);
        AddSnapshot(first.Input.Snapshot);
        await LoseRunAsync();
        _estate.Clock.AdjustTime(_estate.Clock.GetUtcNow().AddHours(-1));
        var database = await File.ReadAllTextAsync(_estate.PathOf("deploy/db.yaml"), default);
        _estate.Write("deploy/db.yaml", database.Replace("privileged: true", "privileged: false"));
        await SealAsync(await AssessAsync());
        await using var store = await EvidenceStore.OpenAsync(Options, default);
        await AddLogAsync(store);
        await AddPendingAsync(store);
    }

    private async Task<Assessment> AssessAsync()
    {
        var host = _estate.Host();
        var content = await Content.LoadAsync(host, default);
        var target = new PathTarget(
            ".",
            new PathTargetOptions
            {
                Name = "vectors.example/shop",
                WorkingFolder = _estate.Folder,
                Clock = _estate.Clock,
            }
        );
        var snapshot = await target.ReadAsync(null, default) with { Identity = "uid 1000" };
        _estate.Clock.Advance(TimeSpan.FromMilliseconds(1234.5678));
        var input = new AssessmentInput
        {
            Snapshot = snapshot with { To = _estate.Clock.GetUtcNow() },
            Policies = content.Policies,
            Frameworks = content.Frameworks,
            Clock = _estate.Clock.GetUtcNow(),
            Attestations =
            [
                new Attestation("AT-1", "demo", "D2", _estate.Clock.GetUtcNow().AddDays(90)) { By = "Ines" },
            ],
            OutOfBoundary = Sorted(("demo/D3", "there are no premises")),
            Exclusions = new Exclusions
            {
                Read = snapshot.Resources.Length + 1,
                Rows = [new Exclusion("*|k8s//Pod|sandbox-*", "torn down every night", 1)],
            },
            Digests = Sorted(("configuration", $"sha256:{new string('c', 64)}")),
        };
        var failing = Assessor.Assess(input, null, default).Findings.Rows.Where(f => f.Resource.Key.Primary == "zoë");
        return Assessor.Assess(
            input with
            {
                Waivers = [.. failing.Where(f => f.Instance.Check.Id == "demo-privileged").Select(WaiverOf)],
                Claims = [.. failing.Where(f => f.Instance.Check.Id == "demo-image-tag").Select(ClaimOf)],
                Exceptions = [Exception("W-1", "demo-privileged", ["Ines"]), Exception("W-2", "demo-image-tag", [])],
            },
            null,
            default
        );
    }

    private DateTimeOffset Expiry => _estate.Clock.GetUtcNow().AddDays(30);

    private Waiver WaiverOf(Finding failing) =>
        new("W-1", failing.Parts[0].Fingerprint, Expiry) { Reason = "until the move", ApprovedBy = "Ines" };

    private Claim ClaimOf(Finding failing) =>
        new("W-2", failing.Parts[0].Fingerprint, Expiry) { Reason = "a mirror is coming", Why = "nobody approved it" };

    private ExceptionEntry Exception(string id, string about, ImmutableArray<string> approvedBy) =>
        new(id, Expiry)
        {
            About = about,
            Owner = "Otto",
            Requester = "Otto",
            Reason = approvedBy.IsEmpty ? "a mirror is coming" : "until the move",
            Ticket = "OPS-17",
            ApprovedBy = approvedBy,
            Why = approvedBy.IsEmpty ? "nobody approved it" : "",
            Selected = 1,
            Covered = approvedBy.Length,
            IsBare = false,
        };

    private async Task SealAsync(Assessment assessment)
    {
        await using var store = await EvidenceStore.OpenAsync(Options, default);
        Assert.IsType<SealOutcome.Sealed>(await store.SealAsync(RequestOf(assessment), default));
    }

    private SealRequest RequestOf(Assessment assessment) =>
        AssessmentSeal.Prepare(
            assessment,
            new SealContext
            {
                Author = Author,
                Now = _estate.Clock.GetUtcNow(),
                Random = _estate.Chance,
            }
        );

    private async Task LoseRunAsync()
    {
        await using var dying = await EvidenceStore.OpenAsync(Options, default);
        await dying.BeginRunAsync(
            Guid.Parse("01a1fb35-d6a0-7000-8000-000000000001"),
            _estate.Clock.GetUtcNow(),
            "scan .",
            default
        );
        _estate.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    private void AddSnapshot(Snapshot snapshot)
    {
        foreach (var file in SnapshotFiles.Of(snapshot))
        {
            _files.Add($"snapshot/{file.Path}", file.Bytes.ToArray());
        }
    }

    private async Task AddLogAsync(EvidenceStore store)
    {
        var entries = await store.EntriesAsync(0, default).ToListAsync();
        var checkpoint = Encoding.UTF8.GetBytes((await store.CheckpointAsync(default))!);
        _files.Add("log/key", Encoding.UTF8.GetBytes(store.VerifierKey + "\n"));
        _files.Add("log/checkpoint", checkpoint);
        foreach (var tile in TileId.OfTree(entries.Count))
        {
            _files.Add($"log/{tile.Path}", await store.TileAsync(tile.Level, tile.Index, default));
        }

        var bundle = TileId.OfEntries(entries.Count).Single();
        _files.Add($"log/{bundle.Path}", EntryBundle.Encode([.. entries.Select(e => e.Data)]));
        var tree = new MemoryTree([.. entries.Select(e => TreeHash.Read(e.LeafHash.Span))]);
        var signed = SignedCheckpoint.Open(checkpoint, store.Origin, [VerifierKey.Parse(store.VerifierKey)]);
        foreach (var entry in entries)
        {
            var proof = ProofFile.Of(tree.ProveInclusion(entry.Index, entries.Count), signed);
            _files.Add($"log/proofs/{entry.Index}.tlog-proof", proof.ToBytes());
            await AddBlobsAsync(store, await SealedBlobs.OfAsync(store, entry));
        }
    }

    private async Task AddBlobsAsync(EvidenceStore store, List<BlobRef> blobs)
    {
        foreach (var blob in blobs)
        {
            var name = blob.Ct["sha256:".Length..];
            var opened = await store.OpenBlobAsync(blob, default);
            _files[$"log/blobs/{name}"] = (await store.StoredBlobAsync(blob.Ct, default))!;
            _files[$"log/opened/{name}"] = [.. opened.Salt.Span, .. opened.Plaintext.Span];
        }
    }

    private async Task AddPendingAsync(EvidenceStore store)
    {
        _estate.WritePod("ops/new.yaml", "new");
        var request = RequestOf(await AssessAsync());
        string bundle;
        await using (
            File.Open(_estate.PathOf(".plumbline/writer.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None)
        )
        {
            bundle = Assert.IsType<SealOutcome.Pending>(await store.SealAsync(request, default)).Folder;
        }

        foreach (var file in Directory.EnumerateFiles(bundle, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Path.GetDirectoryName(bundle)!, file);
            _files.Add($"pending/{path}", await File.ReadAllBytesAsync(file, default));
        }

        var pem = await File.ReadAllTextAsync(Path.Combine(Options.KeysFolder, store.Origin, "runner.pem"), default);
        using var runner = Ed25519PrivateKey.ReadPem(pem);
        _files.Add("pending/runner.pem", Encoding.UTF8.GetBytes(runner.Public.ToPem()));
    }

    private static ImmutableSortedDictionary<string, string> Sorted(
        params ReadOnlySpan<(string Key, string Value)> entries
    ) => entries.ToArray().ToImmutableSortedDictionary(e => e.Key, e => e.Value, Ordinal.Comparer);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
