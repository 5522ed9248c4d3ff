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
        await ReadAsync(file, parser, host, 0, cancel);
        return parser.ToValue();
    }

    private static async Task ReadAsync(
        HostText file,
        SudoersParser parser,
        HostReading host,
        int depth,
        CancellationToken cancel
    )
    {
        foreach (var include in parser.Read(file))
        {
            if (depth < MaxDepth)
            {
                foreach (var next in await IncludedAsync(include, host, cancel))
                {
                    await ReadAsync(next, parser, host, depth + 1, cancel);
                }
            }
        }
    }

    /// <summary>Of a folder the files whose names have no dot and do not end in <c>~</c>, by name ("Including other files").</summary>
    private static async Task<List<HostText>> IncludedAsync(
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
