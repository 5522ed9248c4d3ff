using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Privileges;

/// <summary>A line of <c>Defaults</c>: for whom, and a list of names with values.</summary>
internal static class SudoersDefaults
{
    public static bool TryRead(string line, List<Value> defaults)
    {
        var rest = line["Defaults".Length..];
        if (rest.Length == 0)
        {
            return false;
        }

        var scope = ScopeOf(rest[0]);
        var names = new List<string>();
        if (scope != "all")
        {
            var end = rest.AsSpan().IndexOfAny(" \t");
            if (end < 0)
            {
                return false;
            }

            names = SudoersText.Split(rest[1..end], ',');
            rest = rest[end..];
        }

        foreach (var setting in SudoersText.Split(rest, ',').Where(s => s.Length > 0))
        {
            defaults.Add(ToValue(setting, scope, names));
        }

        return true;
    }

    private static Value ToValue(string setting, string scope, List<string> names)
    {
        var made = new ObjectBuilder();
        var equals = SudoersText.NextPlain(setting, 0, '=');
        var name = (equals < 0 ? setting : setting[..equals]).Trim();
        if (equals > 0)
        {
            var sign = name[^1];
            made["name"] = name.TrimEnd('+', '-', ' ', '\t');
            made["value"] = setting[(equals + 1)..].Trim().Trim('"');
            if (sign is '+' or '-')
            {
                made["operator"] = $"{sign}=";
            }
        }
        else
        {
            made["name"] = name.TrimStart('!', ' ');
            made["value"] = !name.StartsWith('!');
        }

        made["scope"] = scope;
        if (names.Count > 0)
        {
            made["for"] = HostValues.Texts(names);
        }

        return made.ToValue();
    }

    private static string ScopeOf(char mark) =>
        mark switch
        {
            '@' => "host",
            ':' => "user",
            '!' => "command",
            '>' => "runas",
            _ => "all",
        };
}
