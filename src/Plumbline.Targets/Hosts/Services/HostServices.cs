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
