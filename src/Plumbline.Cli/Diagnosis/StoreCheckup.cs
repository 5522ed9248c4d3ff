using System.Globalization;
using System.Text.Json;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Showing;
using Plumbline.Core.Evidence;
using Plumbline.Storage;

namespace Plumbline.Cli.Diagnosis;

/// <summary>Looks at the evidence store, its keys, and the clock against what was sealed. Writes nothing that stays.</summary>
internal sealed class StoreCheckup(StoreLocation location, HostEnvironment host)
{
    /// <summary>Below this much room a scan of a large estate may not fit.</summary>
    private const long LittleRoom = 100L << 20;

    private readonly StoreOptions _options = Stores.Options(location, host) with { Access = StoreAccess.Read };

    public async Task<IReadOnlyList<Symptom>> RunAsync(CancellationToken cancel)
    {
        var symptoms = new List<Symptom>();
        DateTimeOffset? newest = null;
        if (File.Exists(Path.Combine(location.Folder, "store.db")))
        {
            newest = await LookAtStoreAsync(symptoms, cancel);
        }
        else
        {
            symptoms.Add(Missing());
        }

        symptoms.Add(Clock(newest));
        symptoms.AddRange(Room());
        return symptoms;
    }

    private string Shown => host.Shown(location.Folder);

    /// <returns>When the newest entry was made; null where there is none, or none that says so.</returns>
    private async Task<DateTimeOffset?> LookAtStoreAsync(List<Symptom> symptoms, CancellationToken cancel)
    {
        try
        {
            await using var store = await EvidenceStore.OpenAsync(_options, cancel);
            var size = SizeOf(await store.CheckpointAsync(cancel));
            symptoms.Add(
                ObstacleTo(location.Folder) is { } obstacle
                    ? Symptom.Problem(
                        "store",
                        $"{Shown} cannot be written to: {obstacle}",
                        FaultTable.RemedyOf("PLB-4002")!
                    )
                    : Symptom.Fine("store", $"{Shown}: {Entries(size)}, writable")
            );
            symptoms.AddRange(Keys(store.Origin));
            symptoms.AddRange(Bundles());
            return size == 0 ? null : TimeOf(await store.EntryAsync(size - 1, cancel));
        }
        catch (StoreException refused)
        {
            symptoms.Add(
                Symptom.Problem("store", $"{refused.Message} ({refused.Code})", FaultTable.RemedyOf(refused.Code) ?? "")
            );
            return null;
        }
    }

    private Symptom Missing()
    {
        var parent = location.Folder;
        while (!Path.Exists(parent) && Path.GetDirectoryName(parent) is { } above)
        {
            parent = above;
        }

        return ObstacleTo(parent) is { } obstacle
            ? Symptom.Problem(
                "store",
                $"none yet, and {Shown} cannot be made: {obstacle}",
                FaultTable.RemedyOf("PLB-4002")!
            )
            : Symptom.Fine("store", $"none yet: the first scan makes {Shown}");
    }

    private IEnumerable<Symptom> Keys(string origin)
    {
        var faults = StoreHealth.KeyFaults(origin, _options);
        if (faults.Count == 0)
        {
            yield return Symptom.Fine("keys", $"those of {origin} are there, and nobody else's to read");
        }

        foreach (var fault in faults)
        {
            yield return Symptom.Problem("keys", $"{fault.Message} ({fault.Code})");
        }
    }

    private IEnumerable<Symptom> Bundles()
    {
        var (pending, rejected) = StoreHealth.Bundles(_options);
        if (pending > 0)
        {
            yield return Symptom.Warning(
                "pending",
                $"{Words.Count(pending, "assessment")} sealed and waiting to be taken in",
                "The next scan that can write does it."
            );
        }

        if (rejected > 0)
        {
            yield return Symptom.Warning(
                "pending",
                $"{Words.Count(rejected, "bundle")} in {Path.Combine(Shown, "rejected")} that no log may take in",
                "Find out who left them there: they are not what a run of this store signs."
            );
        }
    }

    /// <summary>A log whose times go back says so for ever: better known before.</summary>
    private Symptom Clock(DateTimeOffset? newest)
    {
        var now = host.Clock.GetUtcNow();
        return newest > now
            ? Symptom.Problem(
                "clock",
                $"it is {Words.Time(now)} here, and the newest entry of the ledger is of {Words.Time(newest.Value)}",
                "Set the clock: waivers and staleness are judged by it."
            )
            : Symptom.Fine("clock", Words.Time(now));
    }

    private IEnumerable<Symptom> Room()
    {
        long free;
        try
        {
            free = new DriveInfo(location.Folder).AvailableFreeSpace;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            yield break; // a disk that does not tell is none that is full
        }

        if (free < LittleRoom)
        {
            yield return Symptom.Warning(
                "disk",
                $"{free >> 20} MiB are free where the store is",
                FaultTable.RemedyOf("PLB-4003")!
            );
        }
    }

    private static string? ObstacleTo(string folder) => new ReportFile(Path.Combine(folder, "probe")).Obstacle();

    private static string Entries(long size) => $"{Words.Number(size)} {(size == 1 ? "entry" : "entries")}";

    /// <summary>Second line of a checkpoint (C2SP tlog-checkpoint); nothing signed yet is a log of size 0.</summary>
    private static long SizeOf(string? checkpoint) =>
        checkpoint?.Split('\n') is [_, var size, ..]
        && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var entries)
            ? entries
            : 0;

    private static DateTimeOffset? TimeOf(LedgerEntry? entry)
    {
        try
        {
            using var leaf = JsonDocument.Parse(entry?.Data ?? default);
            return LogTime.TryParse(leaf.RootElement.GetProperty("time").GetString() ?? "", out var time) ? time : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // `plumb evidence verify` names it
        }
    }
}
