using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Targets.Hosts;

/// <summary>Files by a pattern, as configuration files include each other: glob(7), each name apart.</summary>
internal static class PathPattern
{
    /// <summary>Includes of real machines match tens of files.</summary>
    private const int MaxFiles = 4_096;

    /// <summary>In the order of their paths; a folder that is closed, or a file, comes with the reason.</summary>
    public static async Task<List<HostText>> ReadAsync(HostReading host, string pattern, CancellationToken cancel)
    {
        var (paths, missing) = await ExpandAsync(host, pattern, cancel);
        var texts = missing is null ? new List<HostText>() : [new HostText(pattern, null, missing)];
        foreach (var path in paths)
        {
            var text = await host.TextAsync(path, cancel);
            if (text.Exists)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    public static async Task<(List<string> Paths, Missing? Missing)> ExpandAsync(
        HostReading host,
        string pattern,
        CancellationToken cancel
    )
    {
        var paths = new List<string> { "" };
        Missing? closed = null;
        foreach (var name in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsPattern(name))
            {
                paths = paths.ConvertAll(p => $"{p}/{name}");
                continue;
            }

            var regex = ToRegex(name);
            var next = new List<string>();
            foreach (var folder in paths)
            {
                var (names, missing) = await host.ListAsync(folder.Length == 0 ? "/" : folder, cancel);
                closed ??= missing;
                next.AddRange(
                    names
                        .Where(n => regex.IsMatch(n) && (name[0] == '.' || !n.StartsWith('.'))) // as glob(7): hidden ones only by name
                        .Select(n => $"{folder}/{n}")
                );
            }

            paths = next[..Math.Min(next.Count, MaxFiles)];
        }

        return (paths, closed);
    }

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny("*?[");

    private static Regex ToRegex(string name)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < name.Length; i++)
        {
            var close = name[i] == '[' ? name.IndexOf(']', Math.Min(name.Length, i + 2)) : -1;
            if (close > 0)
            {
                var members = name[(i + 1)..close].Replace("\\", "\\\\").Replace("[", "\\[");
                regex.Append('[').Append(members[0] is '!' or '^' ? "^" + members[1..] : members).Append(']');
                i = close;
                continue;
            }

            regex.Append(
                name[i] switch
                {
                    '*' => ".*",
                    '?' => ".",
                    var c => Regex.Escape(c.ToString()),
                }
            );
        }

        const RegexOptions Linear =
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;
        try
        {
            return new Regex(regex.Append(@"\z").ToString(), Linear);
        }
        catch (ArgumentException)
        {
            return new Regex($@"\A{Regex.Escape(name)}\z", Linear); // what looked like a set is none, so a name like others
        }
    }
}
