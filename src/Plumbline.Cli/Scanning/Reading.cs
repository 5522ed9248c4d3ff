using Plumbline.Cli.Faults;
using Plumbline.Core.Resources;
using Plumbline.Targets.Files;
using Plumbline.Targets.Hosts;
using Plumbline.Targets.Snapshots;

namespace Plumbline.Cli.Scanning;

/// <summary>Reads all targets of a scan into one snapshot.</summary>
internal static class Reading
{
    public static async Task<Snapshot> ReadAsync(
        ScanRequest request,
        HostEnvironment host,
        IProgress<ReadProgress> progress,
        CancellationToken cancel
    )
    {
        var read = new List<Snapshot>();
        foreach (var target in request.Targets)
        {
            read.Add(await Open(target, request, host).ReadAsync(progress, cancel));
        }

        return read is [var only] ? only : Join(read);
    }

    private static ITarget Open(string target, ScanRequest request, HostEnvironment host)
    {
        if (HostTarget.IsOne(target))
        {
            return new HostTarget(
                target,
                new HostTargetOptions
                {
                    Machine = host.Machine,
                    WorkingFolder = host.WorkingFolder,
                    Clock = host.Clock,
                }
            );
        }

        var saved = new SnapshotFolder(target, host.WorkingFolder);
        return saved.Exists
            ? saved
            : new PathTarget(
                target,
                new PathTargetOptions
                {
                    Name = request.Name,
                    WorkingFolder = host.WorkingFolder,
                    Clock = host.Clock,
                    ReadsAnyDocument = request.Own is not null,
                    Combines = request.Own is not null && request.Combines,
                }
            );
    }

    /// <summary>One snapshot of several; a file that lies in two targets is there once.</summary>
    private static Snapshot Join(List<Snapshot> read)
    {
        var resources = new Dictionary<ResourceKey, Resource>();
        var faults = new List<Fault>();
        foreach (var resource in read.SelectMany(s => s.Resources))
        {
            if (resources.TryAdd(resource.Key, resource))
            {
                continue;
            }

            var first = resources[resource.Key];
            if (first.Digest != resource.Digest)
            {
                faults.Add(
                    new Fault(
                        CliFaults.Contradiction,
                        $"`{resource.Key}` stands in {first.Observed.File} and, differently, in {resource.Observed.File}: "
                            + "scan the folder that holds both"
                    )
                );
            }
        }

        return faults.Count > 0
            ? throw new WrongInputException(faults)
            : new Snapshot
            {
                Target = string.Join(' ', read.Select(s => s.Target)),
                From = read[0].From,
                To = read[^1].To,
                Identity = read[0].Identity,
                Reads = [.. read.SelectMany(s => s.Reads)],
                Resources = [.. resources.Values.OrderBy(r => r.Key)],
                Gaps = [.. read.SelectMany(s => s.Gaps).DistinctBy(g => (g.Code, g.Operation, g.Reason))],
                FilesRead = read.Sum(s => s.FilesRead),
                FilesWithoutResources = read.Sum(s => s.FilesWithoutResources),
                Duplicates = [.. read.SelectMany(s => s.Duplicates).Distinct()],
            };
    }
}
