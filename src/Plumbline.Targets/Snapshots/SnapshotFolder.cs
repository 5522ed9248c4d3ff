using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Core.Resources;

namespace Plumbline.Targets.Snapshots;

/// <summary>A snapshot that was saved: read again, it is judged as if the target were still what it was then.</summary>
/// <remarks>The files, to the byte: docs/formats/snapshot.md.</remarks>
/// <param name="path">As the user gave it.</param>
/// <param name="workingFolder">What a relative path is relative to.</param>
public sealed class SnapshotFolder(string path, string workingFolder) : ITarget
{
    private readonly string _fullPath = Path.GetFullPath(path, workingFolder);

    /// <summary>Whether the folder holds a snapshot, and no manifests to be read.</summary>
    public bool Exists =>
        File.Exists(Path.Combine(_fullPath, SnapshotFiles.Head))
        && File.Exists(Path.Combine(_fullPath, SnapshotFiles.Observations));

    /// <inheritdoc/>
    public async Task<Snapshot> ReadAsync(IProgress<ReadProgress>? progress, CancellationToken cancel)
    {
        var files = 0;
        try
        {
            return await SnapshotFiles.ReadAsync(ReadFileAsync, cancel);
        }
        catch (FormatException differs)
        {
            throw new TargetException(
                SnapshotFaults.Differs,
                $"the snapshot in `{path}` is not the one that was saved: {differs.Message}"
            );
        }

        async Task<byte[]> ReadFileAsync(string file, CancellationToken stop)
        {
            try
            {
                var bytes = await File.ReadAllBytesAsync(Path.Combine(_fullPath, file), stop);
                progress?.Report(new ReadProgress(++files, 0, 0));
                return bytes;
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new FormatException($"{file}: expected a file that can be read, got none", refused);
            }
        }
    }

    /// <summary>Saves a snapshot; what was saved is read back to the same findings.</summary>
    /// <exception cref="TargetException">Something lies there already, or the folder cannot be written to.</exception>
    public async Task SaveAsync(Snapshot snapshot, CancellationToken cancel)
    {
        try
        {
            if (Path.Exists(_fullPath) && Directory.EnumerateFileSystemEntries(_fullPath).Any())
            {
                throw new TargetException(
                    SnapshotFaults.NotSaved,
                    $"expected an empty or new folder for the snapshot, got `{path}`, which holds something"
                );
            }

            foreach (var file in SnapshotFiles.Of(snapshot))
            {
                var target = Path.Combine(_fullPath, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await File.WriteAllBytesAsync(target, file.Bytes, cancel);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new TargetException(
                SnapshotFaults.NotSaved,
                $"the snapshot cannot be saved in `{path}`: {refused.Message.TrimEnd('.')}"
            );
        }
    }
}
