namespace Plumbline.Targets.Hosts.Privileges;

/// <summary>Aliases of all four kinds: one name space here, since a name in a list of users can only be a user's alias.</summary>
internal sealed class SudoersAliases
{
    private const int MaxDepth = 100;

    /// <summary>Of one list after its aliases; bounds what aliases of aliases can blow up to.</summary>
    private const int MaxMembers = 10_000;

    /// <summary>Of one list, for aliases that stand for nothing but other aliases.</summary>
    private const int MaxSteps = 100_000;

    private int _steps;

    private readonly Dictionary<string, List<string>> _members = new(StringComparer.Ordinal);

    /// <summary><c>NAME = a, b : OTHER = c</c>.</summary>
    public bool TryAdd(string text)
    {
        foreach (var part in SudoersText.Split(text, ':'))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0 || !IsName(part[..equals].TrimEnd('+', ' ', '\t')))
            {
                return false;
            }

            var name = part[..equals].TrimEnd('+', ' ', '\t');
            var members = SudoersText.Split(part[(equals + 1)..], ',').Where(m => m.Length > 0).ToList();
            if (!_members.TryAdd(name, members))
            {
                _members[name].AddRange(members);
            }
        }

        return true;
    }

    /// <summary>A list with its aliases replaced; <c>!</c> before an alias stands before each of its members.</summary>
    public List<string> Expand(string list)
    {
        var expanded = new List<string>();
        _steps = 0;
        foreach (var item in SudoersText.Split(list, ',').Where(i => i.Length > 0))
        {
            Expand(item, 0, expanded);
        }

        return expanded;
    }

    private void Expand(string item, int depth, List<string> into)
    {
        var name = item.TrimStart('!', ' ');
        var isNegated = item[..(item.Length - name.Length)].Count(c => c == '!') % 2 == 1;
        if (into.Count >= MaxMembers || ++_steps > MaxSteps)
        {
            return;
        }

        if (depth >= MaxDepth || name == "ALL" || !IsName(name) || !_members.TryGetValue(name, out var members))
        {
            into.Add(isNegated ? $"!{name}" : name);
            return;
        }

        foreach (var member in members)
        {
            Expand(isNegated ? $"!{member}" : member, depth + 1, into);
        }
    }

    private static bool IsName(string text) =>
        text.Length > 0
        && char.IsAsciiLetterUpper(text[0])
        && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
}
