using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Storage.Files;

/// <summary>Makes names survive a power cut: a file's own fsync does not cover the folder that names it (fsync(2)).</summary>
internal static partial class Durable
{
    /// <summary>Gives <paramref name="from"/> its final name, all or nothing.</summary>
    /// <remarks>Everything inside has been flushed already; both are in one folder, and <paramref name="to"/> is not there.</remarks>
    public static void RenameFolder(string from, string to)
    {
        Directory.Move(from, to);
        FlushFolder(Path.GetDirectoryName(to)!);
    }

    /// <summary>Flushes the entries of a folder. Windows keeps them in its own journal and needs no help.</summary>
    public static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var folder = new SafeFileHandle(Open(path, flags: 0), ownsHandle: true);
        if (folder.IsInvalid || FSync(folder) != 0)
        {
            throw new IOException($"could not flush folder `{path}`", Marshal.GetLastPInvokeError());
        }
    }

    // System.IO opens no folders, so this one call goes to libc. Flags 0 is O_RDONLY on every Unix.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(SafeFileHandle file);
}
