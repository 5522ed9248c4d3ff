using System.Text.Json;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>As much of TOML as <c>conftest.toml</c> needs: keys with texts, truths and lists of texts, one to a line.</summary>
/// <remarks>
/// <code>
/// # a comment
/// policy = "tests"              'tests' is the same, without escapes
/// namespace = ["main", "team"]
/// no-color = true
/// </code>
/// toml.io v1.0.0. Tables and values of other kinds are a fault that names its line: a setting that is passed over would be worse.
/// </remarks>
internal static class FlatToml
{
    /// <exception cref="FormatException">A line is something else.</exception>
    public static Value Read(string file, string text)
    {
        var all = new ObjectBuilder();
        foreach (var (line, number) in text.ReplaceLineEndings("\n").Split('\n').Select((l, i) => (l.Trim(), i + 1)))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var value = equals < 0 ? default : ValueOf(line[(equals + 1)..]);
            if (value.IsUndefined || !all.TryAdd(line[..equals].Trim().Trim('"'), value))
            {
                throw new FormatException(
                    $"read in config: {file}:{number}:1: expected `key = value`, a text, `true`, `false` or a list of texts, each key once, got `{line}`"
                );
            }
        }

        return all.ToValue();
    }

    /// <summary>Undefined where it is none that is read.</summary>
    private static Value ValueOf(string text)
    {
        var rest = text.AsSpan();
        var value = One(ref rest);
        rest = rest.TrimStart();
        return rest.IsEmpty || rest[0] == '#' ? value : default;
    }

    private static Value One(ref ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        foreach (var (word, value) in new[] { ("true", Value.True), ("false", Value.False) })
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
            {
                text = text[word.Length..];
                return value;
            }
        }

        return text.IsEmpty ? default
            : text[0] == '[' ? List(ref text)
            : Text(ref text);
    }

    private static Value List(ref ReadOnlySpan<char> text)
    {
        var items = new ArrayBuilder();
        text = text[1..].TrimStart();
        while (!text.IsEmpty && text[0] != ']')
        {
            var item = Text(ref text);
            text = text.TrimStart();
            if (item.IsUndefined || text.IsEmpty || text[0] is not (',' or ']'))
            {
                return default;
            }

            items.Add(item);
            text = text[0] == ',' ? text[1..].TrimStart() : text;
        }

        if (text.IsEmpty)
        {
            return default;
        }

        text = text[1..];
        return items.Build();
    }

    /// <summary>A basic string has the escapes of JSON, a literal one none.</summary>
    private static Value Text(ref ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('"' or '\''))
        {
            return default;
        }

        var quote = text[0];
        for (var end = 1; end < text.Length; end++)
        {
            if (quote == '"' && text[end] == '\\')
            {
                end++;
            }
            else if (text[end] == quote)
            {
                var (written, inner) = (text[..(end + 1)].ToString(), text[1..end].ToString());
                text = text[(end + 1)..];
                return quote == '\'' ? inner : Unescaped(written);
            }
        }

        return default;
    }

    private static Value Unescaped(string quoted)
    {
        try
        {
            return JsonDocument.Parse(quoted).RootElement.GetString()!;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
