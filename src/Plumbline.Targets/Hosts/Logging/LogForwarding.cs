using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Logging;

/// <summary><c>linux/log_forwarding</c>: where logs go from here, and from where they come.</summary>
internal static class LogForwarding
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var flows = new LogFlows();
        var document = new ObjectBuilder
        {
            ["rsyslog"] = await RsyslogAsync(host, flows, cancel),
            ["syslog_ng"] = await SyslogNgAsync(host, flows, cancel),
            ["journal_upload"] = await UploadAsync(host, flows, cancel),
        };
        var journald = await SettingsFiles.SystemdTextsAsync(host, "journald.conf", cancel);
        document["journald_forwards_to_syslog"] =
            journald.FirstMissing()?.Present(ValueKind.Boolean)
            ?? journald
                .SelectMany(f => Ini.Read(f.Text ?? ""))
                .LastOrDefault(e => e.Name == "ForwardToSyslog")
                .Value?.ToLowerInvariant()
                is "yes"
                    or "true"
                    or "on"
                    or "1";
        document["audit"] = await AuditAsync(host, flows, cancel);
        document["forwards"] = flows.Forwards();
        document["listens"] = flows.Listens();
        return document.ToValue();
    }

    private static async Task<Value> RsyslogAsync(HostReading host, LogFlows flows, CancellationToken cancel)
    {
        var main = await host.TextAsync("/etc/rsyslog.conf", cancel);
        var isInstalled = main.Exists || await host.HasProgramAsync("rsyslogd", cancel);
        var rsyslog = new ObjectBuilder { ["installed"] = isInstalled };
        if (!isInstalled)
        {
            return rsyslog.ToValue();
        }

        var parser = new RsyslogParser(flows);
        await ReadAsync(main, parser, host, 0, cancel);
        rsyslog.AddIf("file_create_mode", parser.FileCreateMode);
        rsyslog["files"] = HostValues.FilesOf(parser.Files);
        return rsyslog.ToValue();
    }

    private static async Task ReadAsync(
        HostText file,
        RsyslogParser parser,
        HostReading host,
        int depth,
        CancellationToken cancel
    )
    {
        const int MaxDepth = 10;
        foreach (var pattern in parser.Read(file))
        {
            foreach (var next in depth < MaxDepth ? await PathPattern.ReadAsync(host, pattern, cancel) : [])
            {
                await ReadAsync(next, parser, host, depth + 1, cancel);
            }
        }
    }

    private static async Task<Value> SyslogNgAsync(HostReading host, LogFlows flows, CancellationToken cancel)
    {
        var files = await PathPattern.ReadAsync(host, "/etc/syslog-ng/syslog-ng.conf", cancel);
        if (files.Count == 0 && !await host.HasProgramAsync("syslog-ng", cancel))
        {
            return new ObjectBuilder { ["installed"] = false, ["files"] = Value.EmptyArray }.ToValue();
        }

        files.AddRange(await host.FolderAsync("/etc/syslog-ng/conf.d", SettingsFiles.IsConf, cancel));
        foreach (var file in files)
        {
            SyslogNgText.Read(file, flows);
        }

        return new ObjectBuilder { ["installed"] = true, ["files"] = HostValues.FilesOf(files) }.ToValue();
    }

    private static async Task<Value> UploadAsync(HostReading host, LogFlows flows, CancellationToken cancel)
    {
        var isInstalled =
            await host.ExistsAsync("/usr/lib/systemd/systemd-journal-upload", cancel)
            || await host.ExistsAsync("/lib/systemd/systemd-journal-upload", cancel);
        var upload = new ObjectBuilder { ["installed"] = isInstalled };
        var files = isInstalled ? await SettingsFiles.SystemdTextsAsync(host, "journal-upload.conf", cancel) : [];
        flows.Lose(files.FirstMissing());
        var url = files
            .SelectMany(f => Ini.Read(f.Text ?? ""))
            .LastOrDefault(e => e is { Section: "Upload", Name: "URL" })
            .Value;
        if (!string.IsNullOrEmpty(url))
        {
            upload["url"] = url;
            var hasScheme = url.Contains("://", StringComparison.Ordinal);
            if (Uri.TryCreate(hasScheme ? url : $"https://{url}", UriKind.Absolute, out var address))
            {
                var port = address.IsDefaultPort ? "19532" : $"{address.Port}";
                flows.Forward("journald", "tcp", address.Host, port, address.Scheme == "https", "*.*");
            }
        }

        return upload.ToValue();
    }

    /// <summary>Plugins of the audit daemon, in the place of either of its versions (auditd-plugins(5)).</summary>
    private static async Task<Value> AuditAsync(HostReading host, LogFlows flows, CancellationToken cancel)
    {
        var plugins = new Dictionary<string, HostText>(StringComparer.Ordinal);
        foreach (var folder in (string[])["/etc/audit/plugins.d", "/etc/audisp/plugins.d"])
        {
            foreach (var file in await host.FolderAsync(folder, SettingsFiles.IsConf, cancel))
            {
                plugins.TryAdd(file.Path[(file.Path.LastIndexOf('/') + 1)..], file);
            }
        }

        if (plugins.Values.FirstMissing() is { } missing)
        {
            flows.Lose(missing);
            return missing.Present(ValueKind.Object);
        }

        var audit = new ObjectBuilder { ["syslog"] = IsActive("syslog.conf") };
        if (IsActive("au-remote.conf") || IsActive("audisp-remote.conf"))
        {
            var files = await PathPattern.ReadAsync(host, "/etc/audit/audisp-remote.conf", cancel);
            files.AddRange(await PathPattern.ReadAsync(host, "/etc/audisp/audisp-remote.conf", cancel));
            flows.Lose(files.FirstMissing());
            var settings = files.SelectMany(f => SettingsFiles.Split(f.Text ?? "")).ToLookup(s => s.Name, s => s.Value);
            var server = settings["remote_server"].LastOrDefault("");
            var port = settings["port"].LastOrDefault("60");
            audit["remote"] = new ObjectBuilder { ["server"] = server, ["port"] = port }.ToValue();
            if (server.Length > 0)
            {
                flows.Forward(
                    "audisp-remote",
                    "tcp",
                    server,
                    port,
                    settings["transport"].LastOrDefault("") == "KRB5",
                    "*.*"
                );
            }
        }

        return audit.ToValue();

        bool IsActive(string name) =>
            plugins.TryGetValue(name, out var file)
            && SettingsFiles.Split(file.Text ?? "").Any(s => s is { Name: "active", Value: "yes" });
    }
}

/// <summary>Streams of log lines out of and into a host; sorted, since files may be read in any order.</summary>
internal sealed class LogFlows
{
    private readonly SortedDictionary<string, Value> _forwards = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Value> _listens = new(StringComparer.Ordinal);
    private Missing? _missing;

    public void Lose(Missing? missing) => _missing ??= missing;

    public void Forward(string via, string protocol, string host, string port, bool tls, string selector) =>
        _forwards[$"{via} {host} {port} {protocol} {selector}"] = new ObjectBuilder
        {
            ["via"] = via,
            ["protocol"] = protocol,
            ["host"] = host,
            ["port"] = port,
            ["tls"] = tls,
            ["selector"] = selector,
        }.ToValue();

    public void Listen(string via, string protocol, string port) =>
        _listens[$"{via} {protocol} {port}"] = new ObjectBuilder
        {
            ["via"] = via,
            ["protocol"] = protocol,
            ["port"] = port,
        }.ToValue();

    public Value Forwards() => HostValues.List(_forwards.Values, _missing?.Open);

    public Value Listens() => HostValues.List(_listens.Values, _missing?.Open);
}
