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
