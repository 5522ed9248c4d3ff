using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/apparmor</c>: whether the kernel enforces it, and which profiles how.</summary>
internal static class AppArmor
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var document = new ObjectBuilder
        {
            ["installed"] =
                await host.ExistsAsync("/etc/apparmor.d", cancel)
                || await host.HasProgramAsync("apparmor_parser", cancel),
        };
        if (!host.Host.IsRunning)
        {
            document["enabled"] = host.NotRunning().Present(ValueKind.Boolean);
            document["profiles"] = host.NotRunning().Present(ValueKind.Object);
            return document.ToValue();
        }

        var enabled = await host.TextAsync("/sys/module/apparmor/parameters/enabled", cancel);
        document["enabled"] = enabled.Trimmed == "Y";
        var profiles =
            enabled.Trimmed == "Y" ? await host.TextAsync("/sys/kernel/security/apparmor/profiles", cancel) : null;
        document["profiles"] =
            profiles?.Missing?.Present(ValueKind.Object)
            ?? HostValues.Map(Modes(profiles).OrderBy(p => p.Key, Core.Ordinal.Comparer), m => (Value)m);
        return document.ToValue();
    }

    /// <summary><c>NAME (enforce)</c>, a profile a line.</summary>
    private static Dictionary<string, string> Modes(HostText? profiles)
    {
        var modes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, line) in profiles?.Lines("") ?? [])
        {
            var open = line.LastIndexOf(" (", StringComparison.Ordinal);
            if (open > 0)
            {
                modes[line[..open]] = line[(open + 2)..].TrimEnd(')');
            }
        }

        return modes;
    }
}
