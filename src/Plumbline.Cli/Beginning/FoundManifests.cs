using Plumbline.Core;
using Plumbline.Core.Resources;
using Plumbline.Targets.Files;

namespace Plumbline.Cli.Beginning;

/// <summary>What lies in a repository that somebody is about to scan for the first time.</summary>
/// <param name="Folders">Folders of its root that hold resources, with how many; only <c>.</c> where some lie in the root itself.</param>
internal sealed record FoundManifests(
    SourceRepository Repository,
    IReadOnlyList<(string Folder, int Resources)> Folders,
    Snapshot Snapshot
)
{
    public static async Task<FoundManifests> InAsync(
        SourceRepository repository,
        HostEnvironment host,
        IProgress<ReadProgress> progress,
        CancellationToken cancel
    )
    {
        // The working folder is the root here, so that files are named from there.
        var options = new PathTargetOptions { WorkingFolder = repository.Root, Clock = host.Clock };
        var snapshot = await new PathTarget(".", options).ReadAsync(progress, cancel);
        cancel.ThrowIfCancellationRequested();
        var folders = snapshot
            .Resources.GroupBy(r => TopFolderOf(r.Observed.File), StringComparer.Ordinal)
            .OrderBy(g => g.Key, Ordinal.Comparer)
            .Select(g => (g.Key, g.Count()))
            .ToList();
        return new FoundManifests(
            repository,
            folders.Exists(f => f.Key == ".") ? [(".", snapshot.Resources.Length)] : folders,
            snapshot
        );
    }

    private static string TopFolderOf(string file) => file.IndexOf('/') is var slash and > 0 ? file[..slash] : ".";
}
