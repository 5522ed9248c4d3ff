using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts;

/// <summary>Types that are one flat list of settings: what counts after all files of it are read, the last one winning.</summary>
internal static class SettingsFiles
{
    /// <summary><c>name value</c>, or <c>name = value</c>; a name alone is a switch.</summary>
    public static Func<HostReading, CancellationToken, Task<Value>> Plain(params string[] patterns) =>
        async (host, cancel) => Merge(await TextsAsync(host, patterns, cancel), Split);

    /// <summary>One section of systemd's files: the main file, then the folders' by name, of which <c>/etc</c> hides the same name elsewhere.</summary>
    /// <remarks>systemd.syntax(7) and "CONFIGURATION DIRECTORIES AND PRECEDENCE" of journald.conf(5).</remarks>
    public static Func<HostReading, CancellationToken, Task<Value>> Systemd(string name, string section) =>
        async (host, cancel) =>
            Merge(
                await SystemdTextsAsync(host, name, cancel),
                text =>
                    Ini.Read(text)
                        .Where(e => e.Section == section)
                        .Select(e => (e.Line, e.Name, Value: e.Value ?? "true"))
            );

    public static async Task<List<HostText>> SystemdTextsAsync(HostReading host, string name, CancellationToken cancel)
    {
        var texts = new List<HostText>();
        foreach (var folder in (string[])["/etc", "/run", "/usr/local/lib", "/usr/lib"])
        {
            var main = await host.TextAsync($"{folder}/systemd/{name}", cancel);
            if (main.Exists)
            {
                texts.Add(main);
                break;
            }
        }

        texts.AddRange(await DropInsAsync(host, $"systemd/{name}.d", cancel));
        return texts;
    }

    /// <summary>The files of a <c>NAME.d</c> in all the places it may be, by name; of one name only that of the first place.</summary>
    public static async Task<List<HostText>> DropInsAsync(HostReading host, string folder, CancellationToken cancel)
    {
        var byName = new SortedDictionary<string, HostText>(StringComparer.Ordinal);
        foreach (var place in (string[])["/etc", "/run", "/usr/local/lib", "/usr/lib", "/lib"])
        {
            foreach (var text in await host.FolderAsync($"{place}/{folder}", IsConf, cancel))
            {
                byName.TryAdd(text.Path[(text.Path.LastIndexOf('/') + 1)..], text);
            }
        }

        return [.. byName.Values];
    }

    public static bool IsConf(string name) => name.EndsWith(".conf", StringComparison.Ordinal) && !name.StartsWith('.');

    /// <summary>A name, and what follows it behind white space or <c>=</c>.</summary>
    public static IEnumerable<(int Line, string Name, string Value)> Split(string text)
    {
        foreach (var (number, line) in ConfigLines.Of(text))
        {
            var end = line.AsSpan().IndexOfAny(" \t=");
            var value = end < 0 ? "" : line[end..].TrimStart();
            value = value.StartsWith('=') ? value[1..].TrimStart() : value;
            var comment = value.IndexOf(" #", StringComparison.Ordinal);
            value = (comment < 0 ? value : value[..comment]).Trim();
            yield return (number, end < 0 ? line : line[..end], value.Length == 0 ? "true" : value);
        }
    }

    /// <summary>A file that could not be read leaves everything unknown that no later one sets.</summary>
    public static Value Merge(
        IReadOnlyList<HostText> texts,
        Func<string, IEnumerable<(int Line, string Name, string Value)>> read
    )
    {
        var settings = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        Missing? missing = null;
        foreach (var text in texts)
        {
            if (text.Missing is { } unread)
            {
                missing = unread;
                foreach (var name in settings.Keys.ToList())
                {
                    settings[name] = unread.Present(ValueKind.String);
                }
            }

            foreach (var (_, name, value) in read(text.Text ?? ""))
            {
                settings[name] = value;
            }
        }

        return new ObjectBuilder
        {
            ["settings"] = HostValues.Map(settings, v => v, missing),
            ["files"] = HostValues.FilesOf(texts),
        }.ToValue();
    }

    private static async Task<List<HostText>> TextsAsync(
        HostReading host,
        IEnumerable<string> patterns,
        CancellationToken cancel
    )
    {
        var texts = new List<HostText>();
        foreach (var pattern in patterns)
        {
            texts.AddRange(await PathPattern.ReadAsync(host, pattern, cancel));
        }

        return texts;
    }
}
