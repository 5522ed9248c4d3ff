using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/limits</c>: limits.conf(5), the main file and then its folder.</summary>
internal static class ResourceLimits
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var files = await PathPattern.ReadAsync(host, "/etc/security/limits.conf", cancel);
        files.AddRange(await host.FolderAsync("/etc/security/limits.d", SettingsFiles.IsConf, cancel));
        var entries = new ArrayBuilder { Open = files.FirstMissing()?.Open };
        foreach (var file in files)
        {
            foreach (var (_, line) in file.Lines())
            {
                var words = line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (words is [var domain, var type, var item, var value, ..])
                {
                    entries.Add(
                        new ObjectBuilder
                        {
                            ["domain"] = domain,
                            ["type"] = type,
                            ["item"] = item,
                            ["value"] = value,
                            ["file"] = file.Path,
                        }.ToValue()
                    );
                }
            }
        }

        return new ObjectBuilder { ["entries"] = entries.Build() }.ToValue();
    }
}
