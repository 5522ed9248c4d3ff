using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/selinux</c>: what runs, and <c>/etc/selinux/config</c>.</summary>
internal static class SeLinux
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var config = await host.TextAsync("/etc/selinux/config", cancel);
        var document = new ObjectBuilder { ["installed"] = config.Exists };
        if (host.Host.IsRunning)
        {
            var enforce = await host.TextAsync("/sys/fs/selinux/enforce", cancel);
            document["enabled"] = enforce.Exists;
            if (enforce.Exists)
            {
                document["mode"] =
                    enforce.Missing?.Present(ValueKind.String) ?? (enforce.Trimmed == "1" ? "enforcing" : "permissive");
            }
        }
        else
        {
            document["enabled"] = host.NotRunning().Present(ValueKind.Boolean);
            document["mode"] = host.NotRunning().Perhaps(ValueKind.String);
        }

        foreach (var (_, name, value) in SettingsFiles.Split(config.Text ?? ""))
        {
            _ = name switch
            {
                "SELINUX" => document["configured"] = value,
                "SELINUXTYPE" => document["policy"] = value,
                _ => default,
            };
        }

        return document.ToValue();
    }
}
