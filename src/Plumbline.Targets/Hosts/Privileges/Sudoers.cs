using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Privileges;

/// <summary><c>linux/sudoers</c>: who may run what as whom (sudoers(5)).</summary>
internal static class Sudoers
{
    private const string Path = "/etc/sudoers";

    /// <summary>As sudo's own limit on nested includes.</summary>
    private const int MaxDepth = 128;

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var file = await host.TextAsync(Path, cancel);
        if (!file.Exists && !await host.HasProgramAsync("sudo", cancel))
        {
            return new ObjectBuilder { ["installed"] = false }.ToValue();
        }

        var parser = new SudoersParser(host.Malformed);
        await ReadAsync(file, parser, (include, stop) => IncludedAsync(include, host, stop), cancel);
        return parser.ToValue();
    }

    /// <summary>A file with all that it includes, each where it does.</summary>
    public static Task ReadAsync(
        HostText file,
        SudoersParser parser,
        Func<SudoersInclude, CancellationToken, Task<IReadOnlyList<HostText>>> included,
        CancellationToken cancel
    ) => ReadAsync(file, parser, included, 0, cancel);

    private static async Task ReadAsync(
        HostText file,
        SudoersParser parser,
        Func<SudoersInclude, CancellationToken, Task<IReadOnlyList<HostText>>> included,
        int depth,
        CancellationToken cancel
    )
    {
        foreach (var include in parser.Read(file))
        {
            foreach (var next in depth < MaxDepth ? await included(include, cancel) : [])
            {
                await ReadAsync(next, parser, included, depth + 1, cancel);
            }
        }
    }

    /// <summary>Of a folder the files whose names have no dot and do not end in <c>~</c>, by name ("Including other files").</summary>
    private static async Task<IReadOnlyList<HostText>> IncludedAsync(
        SudoersInclude include,
        HostReading host,
        CancellationToken cancel
    )
    {
        var path = include.Path.StartsWith('/') ? include.Path : $"/etc/{include.Path}";
        if (include.IsFolder)
        {
            return await host.FolderAsync(path.TrimEnd('/'), n => !n.Contains('.') && !n.EndsWith('~'), cancel);
        }

        var text = await host.TextAsync(path.Replace("%h", host.Host.Name), cancel);
        return text.Exists ? [text] : [];
    }
}
