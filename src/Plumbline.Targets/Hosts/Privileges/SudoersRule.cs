using System.Collections.Frozen;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Privileges;

/// <summary>A rule: <c>users hosts = (runas) TAG: command, … : hosts = …</c>.</summary>
internal sealed class SudoersRule(string text, string file, SudoersAliases aliases)
{
    private static readonly FrozenSet<string> Tags = FrozenSet.ToFrozenSet([
        "EXEC",
        "FOLLOW",
        "INTERCEPT",
        "LOG_INPUT",
        "LOG_OUTPUT",
        "MAIL",
        "NOEXEC",
        "NOFOLLOW",
        "NOINTERCEPT",
        "NOLOG_INPUT",
        "NOLOG_OUTPUT",
        "NOMAIL",
        "NOPASSWD",
        "NOSETENV",
        "PASSWD",
        "SETENV",
    ]);

    /// <summary>What takes a tag back, by tag.</summary>
    private static readonly FrozenDictionary<string, string> Opposites = Tags.Where(t => Tags.Contains($"NO{t}"))
        .SelectMany(t => (KeyValuePair<string, string>[])[new(t, $"NO{t}"), new($"NO{t}", t)])
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsOne(string line) =>
        SudoersText.NextPlain(line, 0, '=') is var equals and > 0 && UsersEnd(line[..equals]) > 0;

    public Value ToValue()
    {
        var equals = SudoersText.NextPlain(text, 0, '=');
        var end = UsersEnd(text[..equals]);
        var users = text[..end];
        var hosts = new List<string>();
        var commands = new ArrayBuilder();
        foreach (var part in Parts(text[end..]))
        {
            var sign = SudoersText.NextPlain(part, 0, '=');
            if (sign > 0)
            {
                hosts.AddRange(aliases.Expand(part[..sign]));
                AddCommands(part[(sign + 1)..], commands);
            }
        }

        return new ObjectBuilder
        {
            ["text"] = string.Join(' ', text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)),
            ["users"] = HostValues.Texts(aliases.Expand(users)),
            ["hosts"] = HostValues.Texts(hosts),
            ["commands"] = commands.Build(),
            ["file"] = file,
        }.ToValue();
    }

    /// <summary>Where the list of users ends: at the white space that no comma stands beside.</summary>
    private static int UsersEnd(string left)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] == '\\')
            {
                i++;
            }
            else if (left[i] == '"')
            {
                i = Math.Max(i, left.IndexOf('"', i + 1));
            }
            else if (char.IsWhiteSpace(left[i]) && i > 0)
            {
                var next = left[i..].TrimStart();
                if (next.Length > 0 && next[0] != ',' && left[..i].TrimEnd() is [.., not ',' and not '!'])
                {
                    return i;
                }
            }
        }

        return -1;
    }

    /// <summary>The colons that part lists of hosts, and not those behind tags.</summary>
    private static IEnumerable<string> Parts(string rest)
    {
        var part = "";
        foreach (var piece in SudoersText.Split(rest, ':'))
        {
            var isNext =
                part.Length > 0
                && SudoersText.NextPlain(piece, 0, '=') > 0
                && !EndsWithTag(part)
                && !piece.StartsWith('/');
            if (isNext)
            {
                yield return part;
                part = piece;
            }
            else
            {
                part = part.Length == 0 ? piece : $"{part}:{piece}";
            }
        }

        yield return part;
    }

    private static bool EndsWithTag(string part) =>
        Tags.Contains(part[(part.AsSpan().LastIndexOfAny(" \t,=):") + 1)..]);

    private void AddCommands(string list, ArrayBuilder commands)
    {
        var (users, groups, tags) = (
            (List<string>)["root"],
            new List<string>(),
            new SortedSet<string>(StringComparer.Ordinal)
        );
        foreach (var item in SudoersText.Split(list, ','))
        {
            var rest = item;
            if (rest.StartsWith('(') && rest.IndexOf(')') is var close and > 0)
            {
                var runas = SudoersText.Split(rest[1..close], ':');
                users = aliases.Expand(runas[0]);
                groups = runas.Count > 1 ? aliases.Expand(runas[1]) : [];
                rest = rest[(close + 1)..].TrimStart();
            }

            rest = TakeTags(rest, tags);
            foreach (var command in rest.Length == 0 ? [] : aliases.Expand(rest))
            {
                commands.Add(
                    new ObjectBuilder
                    {
                        ["command"] = command,
                        ["runas_users"] = HostValues.Texts(users),
                        ["runas_groups"] = HostValues.Texts(groups),
                        ["tags"] = HostValues.Texts(tags),
                    }.ToValue()
                );
            }
        }
    }

    /// <summary>Takes tags off the front. They hold for what follows, until their opposite comes.</summary>
    private static string TakeTags(string rest, SortedSet<string> tags)
    {
        while (rest.IndexOf(':') is var colon and > 0 && Tags.Contains(rest[..colon].Trim()))
        {
            var tag = rest[..colon].Trim();
            tags.Add(tag);
            if (Opposites.TryGetValue(tag, out var opposite))
            {
                tags.Remove(opposite);
            }

            rest = rest[(colon + 1)..].TrimStart();
        }

        return rest;
    }
}
