using System.Collections.Immutable;
using System.IO.Enumeration;
using Plumbline.Core;

namespace Plumbline.Targets.Hosts.Access;

/// <summary>Reads files of the machine that this program runs on; what the system says becomes an <see cref="Outcome"/>.</summary>
internal static class LocalFiles
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        ReturnSpecialDirectories = false,
    };

    /// <summary>Only regular files are opened: a pipe would wait, and a device might do something.</summary>
    public static Reply<Stream> Open(string path)
    {
        var facts = Statx.Of(path, followLink: true);
        if (!facts.IsRead || facts.Value.Kind != FileKind.File)
        {
            return Reply<Stream>.None(facts.IsRead ? Outcome.Failed : facts.Outcome);
        }

        return Try<Stream>(() =>
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1)
        );
    }

    public static Reply<string> Link(string path) =>
        Try(() => new FileInfo(path).LinkTarget) is { IsRead: true, Value: { } target }
            ? Reply<string>.Of(target)
            : Reply<string>.None(
                Statx.Of(path, followLink: false) is { IsRead: false } gone ? gone.Outcome : Outcome.Failed
            );

    public static Reply<ImmutableArray<string>> List(string path) =>
        Try(() =>
        {
            var names = new FileSystemEnumerable<string>(
                path,
                (ref FileSystemEntry e) => e.FileName.ToString(),
                Everything
            ).ToList();
            names.Sort(Ordinal.Compare);
            return names.ToImmutableArray();
        });

    /// <summary>The number in a status file of a process, behind its name: <c>Uid:</c> gives the effective one.</summary>
    public static HostIdentity Identity()
    {
        var status = Try(() => File.ReadAllLines("/proc/self/status"));
        return new HostIdentity(
            Numbers("Uid:").ElementAtOrDefault(1),
            Numbers("Gid:").ElementAtOrDefault(1),
            [.. Numbers("Groups:").Order()]
        );

        List<uint> Numbers(string name) =>
            (status.IsRead ? status.Value : [])
                .Where(l => l.StartsWith(name, StringComparison.Ordinal))
                .SelectMany(l => l[name.Length..].Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries))
                .Select(uint.Parse)
                .ToList();
    }

    private static Reply<T> Try<T>(Func<T> read)
    {
        try
        {
            return Reply<T>.Of(read());
        }
        catch (UnauthorizedAccessException)
        {
            return Reply<T>.None(Outcome.Refused);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return Reply<T>.None(Outcome.Absent);
        }
        catch (IOException)
        {
            return Reply<T>.None(Outcome.Failed);
        }
    }
}
