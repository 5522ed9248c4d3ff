namespace Plumbline.Languages.Config;

/// <summary>Blocks of <c>Name: value</c> lines with empty lines between them, as package managers keep their data (deb-control(5)).</summary>
/// <remarks>A line that starts with white space goes on with the field before it, and is passed over: only first lines are kept.</remarks>
public static class Stanzas
{
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string text)
    {
        using var reader = new StringReader(text);
        foreach (var stanza in Read(reader))
        {
            yield return stanza;
        }
    }

    /// <summary>The same of a text too large to hold.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(TextReader reader)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                if (fields.Count > 0)
                {
                    yield return fields;
                    fields = new Dictionary<string, string>(StringComparer.Ordinal);
                }

                continue;
            }

            var colon = char.IsWhiteSpace(line[0]) ? -1 : line.IndexOf(':');
            if (colon > 0)
            {
                fields.TryAdd(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        if (fields.Count > 0)
        {
            yield return fields;
        }
    }
}
