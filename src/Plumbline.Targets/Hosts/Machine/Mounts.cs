using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/mounts</c>: what is mounted, and what fstab says.</summary>
internal static class Mounts
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var fstab = await host.TextAsync("/etc/fstab", cancel);
        var lines = Mount.Lines(fstab).ToList();
        return new ObjectBuilder
        {
            ["live"] = await LiveAsync(host, cancel),
            ["configured"] =
                fstab.Missing?.Present(ValueKind.Object) ?? ByPoint(lines.Where(m => m.Point.StartsWith('/'))),
            ["swap"] =
                fstab.Missing?.Present(ValueKind.Array)
                ?? HostValues.SortedTexts(lines.Where(m => m.Type == "swap").Select(m => m.Device)),
        }.ToValue();
    }

    private static async Task<Value> LiveAsync(HostReading host, CancellationToken cancel)
    {
        if (!host.Host.IsRunning)
        {
            return host.NotRunning().Present(ValueKind.Object);
        }

        var mounts = await host.TextAsync("/proc/self/mounts", cancel);
        return mounts.Missing?.Present(ValueKind.Object) ?? ByPoint(Mount.Lines(mounts));
    }

    /// <summary>The last one mounted on a place is the one that is seen.</summary>
    private static Value ByPoint(IEnumerable<Mount> mounts)
    {
        var byPoint = new SortedDictionary<string, Mount>(StringComparer.Ordinal);
        foreach (var mount in mounts)
        {
            byPoint[mount.Point] = mount;
        }

        return HostValues.Map(byPoint, m => m.ToValue());
    }
}
