using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/host</c>: what machine this is.</summary>
/// <remarks>Sources: os-release(5), machine-id(5), proc(5); DMI of the kernel for the kind of virtual machine.</remarks>
internal static class HostFacts
{
    /// <summary>What firmware says of itself, by its first words.</summary>
    private static readonly ImmutableArray<(string Vendor, string Kind)> Vendors =
    [
        ("QEMU", "kvm"),
        ("KVM", "kvm"),
        ("VMware", "vmware"),
        ("innotek", "virtualbox"),
        ("Xen", "xen"),
        ("Microsoft Corporation", "hyperv"),
        ("Amazon EC2", "amazon"),
        ("Google", "google"),
    ];

    private static readonly ImmutableArray<(string Variable, string Member)> Release =
    [
        ("ID", "id"),
        ("NAME", "name"),
        ("PRETTY_NAME", "pretty_name"),
        ("VERSION", "version"),
        ("VERSION_ID", "version_id"),
        ("VERSION_CODENAME", "codename"),
    ];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var facts = new ObjectBuilder();
        if (host.Host.Name.Length > 0)
        {
            facts["name"] = host.Host.Name;
        }

        var id = await host.TextAsync("/etc/machine-id", cancel);
        if (id.Missing is { } missing)
        {
            facts["machine_id"] = missing.Present(ValueKind.String);
        }
        else if (id.Trimmed.Length > 0)
        {
            facts["machine_id"] = id.Trimmed;
        }

        facts["os"] = await OsAsync(host, cancel);
        if (host.Host.IsRunning)
        {
            var release = await host.TextAsync("/proc/sys/kernel/osrelease", cancel);
            facts["kernel"] = new ObjectBuilder { ["release"] = release.Trimmed }.ToValue();
            facts["architecture"] = Architecture();
            facts["init"] = (await host.TextAsync("/proc/1/comm", cancel)).Trimmed;
            facts["virtualization"] = await VirtualizationAsync(host, cancel);
            facts["container"] = await IsContainerAsync(host, cancel);
        }
        else
        {
            var unknown = host.NotRunning();
            facts["kernel"] = new ObjectBuilder { ["release"] = unknown.Present(ValueKind.String) }.ToValue();
            facts["architecture"] = unknown.Present(ValueKind.String);
            facts["init"] = unknown.Present(ValueKind.String);
            facts["virtualization"] = unknown.Present(ValueKind.String);
            facts["container"] = unknown.Present(ValueKind.Boolean);
        }

        return facts.ToValue();
    }

    /// <summary>The variables of os-release; <c>/etc</c> counts before <c>/usr/lib</c>.</summary>
    public static async Task<Dictionary<string, string>> ReleaseAsync(HostReading host, CancellationToken cancel)
    {
        var file = await host.TextAsync("/etc/os-release", cancel);
        file = file.Exists ? file : await host.TextAsync("/usr/lib/os-release", cancel);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, line) in file.Lines())
        {
            var equals = line.IndexOf('=');
            if (equals > 0)
            {
                variables[line[..equals]] = string.Join(' ', Words.Split(line[(equals + 1)..]));
            }
        }

        return variables;
    }

    private static async Task<Value> OsAsync(HostReading host, CancellationToken cancel)
    {
        var variables = await ReleaseAsync(host, cancel);
        var os = new ObjectBuilder();
        foreach (var (variable, member) in Release)
        {
            os.AddIf(member, variables.GetValueOrDefault(variable));
        }

        os["like"] = HostValues.Texts(Words.Split(variables.GetValueOrDefault("ID_LIKE", "")));
        return os.ToValue();
    }

    private static string Architecture() =>
        RuntimeInformation.OSArchitecture switch
        {
            global::System.Runtime.InteropServices.Architecture.X64 => "x86_64",
            global::System.Runtime.InteropServices.Architecture.X86 => "i686",
            global::System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
            global::System.Runtime.InteropServices.Architecture.Arm => "armv7l",
            var other => other.ToString().ToLowerInvariant(),
        };

    private static async Task<string> VirtualizationAsync(HostReading host, CancellationToken cancel)
    {
        var words = "";
        foreach (var name in (string[])["sys_vendor", "product_name", "board_vendor", "bios_vendor"])
        {
            words += (await host.TextAsync($"/sys/class/dmi/id/{name}", cancel)).Trimmed + "\n";
        }

        var known = Vendors.FirstOrDefault(v => words.Contains(v.Vendor, StringComparison.Ordinal)).Kind;
        if (known is not null)
        {
            return known;
        }

        var isGuest = (await host.TextAsync("/proc/cpuinfo", cancel))
            .Lines()
            .Any(l => l.Text.StartsWith("flags", StringComparison.Ordinal) && l.Text.Split(' ').Contains("hypervisor"));
        return isGuest ? "other" : "none";
    }

    /// <summary>The marks that Docker and Podman leave, and the variable that systemd's interface asks of others.</summary>
    private static async Task<bool> IsContainerAsync(HostReading host, CancellationToken cancel) =>
        await host.ExistsAsync("/.dockerenv", cancel)
        || await host.ExistsAsync("/run/.containerenv", cancel)
        || await host.ExistsAsync("/run/systemd/container", cancel);
}
