namespace Plumbline.Targets.Hosts.Services;

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
