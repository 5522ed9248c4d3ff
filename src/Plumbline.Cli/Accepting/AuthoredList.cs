using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Cli.Accepting;

/// <summary>The text of a YAML file that is one list of mappings, changed where it must be and nowhere else.</summary>
/// <remarks>
/// Comments, order and quotes are the author's. What was changed has to be read again before it is written: a list in
/// flow style, <c>[{…}]</c>, cannot be added to here, and is left alone.
/// </remarks>
internal sealed class AuthoredList
{
    private readonly List<string> _lines;
    private readonly string _key;

    /// <param name="key">The one key of the file, e.g. <c>waivers</c>.</param>
    public AuthoredList(string text, string key)
    {
        _key = key;
        _lines = [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];
        if (text.Trim().Length == 0)
        {
            _lines = [$"{key}:"];
        }
    }

    public override string ToString() => string.Join('\n', _lines) + "\n";

    /// <summary>A text as a scalar that YAML and JSON read alike.</summary>
    public static string Scalar(string text) => Jcs.ToText(Value.Of(text));

    /// <summary>Adds a mapping at the end; false where the list is written in a way that cannot be added to.</summary>
    public bool TryAppend(IReadOnlyList<string> entry)
    {
        var head = _lines.FindIndex(l => l.StartsWith($"{_key}:", StringComparison.Ordinal));
        if (head < 0)
        {
            return false;
        }

        var rest = _lines[head][(_key.Length + 1)..].Split('#')[0].Trim();
        if (rest is "[]" or "null" or "~")
        {
            _lines[head] = $"{_key}:";
        }
        else if (rest.Length > 0)
        {
            return false;
        }

        var first = _lines.FindIndex(head + 1, l => l.TrimStart().StartsWith("- ", StringComparison.Ordinal));
        var indent = first < 0 ? 2 : IndentOf(_lines[first]);
        _lines.AddRange(entry.Select((line, i) => Spaces(indent) + (i == 0 ? "- " : "  ") + line));
        return true;
    }

    /// <summary>Adds a list item under a key of the entry that begins at a line; false where that cannot be.</summary>
    public bool TryAddItem(int line, string key, IReadOnlyList<string> item)
    {
        if (Find(line) is not var (first, end, indent))
        {
            return false;
        }

        var at = _lines.FindIndex(first, end - first, l => IsKey(l, indent, key));
        if (at < 0)
        {
            _lines.InsertRange(end, Block(indent, key, item));
            return true;
        }

        var rest = _lines[at].Trim()[(key.Length + 1)..].Trim();
        if (rest == "[]")
        {
            _lines[at] = $"{Spaces(indent)}{key}:";
        }
        else if (rest.Length > 0)
        {
            return false;
        }

        var deep =
            at + 1 < end && _lines[at + 1].TrimStart().StartsWith("- ", StringComparison.Ordinal)
                ? IndentOf(_lines[at + 1])
                : indent + 2;
        _lines.InsertRange(at + 1, Items(deep, item));
        return true;
    }

    /// <summary>Adds lines at the end of the entry that begins at a line; false where it is in flow style.</summary>
    public bool TryAddLines(int line, IReadOnlyList<string> lines)
    {
        if (Find(line) is not var (_, end, indent))
        {
            return false;
        }

        _lines.InsertRange(end, lines.Select(l => Spaces(indent) + l));
        return true;
    }

    /// <summary>First line, the line behind the last, and the column of the keys of an entry.</summary>
    private (int First, int End, int Indent)? Find(int line)
    {
        var first = line - 1;
        if (first < 0 || first >= _lines.Count || !_lines[first].TrimStart().StartsWith("- ", StringComparison.Ordinal))
        {
            return null;
        }

        var dash = IndentOf(_lines[first]);
        var indent = dash + 1 + IndentOf(_lines[first][(dash + 1)..]);
        var end = _lines.FindIndex(first + 1, l => l.Trim().Length > 0 && IndentOf(l) <= dash);
        end = end < 0 ? _lines.Count : end;
        while (end > first + 1 && _lines[end - 1].Trim().Length == 0)
        {
            end--;
        }

        return _lines[first][indent] == '{' ? null : (first, end, indent);
    }

    private static bool IsKey(string line, int indent, string key) =>
        line.StartsWith(Spaces(indent) + key + ":", StringComparison.Ordinal)
        || (IndentOf(line) < indent && line[indent..].StartsWith(key + ":", StringComparison.Ordinal));

    private static IEnumerable<string> Block(int indent, string key, IReadOnlyList<string> item) =>
        [$"{Spaces(indent)}{key}:", .. Items(indent + 2, item)];

    private static ImmutableArray<string> Items(int indent, IReadOnlyList<string> item) =>
        [.. item.Select((line, i) => Spaces(indent) + (i == 0 ? "- " : "  ") + line)];

    private static int IndentOf(string line) => line.Length - line.TrimStart(' ').Length;

    private static string Spaces(int count) => new(' ', count);
}
