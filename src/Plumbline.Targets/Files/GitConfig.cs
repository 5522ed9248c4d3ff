using System.Text;

namespace Plumbline.Targets.Files;

/// <summary>The remotes that a git configuration names, read without git.</summary>
/// <remarks>
/// git-config(1), "Syntax":
/// <code>
/// [remote "origin"]      ; section without case, subsection with
///     url = git@host:path.git   # a value ends before # or ; outside quotes, a \ at its end continues it
/// </code>
/// Includes are not followed: what names evidence must lie in the repository itself.
/// </remarks>
internal static class GitConfig
{
    /// <summary>The URL of <c>origin</c>, else of the first remote by name that has one; null where there is none.</summary>
    public static string? RemoteUrl(string text)
    {
        var urls = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string? remote = null;
        foreach (var line in Lines(text))
        {
            if (line.StartsWith('['))
            {
                remote = RemoteOf(line);
            }
            else if (
                remote is not null
                && line.Split('=', 2) is [var name, var value]
                && name.Trim().Equals("url", StringComparison.OrdinalIgnoreCase)
            )
            {
                urls.TryAdd(remote, Unquoted(value));
            }
        }

        return urls.TryGetValue("origin", out var origin) ? origin : urls.Values.FirstOrDefault();
    }

    private static IEnumerable<string> Lines(string text)
    {
        var continued = "";
        foreach (var line in text.Split('\n'))
        {
            var trimmed = continued + line.TrimEnd('\r');
            if (trimmed.EndsWith('\\'))
            {
                continued = trimmed[..^1];
                continue;
            }

            continued = "";
            yield return trimmed.Trim();
        }
    }

    /// <summary><c>origin</c> of <c>[remote "origin"]</c>; null for other sections.</summary>
    private static string? RemoteOf(string header)
    {
        var quote = header.IndexOf('"');
        var end = header.LastIndexOf('"');
        return quote > 0 && end > quote && header[1..quote].Trim().Equals("remote", StringComparison.OrdinalIgnoreCase)
            ? header[(quote + 1)..end]
                .Replace("\\\"", "\"", StringComparison.Ordinal)
                .Replace("\\\\", "\\", StringComparison.Ordinal)
            : null;
    }

    private static string Unquoted(string value)
    {
        var text = new StringBuilder();
        var inQuotes = false;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"':
                    inQuotes = !inQuotes;
                    break;
                case '\\' when i + 1 < value.Length:
                    text.Append(value[++i]);
                    break;
                case '#' or ';' when !inQuotes:
                    return text.ToString().Trim();
                default:
                    text.Append(c);
                    break;
            }
        }

        return text.ToString().Trim();
    }
}
