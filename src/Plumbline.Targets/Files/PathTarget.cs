using Plumbline.Core.Resources;

namespace Plumbline.Targets.Files;

/// <summary>How a path is read.</summary>
public sealed record PathTargetOptions
{
    /// <summary>Name of the repository in keys; null to take that of its remote.</summary>
    public string? Name { get; init; }

    /// <summary>What a relative path is relative to.</summary>
    public string WorkingFolder { get; init; } = Environment.CurrentDirectory;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether documents that are no Kubernetes objects are resources too, each named by its file: for policies that ask about any document.</summary>
    public bool ReadsAnyDocument { get; init; }

    /// <summary>Whether all documents together are one resource more: for policies that compare them.</summary>
    public bool Combines { get; init; }
}

/// <summary>A file or folder with Kubernetes manifests: <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c>, many documents and Lists included.</summary>
/// <remarks>
/// What cannot be read is a gap that names the folder it affects; one bad document costs none of the others. Keys and
/// gaps name files from the root of the repository, observations as the user may open them. Interrupted, it gives what it has
/// read, and a gap for the rest.
/// </remarks>
/// <param name="path">As the user gave it.</param>
public sealed class PathTarget(string path, PathTargetOptions options) : ITarget
{
    private readonly string _fullPath = Path.TrimEndingDirectorySeparator(
        Path.GetFullPath(path, options.WorkingFolder)
    );

    /// <inheritdoc/>
    public async Task<Snapshot> ReadAsync(IProgress<ReadProgress>? progress, CancellationToken cancel)
    {
        var from = options.Clock.GetUtcNow();
        var repository = Repository();
        var found = new Found(repository, options.ReadsAnyDocument);
        try
        {
            foreach (var folder in Folders(repository, found.Reader, cancel))
            {
                await found.AddAsync(folder, progress, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            found.Gaps.Add(Interrupted(repository, found.Files));
        }

        if (File.Exists(_fullPath) && found.Gaps.Find(g => g.Code == FileFaults.Unreadable) is { } gap)
        {
            throw new TargetException(FileFaults.NoTarget, gap.Reason);
        }

        if (options.Combines)
        {
            found.Resources.Add(
                CombinedDocument.Of(repository, repository.RelativePath(_fullPath), Shown, found.Read, found.Gaps)
            );
        }

        found.Resources.Sort((left, right) => left.Key.CompareTo(right.Key));
        return new Snapshot
        {
            Target = path,
            From = from,
            To = options.Clock.GetUtcNow(),
            Identity = ProcessIdentity.Read(),
            Resources = [.. found.Resources],
            Gaps = [.. found.Gaps],
            FilesRead = found.Files,
            FilesWithoutResources = found.FilesWithout,
            Duplicates = [.. found.Duplicates],
        };
    }

    /// <summary>What was read so far is judged; the rest may hold anything.</summary>
    private Gap Interrupted(SourceRepository repository, int files)
    {
        var folder = Directory.Exists(_fullPath) ? _fullPath : Path.GetDirectoryName(_fullPath)!;
        return new Gap(
            $"read {path}",
            "",
            $"{path}: expected to read it to the end, got interrupted after {files:N0} files"
        )
        {
            Code = FileFaults.Interrupted,
            Affects = [new GapScope("*", repository.FolderRealm(repository.RelativePath(folder)))],
        };
    }

    /// <summary>The repository that the target lies in: its root, and what its keys are called by.</summary>
    /// <exception cref="TargetException">The path is not there.</exception>
    public SourceRepository Repository() =>
        File.Exists(_fullPath) || Directory.Exists(_fullPath)
            ? SourceRepository.Of(_fullPath, options.Name)
            : throw new TargetException(
                FileFaults.NoTarget,
                $"expected a file or folder, got `{path}`, which is not there"
            );

    private IEnumerable<WalkedFolder> Folders(
        SourceRepository repository,
        ManifestReader reader,
        CancellationToken cancel
    )
    {
        if (File.Exists(_fullPath))
        {
            return [new WalkedFolder([new ManifestFile(_fullPath, Shown, repository.RelativePath(_fullPath))], [])];
        }

        try
        {
            _ = Directory.EnumerateFileSystemEntries(_fullPath).Any();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new TargetException(
                FileFaults.NoTarget,
                $"expected a folder that can be read, got `{path}`, which cannot"
            );
        }

        var walk = new FolderWalk(repository, reader, _fullPath, Shown.Length == 0 ? "" : Shown.TrimEnd('/') + "/");
        return walk.ChartAround() is { } chart ? [new WalkedFolder([], [chart])] : walk.Walk(cancel);
    }

    /// <summary>The path as given, forward slashes, without a leading <c>./</c>; empty for the current folder.</summary>
    private string Shown
    {
        get
        {
            var shown = path.Replace(Path.DirectorySeparatorChar, '/');
            while (shown.StartsWith("./", StringComparison.Ordinal))
            {
                shown = shown[2..].TrimStart('/');
            }

            return shown == "." ? "" : shown;
        }
    }

    /// <summary>What one read has found so far.</summary>
    private sealed class Found(SourceRepository repository, bool readsAny)
    {
        public ManifestReader Reader { get; } = new(repository, readsAny);
        public List<Resource> Resources { get; } = [];

        /// <summary>The resources with the files they stand in, as the repository knows them.</summary>
        public List<(string Path, Resource Resource)> Read { get; } = [];

        public List<Gap> Gaps { get; } = [];
        public List<string> Duplicates { get; } = [];
        public int Files { get; private set; }
        public int FilesWithout { get; private set; }

        public async Task AddAsync(WalkedFolder folder, IProgress<ReadProgress>? progress, CancellationToken cancel)
        {
            Gaps.AddRange(folder.Gaps);
            var manifests = new List<Manifest>();
            foreach (var file in folder.Files)
            {
                cancel.ThrowIfCancellationRequested();
                var read = await Reader.ReadAsync(file, cancel);
                manifests.AddRange(read.Manifests);
                Gaps.AddRange(read.Gaps);
                Files++;
                FilesWithout += read.Manifests.Count == 0 ? 1 : 0;
                progress?.Report(new ReadProgress(Files, Resources.Count + manifests.Count, Gaps.Count));
            }

            AddResources(manifests);
        }

        private void AddResources(List<Manifest> manifests)
        {
            var keys = FolderKeys.Of(manifests, repository, Duplicates);
            var made = manifests.Zip(keys, ManifestDocument.Of).ToList();
            var secret = manifests
                .Zip(made)
                .Where(m => !m.Second.Redacted.IsEmpty)
                .Select(m => m.First.Source)
                .ToHashSet();
            foreach (var (manifest, document) in manifests.Zip(made))
            {
                var resource = document.ToResource(secret.Contains(manifest.Source));
                Resources.Add(resource);
                Read.Add((manifest.File.Path, resource));
            }
        }
    }
}

/// <summary>Under whom files are read.</summary>
internal static class ProcessIdentity
{
    /// <summary><c>uid 1000</c>; the platform's name where it has no such number. The number says what may be read; a name would be a person's.</summary>
    public static string Read()
    {
        const string Prefix = "Uid:";
        try
        {
            var line = File.ReadLines("/proc/self/status")
                .FirstOrDefault(l => l.StartsWith(Prefix, StringComparison.Ordinal));
            var uid = line?[Prefix.Length..].Split('\t', StringSplitOptions.RemoveEmptyEntries)
                is [_, var effective, ..]
                ? effective
                : null;
            return uid is null ? Environment.OSVersion.Platform.ToString() : $"uid {uid}";
        }
        catch (IOException)
        {
            return Environment.OSVersion.Platform.ToString();
        }
    }
}
