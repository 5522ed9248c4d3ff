using System.Text;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary>A line of fstab(5) or of <c>/proc/mounts</c>, which have one form.</summary>
internal sealed record Mount(string Device, string Point, string Type, string Options)
{
    public static IEnumerable<Mount> Lines(HostText file)
    {
        foreach (var (_, line) in file.Lines())
        {
            var f = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (f.Length >= 3)
            {
                yield return new Mount(Unescape(f[0]), Unescape(f[1]), f[2], f.Length > 3 ? f[3] : "defaults");
            }
        }
    }

    public Value ToValue() =>
        new ObjectBuilder
        {
            ["device"] = Device,
            ["type"] = Type,
            ["options"] = HostValues.SortedTexts(Options.Split(',', StringSplitOptions.RemoveEmptyEntries)),
        }.ToValue();

    /// <summary>White space in a name is written as a backslash and three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[(i + 1)..(i + 4)].All(c => c is >= '0' and <= '7'))
            {
                plain.Append((char)Convert.ToInt32(text[(i + 1)..(i + 4)], 8));
                i += 3;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }
}

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
