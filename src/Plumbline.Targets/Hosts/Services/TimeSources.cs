using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Services;

/// <summary><c>linux/time</c>: who keeps the clock right, and by whom (chrony.conf(5), timesyncd.conf(5), ntp.conf(5)).</summary>
internal static class TimeSources
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var document = new ObjectBuilder
        {
            ["chrony"] = await ChronyAsync(host, cancel),
            ["timesyncd"] = await TimesyncdAsync(host, cancel),
            ["ntp"] = await NtpAsync(host, cancel),
        };
        document.AddIf("timezone", await ZoneAsync(host, cancel));
        return document.ToValue();
    }

    private static async Task<Value> ChronyAsync(HostReading host, CancellationToken cancel)
    {
        var isInstalled = await host.HasProgramAsync("chronyd", cancel);
        var files = new List<HostText>();
        foreach (var path in (string[])["/etc/chrony/chrony.conf", "/etc/chrony.conf"])
        {
            files.AddRange(await PathPattern.ReadAsync(host, path, cancel));
        }

        var main = files.ToList();
        foreach (var words in main.SelectMany(Statements))
        {
            switch (words)
            {
                case ["include", var pattern, ..]:
                    files.AddRange(await PathPattern.ReadAsync(host, pattern, cancel));
                    break;
                case ["confdir" or "sourcedir", .. var folders]:
                    foreach (var folder in folders)
                    {
                        files.AddRange(await host.FolderAsync(folder, SourceOrConf, cancel));
                    }

                    break;
            }
        }

        var chrony = Base(isInstalled, files);
        if (isInstalled)
        {
            var user = files.SelectMany(Statements).LastOrDefault(w => w is ["user", _, ..]);
            chrony.AddIf("user", user?[1]);
        }

        return chrony.ToValue();
    }

    private static async Task<Value> NtpAsync(HostReading host, CancellationToken cancel)
    {
        var isInstalled = await host.HasProgramAsync("ntpd", cancel);
        var files = new List<HostText>();
        foreach (var path in (string[])["/etc/ntp.conf", "/etc/ntpsec/ntp.conf"])
        {
            files.AddRange(await PathPattern.ReadAsync(host, path, cancel));
        }

        return Base(isInstalled, files).ToValue();
    }

    private static ObjectBuilder Base(bool isInstalled, List<HostText> files)
    {
        var source = new ObjectBuilder { ["installed"] = isInstalled };
        if (isInstalled)
        {
            source["servers"] = HostValues.List(
                files
                    .SelectMany(Statements)
                    .Where(w => w is ["server" or "pool" or "peer", _, ..])
                    .Select(w => w[1])
                    .Distinct()
                    .Order(Core.Ordinal.Comparer)
                    .Select(s => (Value)s),
                files.FirstMissing()?.Open
            );
            source["files"] = HostValues.FilesOf(files);
        }

        return source;
    }

    private static async Task<Value> TimesyncdAsync(HostReading host, CancellationToken cancel)
    {
        var isInstalled =
            await host.ExistsAsync("/usr/lib/systemd/systemd-timesyncd", cancel)
            || await host.ExistsAsync("/lib/systemd/systemd-timesyncd", cancel);
        var timesyncd = new ObjectBuilder { ["installed"] = isInstalled };
        if (!isInstalled)
        {
            return timesyncd.ToValue();
        }

        var files = await SettingsFiles.SystemdTextsAsync(host, "timesyncd.conf", cancel);
        timesyncd["servers"] = Servers("NTP");
        timesyncd["fallback"] = Servers("FallbackNTP");
        timesyncd["files"] = HostValues.FilesOf(files);
        return timesyncd.ToValue();

        // An empty value forgets what came before it; another adds to it (systemd.syntax(7)).
        Value Servers(string name)
        {
            var servers = new List<string>();
            foreach (
                var entry in files
                    .SelectMany(f => Ini.Read(f.Text ?? ""))
                    .Where(e => e.Section == "Time" && e.Name == name)
            )
            {
                var added = Words.Split(entry.Value ?? "");
                if (added.Count == 0)
                {
                    servers.Clear();
                }

                servers.AddRange(added);
            }

            return HostValues.List(servers.Select(s => (Value)s), files.FirstMissing()?.Open);
        }
    }

    private static IEnumerable<string[]> Statements(HostText file) =>
        file.Lines("#!;%")
            .Select(l => l.Text.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static bool SourceOrConf(string name) =>
        name.EndsWith(".sources", StringComparison.Ordinal) || name.EndsWith(".conf", StringComparison.Ordinal);

    /// <summary>localtime(5) is a link into the database of zones; Debian also writes the name down.</summary>
    private static async Task<string?> ZoneAsync(HostReading host, CancellationToken cancel)
    {
        const string Database = "/zoneinfo/";
        var link = await host.Host.LinkAsync("/etc/localtime", cancel);
        if (link.IsRead && link.Value.LastIndexOf(Database, StringComparison.Ordinal) is var at and >= 0)
        {
            return link.Value[(at + Database.Length)..];
        }

        var file = await host.TextAsync("/etc/timezone", cancel);
        return file.Trimmed.Length > 0 ? file.Trimmed : null;
    }
}
