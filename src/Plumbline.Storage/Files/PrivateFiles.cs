namespace Plumbline.Storage.Files;

/// <summary>Files and folders that only their owner may use.</summary>
internal static class PrivateFiles
{
    public const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder and its missing parents; one that is there keeps its mode.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>Makes a file that was not there, and returns once its content is on the disk.</summary>
    public static void WriteNew(string path, ReadOnlySpan<byte> content)
    {
        using var file = Create(path, FileShare.None);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Makes and opens a file that was not there.</summary>
    public static FileStream Create(string path, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = System.IO.FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }
        return new FileStream(path, options);
    }

    /// <summary>Refuses what others may read or write; <paramref name="expected"/> is the widest mode allowed.</summary>
    /// <remarks>Windows has no such modes: there the profile folder's inherited permissions protect the keys.</remarks>
    public static void RequireMode(string path, UnixFileMode expected)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var found = File.GetUnixFileMode(path);
        if ((found & ~expected) != UnixFileMode.None)
        {
            throw StoreFault.KeyModeTooLoose(path, found, expected);
        }
    }
}
