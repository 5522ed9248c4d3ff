using Plumbline.Core;
using Plumbline.Core.Resources;

namespace Plumbline.Targets.Files;

/// <summary>The files of one folder that may hold manifests, in the order of their names, and what of the folder could not be looked at.</summary>
internal sealed record WalkedFolder(List<ManifestFile> Files, List<Gap> Gaps);

/// <summary>Walks a target, folder by folder, in the order of names: the same on every machine.</summary>
/// <remarks>
/// Not looked into: <c>.git</c>, <c>.plumbline</c>, <c>node_modules</c>, and the templates of a Helm chart, which are one gap.
/// Links are not followed: what they lead to inside the target is read where it lies, and what lies outside is a gap.
/// Files of no length are passed over unopened, which also keeps pipes and devices shut.
/// </remarks>
internal sealed class FolderWalk(SourceRepository repository, ManifestReader reader, string root, string shownRoot)
{
    public const string Chart = "Chart.yaml";

    private const string Templates = "templates";

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    public IEnumerable<WalkedFolder> Walk(CancellationToken cancel)
    {
        var left = new Stack<string>([root]);
        while (left.TryPop(out var folder))
        {
            cancel.ThrowIfCancellationRequested();
            var walked = new WalkedFolder([], []);
            foreach (var below in Look(folder, walked))
            {
                left.Push(below);
            }

            yield return walked;
        }
    }

    /// <summary>The folders below, last first.</summary>
    private IEnumerable<string> Look(string folder, WalkedFolder walked)
    {
        List<FileSystemInfo> entries;
        try
        {
            entries = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything)];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            var path = repository.RelativePath(folder);
            walked.Gaps.Add(reader.Unreadable(path.Length == 0 ? "." : path, path, refused));
            return [];
        }

        entries.Sort((left, right) => Ordinal.Compare(left.Name, right.Name));
        var isChart = entries.Exists(e => e is FileInfo && e.Name == Chart);
        if (isChart)
        {
            walked.Gaps.Add(Unrendered(folder));
        }

        walked.Files.AddRange(
            entries
                .OfType<FileInfo>()
                .Where(f => f.LinkTarget is null && MayHoldManifests(f.Name) && f.Length > 0)
                .Select(FileOf)
        );
        foreach (var entry in entries.Where(e => e.LinkTarget is not null))
        {
            AddLink(entry, walked);
        }

        walked.Files.Sort((left, right) => Ordinal.Compare(left.Name, right.Name));
        return entries
            .OfType<DirectoryInfo>()
            .Where(d => d.LinkTarget is null && !IsSkipped(d.Name) && !(isChart && d.Name == Templates))
            .Select(d => d.FullName)
            .Reverse();
    }

    /// <summary>The gap of the chart whose templates the target is, or is part of; null where it is not in any.</summary>
    public Gap? ChartAround()
    {
        for (
            var (folder, inTemplates) = (root, false);
            folder is not null
                && (folder + '/').StartsWith(repository.Root.TrimEnd('/') + '/', StringComparison.Ordinal);
            folder = Path.GetDirectoryName(folder)
        )
        {
            if (inTemplates && File.Exists(Path.Combine(folder, Chart)))
            {
                return Unrendered(folder);
            }

            inTemplates = Path.GetFileName(folder) == Templates;
        }

        return null;
    }

    private Gap Unrendered(string chart)
    {
        var path = repository.RelativePath(chart);
        var shown = path.Length == 0 ? Chart : $"{path}/{Chart}";
        return new Gap(
            $"render {(path.Length == 0 ? "." : path)}",
            "",
            $"{shown}:1:1: expected manifests, got a Helm chart that is not rendered: what it would make was not judged"
        )
        {
            Code = FileFaults.Chart,
            Affects = [new GapScope("k8s/*", repository.FolderRealm(path))],
        };
    }

    private void AddLink(FileSystemInfo link, WalkedFolder walked)
    {
        if (IsSkipped(link.Name) || (link is FileInfo && !MayHoldManifests(link.Name)))
        {
            return;
        }

        FileSystemInfo? target;
        try
        {
            target = link.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            target = null; // a loop, or a folder on the way that is closed
        }

        switch (target)
        {
            case { Exists: true } when IsRead(target):
                return;
            case FileInfo { Exists: true } when IsBelow(target.FullName):
                walked.Files.Add(FileOf((FileInfo)link)); // what it leads to has a name under which it is not read
                return;
        }

        var path = repository.RelativePath(link.FullName);
        var folder = link is DirectoryInfo ? path : repository.RelativePath(Path.GetDirectoryName(link.FullName)!);
        walked.Gaps.Add(
            new Gap(
                $"read {path}",
                "",
                $"{path}: expected a file or folder of the target, got a link that leads out of it or nowhere"
            )
            {
                Code = FileFaults.LinkOutside,
                Affects = [.. reader.Unread.Select(type => new GapScope(type, repository.FolderRealm(folder)))],
            }
        );
    }

    private bool IsBelow(string fullPath) =>
        (fullPath + '/').StartsWith(root.TrimEnd('/') + '/', StringComparison.Ordinal);

    /// <summary>Whether the walk comes to what a link leads to by itself.</summary>
    private bool IsRead(FileSystemInfo target) =>
        IsBelow(target.FullName)
        && !Path.GetRelativePath(root, target.FullName).Split(Path.DirectorySeparatorChar).Any(IsSkipped)
        && (target is DirectoryInfo || MayHoldManifests(target.Name));

    private ManifestFile FileOf(FileInfo file)
    {
        var below = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
        return new ManifestFile(file.FullName, shownRoot + below, repository.RelativePath(file.FullName));
    }

    private static bool IsSkipped(string folder) => folder is ".git" or ".plumbline" or "node_modules";

    private static bool MayHoldManifests(string name) =>
        Path.GetExtension(name.AsSpan()) is var extension
        && (
            extension.Equals(".yaml", StringComparison.OrdinalIgnoreCase)
            || extension.Equals(".yml", StringComparison.OrdinalIgnoreCase)
            || extension.Equals(".json", StringComparison.OrdinalIgnoreCase)
        );
}
