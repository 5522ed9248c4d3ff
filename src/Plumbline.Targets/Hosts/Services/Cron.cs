using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Services;

/// <summary><c>linux/cron</c>: what is run when, and who may say so (crontab(5), at.allow(5)).</summary>
internal static class Cron
{
    private static readonly ImmutableArray<string> Spools =
    [
        "/var/spool/cron/crontabs",
        "/var/spool/cron",
        "/etc/crontabs",
    ];

    private static readonly ImmutableArray<(string File, string Member)> Lists =
    [
        ("/etc/cron.allow", "allow"),
        ("/etc/cron.deny", "deny"),
        ("/etc/at.allow", "at_allow"),
        ("/etc/at.deny", "at_deny"),
    ];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var system = await PathPattern.ReadAsync(host, "/etc/crontab", cancel);
        system.AddRange(await host.FolderAsync("/etc/cron.d", n => !n.StartsWith('.') && !n.EndsWith('~'), cancel));
        var entries = new List<Value>();
        foreach (var file in system)
        {
            entries.AddRange(Entries(file, user: null));
        }

        var missing = system.FirstMissing();
        foreach (var spool in Spools)
        {
            foreach (var table in await host.FolderAsync(spool, n => !n.StartsWith('.'), cancel))
            {
                // Of the folder above one of these, the file of its own name is that folder.
                missing ??= Spools.Contains(table.Path) ? null : table.Missing;
                missing ??= table.Path == spool ? table.Missing : null;
                entries.AddRange(Entries(table, table.Path[(table.Path.LastIndexOf('/') + 1)..]));
            }
        }

        var document = new ObjectBuilder { ["entries"] = HostValues.List(entries, missing?.Open) };
        document["scripts"] = await ScriptsAsync(host, cancel);
        foreach (var (path, member) in Lists)
        {
            var list = await host.TextAsync(path, cancel);
            if (list.Exists)
            {
                document[member] =
                    list.Missing?.Present(ValueKind.Array) ?? HostValues.SortedTexts(list.Lines().Select(l => l.Text));
            }
        }

        return document.ToValue();
    }

    private static async Task<Value> ScriptsAsync(HostReading host, CancellationToken cancel)
    {
        var scripts = new ObjectBuilder();
        foreach (var period in (string[])["hourly", "daily", "weekly", "monthly"])
        {
            var (names, missing) = await host.ListAsync($"/etc/cron.{period}", cancel);
            scripts[period] =
                missing?.Present(ValueKind.Array) ?? HostValues.Texts(names.Where(n => !n.StartsWith('.')));
        }

        return scripts.ToValue();
    }

    /// <summary>Five fields or a word such as <c>@daily</c>, in system tables a user, and the command; variables are passed over.</summary>
    private static IEnumerable<Value> Entries(HostText file, string? user)
    {
        foreach (var (_, line) in file.Lines())
        {
            var fields = line.StartsWith('@') ? 1 : 5;
            var words = line.Split(
                (char[])[' ', '\t'],
                fields + (user is null ? 2 : 1),
                StringSplitOptions.RemoveEmptyEntries
            );
            if (
                words.Length == fields + (user is null ? 2 : 1)
                && (line[0] is '@' or '*' || char.IsAsciiDigit(line[0]))
            )
            {
                yield return new ObjectBuilder
                {
                    ["file"] = file.Path,
                    ["schedule"] = string.Join(' ', words[..fields]),
                    ["user"] = user ?? words[fields],
                    ["command"] = words[^1].Trim(),
                }.ToValue();
            }
        }
    }
}
