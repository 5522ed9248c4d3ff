using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Services;

/// <summary>Reads the two lists of a running systemd.</summary>
internal static class SystemctlText
{
    /// <param name="files"><c>UNIT STATE PRESET</c>, a line each.</param>
    /// <param name="units"><c>UNIT LOAD ACTIVE SUB DESCRIPTION</c>, a line each.</param>
    public static SortedDictionary<string, Value> Units(string files, string units)
    {
        var active = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var words in Lines(units))
        {
            if (words is [var name, var load, var state, ..] && load != "not-found")
            {
                active[name] = state;
            }
        }

        var found = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        foreach (var words in Lines(files))
        {
            if (
                words is [var name, var state, ..]
                && UnitFolder.Types.Contains(name[Math.Max(0, name.LastIndexOf('.'))..])
            )
            {
                found[name] = Unit(state, active.GetValueOrDefault(name, "inactive"));
            }
        }

        // Instances have no file of their own; sessions come and go with whoever logs in.
        foreach (var (name, state) in active)
        {
            var at = name.IndexOf('@');
            if (
                at > 0
                && name.EndsWith(".service", StringComparison.Ordinal)
                && !name.StartsWith("user", StringComparison.Ordinal)
            )
            {
                var template = found.GetValueOrDefault($"{name[..(at + 1)]}.service")["enabled"];
                found.TryAdd(name, Unit(template.IsString ? template.Utf8.ToString() : "static", state));
            }
        }

        return found;
    }

    private static Value Unit(string enabled, string active) =>
        new ObjectBuilder { ["enabled"] = enabled, ["active"] = active }.ToValue();

    private static IEnumerable<string[]> Lines(string text) =>
        text.Split('\n').Select(l => l.TrimStart('●', '*', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
