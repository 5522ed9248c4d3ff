using System.Runtime.InteropServices;

namespace Plumbline.Targets.Hosts.Access;

/// <summary>statx(2): owner, group and mode of a path, which the class library does not give.</summary>
/// <remarks>
/// The kernel lays the buffer out alike on all architectures (linux/stat.h):
/// <code>
/// 0  mask (4)    16 links (4)   20 uid (4)   24 gid (4)    28 mode (2)   32 inode (8)   40 size (8)
/// 112 mtime: seconds (8)        136 device, major (4)      140 device, minor (4)
/// </code>
/// </remarks>
internal static partial class Statx
{
    private const int Size = 256;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7FF;

    private const int NoEntry = 2;
    private const int Access = 13;
    private const int NotDirectory = 20;
    private const int NotPermitted = 1;
    private const int Loop = 40;

    public static Reply<FileFacts> Of(string path, bool followLink)
    {
        Span<byte> buffer = stackalloc byte[Size];
        if (Call(CurrentFolder, path, followLink ? 0 : NoFollow, BasicStats, buffer) != 0)
        {
            return Reply<FileFacts>.None(
                Marshal.GetLastPInvokeError() switch
                {
                    NoEntry or NotDirectory or Loop => Outcome.Absent,
                    Access or NotPermitted => Outcome.Refused,
                    _ => Outcome.Failed,
                }
            );
        }

        var mode = MemoryMarshal.Read<ushort>(buffer[28..]);
        return Reply<FileFacts>.Of(
            new FileFacts(
                (mode & 0xF000) switch
                {
                    0x8000 => FileKind.File,
                    0x4000 => FileKind.Directory,
                    0xA000 => FileKind.Link,
                    _ => FileKind.Other,
                },
                MemoryMarshal.Read<uint>(buffer[20..]),
                MemoryMarshal.Read<uint>(buffer[24..]),
                mode & 0xFFF,
                MemoryMarshal.Read<long>(buffer[40..]),
                ((ulong)MemoryMarshal.Read<uint>(buffer[136..]) << 32) | MemoryMarshal.Read<uint>(buffer[140..]),
                MemoryMarshal.Read<ulong>(buffer[32..]),
                MemoryMarshal.Read<long>(buffer[112..])
            )
        );
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Call(int folder, string path, int flags, uint mask, Span<byte> buffer);
}
