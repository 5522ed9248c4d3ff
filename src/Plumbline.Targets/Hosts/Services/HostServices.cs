using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Services;

/// <summary><c>linux/services</c>: what is started, by whom, and what of it runs.</summary>
/// <remarks>
/// A running systemd is asked, twice in all. Elsewhere unit files and their links tell what would be started, scripts of SysV and
/// OpenRC likewise, and the processes tell what runs.
/// </remarks>
internal static class HostServices
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var manager = await ManagerAsync(host, cancel);
        if (manager == "systemd" && host.Host.IsRunning)
        {
            var (files, _) = await host.RunAsync(HostCommand.UnitFiles, cancel);
            var (units, _) = files is null ? (null, null) : await host.RunAsync(HostCommand.Units, cancel);
            if (files is not null && units is not null)
            {
                return ToValue(manager, SystemctlText.Units(files, units), null);
            }
        }

        var found = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        var folder = new UnitFolder(host);
        foreach (var (name, unit) in await folder.ReadAsync(cancel))
        {
            found[name] = new ObjectBuilder
            {
                ["enabled"] =
                    unit.State.Length > 0
                        ? unit.State
                        : (unit.Missing ?? folder.Missing)?.Present(ValueKind.String) ?? "static",
                ["active"] = await ActiveAsync(host, unit.File, cancel),
            }.ToValue();
        }

        var missing = folder.Missing;
        foreach (var (name, isEnabled) in await InitScripts.ReadAsync(host, manager, cancel))
        {
            if (!found.ContainsKey(name))
            {
                found[name] = new ObjectBuilder
                {
                    ["enabled"] = isEnabled ? "enabled" : "disabled",
                    ["active"] = await ActiveAsync(host, ScriptOf(name), cancel),
                }.ToValue();
            }
        }

        return ToValue(manager, found, missing);
    }

    private static Value ToValue(string manager, SortedDictionary<string, Value> units, Missing? missing) =>
        new ObjectBuilder { ["manager"] = manager, ["units"] = HostValues.Map(units, u => u, missing) }.ToValue();

    /// <summary>A script's program mostly bears its name.</summary>
    private static UnitFile ScriptOf(string unit) => new(true, false, unit[..unit.LastIndexOf('.')], false);

    private static async Task<Value> ActiveAsync(HostReading host, UnitFile? file, CancellationToken cancel)
    {
        if (!host.Host.IsRunning)
        {
            return host.NotRunning().Present(ValueKind.String);
        }

        if (file is null or { Program: "" })
        {
            return "inactive";
        }

        if (file.IsOneShot)
        {
            return HostValues.Untold("not told without systemd: whether work that ends was done", ValueKind.String);
        }

        var processes = await host.ProcessesAsync(cancel);
        return processes.Any(p => p.Runs(file.Program)) ? "active" : "inactive";
    }

    private static async Task<string> ManagerAsync(HostReading host, CancellationToken cancel)
    {
        if (host.Host.IsRunning)
        {
            return (await host.TextAsync("/proc/1/comm", cancel)).Trimmed switch
            {
                "systemd" => "systemd",
                "openrc-init" => "openrc",
                "init" => await host.ExistsAsync("/run/openrc", cancel) ? "openrc" : "sysv",
                _ => "none",
            };
        }

        return await host.ExistsAsync("/usr/lib/systemd/systemd", cancel)
            || await host.ExistsAsync("/lib/systemd/systemd", cancel)
                ? "systemd"
            : await host.ExistsAsync("/sbin/openrc", cancel) ? "openrc"
            : await host.ExistsAsync("/etc/inittab", cancel) ? "sysv"
            : "none";
    }
}

/// <summary>Reads the two lists of a running systemd.</summary>
internal static class SystemctlText
{
    /// <param name="files"><c>UNIT STATE PRESET</c>, a line each.</param>
    /// <param name="units"><c>UNIT LOAD ACTIVE SUB DESCRIPTION</c>, a line each.</param>
    public static SortedDictionary<string, Value> Units(string files, string units)
    {
        var active = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var words in Lines(units))
        {
            if (words is [var name, var load, var state, ..] && load != "not-found")
            {
                active[name] = state;
            }
        }

        var found = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (var words in Lines(files))
        {
            if (
                words is [var name, var state, ..]
                && UnitFolder.Types.Contains(name[Math.Max(0, name.LastIndexOf('.'))..])
            )
            {
                found[name] = Unit(state, active.GetValueOrDefault(name, "inactive"));
            }
        }

        // Instances have no file of their own; sessions come and go with whoever logs in.
        foreach (var (name, state) in active)
        {
            var at = name.IndexOf('@');
            if (
                at > 0
                && name.EndsWith(".service", StringComparison.Ordinal)
                && !name.StartsWith("user", StringComparison.Ordinal)
            )
            {
                var template = found.GetValueOrDefault($"{name[..(at + 1)]}.service")["enabled"];
                found.TryAdd(name, Unit(template.IsString ? template.Utf8.ToString() : "static", state));
            }
        }

        return found;
    }

    private static Value Unit(string enabled, string active) =>
        new ObjectBuilder { ["enabled"] = enabled, ["active"] = active }.ToValue();

    private static IEnumerable<string[]> Lines(string text) =>
        text.Split('\n').Select(l => l.TrimStart('●', '*', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Scripts of <c>/etc/init.d</c>: links of SysV's run levels, and of OpenRC's.</summary>
internal static class InitScripts
{
    public static async Task<SortedDictionary<string, bool>> ReadAsync(
        HostReading host,
        string manager,
        CancellationToken cancel
    )
    {
        var enabled = new HashSet<string>(StringComparer.Ordinal);
        var (levels, _) = await host.ListAsync("/etc/runlevels", cancel);
        foreach (var level in levels)
        {
            enabled.UnionWith((await host.ListAsync($"/etc/runlevels/{level}", cancel)).Names);
        }

        foreach (var level in manager == "openrc" ? "" : "2345")
        {
            foreach (var folder in (string[])["/etc", "/etc/rc.d"])
            {
                var (names, _) = await host.ListAsync($"{folder}/rc{level}.d", cancel);
                enabled.UnionWith(names.Where(n => n.Length > 3 && n[0] == 'S').Select(n => n[3..]));
            }
        }

        var scripts = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        var (all, _) = await host.ListAsync("/etc/init.d", cancel);
        foreach (var name in all.Where(n => char.IsAsciiLetterOrDigit(n[0]) && !n.Contains('.')))
        {
            scripts[$"{name}.service"] = enabled.Contains(name);
        }

        return scripts;
    }
}
