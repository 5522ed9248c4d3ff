using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/kernel_parameters</c>: what the kernel has, and what <c>sysctl --system</c> would set (sysctl.d(5)).</summary>
internal static class KernelParameters
{
    /// <summary>What benchmarks ask about. All there is would be some thousand, many of which change by themselves.</summary>
    private static readonly ImmutableArray<string> Read =
    [
        "dev.tty.ldisc_autoload",
        "fs.protected_fifos",
        "fs.protected_hardlinks",
        "fs.protected_regular",
        "fs.protected_symlinks",
        "fs.suid_dumpable",
        "kernel.core_pattern",
        "kernel.core_uses_pid",
        "kernel.dmesg_restrict",
        "kernel.kexec_load_disabled",
        "kernel.kptr_restrict",
        "kernel.modules_disabled",
        "kernel.panic_on_oops",
        "kernel.perf_event_paranoid",
        "kernel.randomize_va_space",
        "kernel.sysrq",
        "kernel.unprivileged_bpf_disabled",
        "kernel.unprivileged_userns_clone",
        "kernel.yama.ptrace_scope",
        "net.core.bpf_jit_harden",
        "net.ipv4.conf.all.accept_local",
        "net.ipv4.conf.all.accept_redirects",
        "net.ipv4.conf.all.accept_source_route",
        "net.ipv4.conf.all.arp_filter",
        "net.ipv4.conf.all.arp_ignore",
        "net.ipv4.conf.all.drop_gratuitous_arp",
        "net.ipv4.conf.all.forwarding",
        "net.ipv4.conf.all.log_martians",
        "net.ipv4.conf.all.rp_filter",
        "net.ipv4.conf.all.secure_redirects",
        "net.ipv4.conf.all.send_redirects",
        "net.ipv4.conf.all.shared_media",
        "net.ipv4.conf.default.accept_redirects",
        "net.ipv4.conf.default.accept_source_route",
        "net.ipv4.conf.default.forwarding",
        "net.ipv4.conf.default.log_martians",
        "net.ipv4.conf.default.rp_filter",
        "net.ipv4.conf.default.secure_redirects",
        "net.ipv4.conf.default.send_redirects",
        "net.ipv4.conf.default.shared_media",
        "net.ipv4.icmp_echo_ignore_broadcasts",
        "net.ipv4.icmp_ignore_bogus_error_responses",
        "net.ipv4.ip_forward",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.tcp_rfc1337",
        "net.ipv4.tcp_syncookies",
        "net.ipv4.tcp_timestamps",
        "net.ipv6.conf.all.accept_ra",
        "net.ipv6.conf.all.accept_redirects",
        "net.ipv6.conf.all.accept_source_route",
        "net.ipv6.conf.all.disable_ipv6",
        "net.ipv6.conf.all.forwarding",
        "net.ipv6.conf.default.accept_ra",
        "net.ipv6.conf.default.accept_redirects",
        "net.ipv6.conf.default.accept_source_route",
        "net.ipv6.conf.default.disable_ipv6",
        "net.ipv6.conf.default.forwarding",
        "vm.mmap_min_addr",
        "vm.mmap_rnd_bits",
        "vm.unprivileged_userfaultfd",
    ];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var files = await SettingsFiles.DropInsAsync(host, "sysctl.d", cancel);
        var main = await host.TextAsync("/etc/sysctl.conf", cancel);
        if (main.Exists && files.TrueForAll(f => !f.Path.EndsWith("/99-sysctl.conf", StringComparison.Ordinal)))
        {
            files.Add(main);
        }

        var configured = Configured(files);
        return new ObjectBuilder
        {
            ["live"] = await LiveAsync(host, configured.Keys, cancel),
            ["configured"] = HostValues.Map(configured, v => v, files.FirstMissing()),
        }.ToValue();
    }

    /// <summary>The last file that names a parameter counts. A <c>-</c> in front only keeps errors quiet; patterns name no single parameter.</summary>
    public static SortedDictionary<string, Value> Configured(IEnumerable<HostText> files)
    {
        var configured = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var (_, line) in file.Lines("#;"))
            {
                var equals = line.IndexOf('=');
                var name = equals < 0 ? "" : Dotted(line[..equals].Trim().TrimStart('-').Trim());
                if (name.Length > 0 && !name.Contains('*'))
                {
                    configured[name] = new ObjectBuilder
                    {
                        ["value"] = OneSpace(line[(equals + 1)..]),
                        ["file"] = file.Path,
                    }.ToValue();
                }
            }
        }

        return configured;
    }

    private static async Task<Value> LiveAsync(
        HostReading host,
        IEnumerable<string> configured,
        CancellationToken cancel
    )
    {
        if (!host.Host.IsRunning)
        {
            return host.NotRunning().Present(ValueKind.Object);
        }

        var live = new ObjectBuilder { Open = new OpenMark("not read: other parameters of the kernel") };
        foreach (var name in Read.Union(configured).Order(Core.Ordinal.Comparer))
        {
            var path = $"/proc/sys/{Slashed(name)}";
            var file = path.Contains("/../", StringComparison.Ordinal) ? null : await host.TextAsync(path, cancel);
            live[name] = file switch
            {
                { Text: not null } => OneSpace(file.Text),
                { Missing: { } missing } => missing.Present(ValueKind.String),
                _ => Value.Null,
            };
        }

        return live.ToValue();
    }

    /// <summary>sysctl(8): where the first separator is a slash, slashes part the names and dots belong to them (an interface <c>eth0.1</c>).</summary>
    private static string Dotted(string name)
    {
        var first = name.AsSpan().IndexOfAny("./");
        return first >= 0 && name[first] == '/'
            ? string.Join('.', name.Split('/').Select(n => n.Replace('.', '/')))
            : name;
    }

    private static string Slashed(string name) => string.Join('/', name.Split('.').Select(n => n.Replace('/', '.')));

    private static string OneSpace(string value) =>
        string.Join(' ', value.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
