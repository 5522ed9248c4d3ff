namespace Plumbline.Conformance;

/// <summary>A line of <c>owed.txt</c> or <c>declined.txt</c>.</summary>
/// <param name="What">A case's id, or <c>category:NAME</c> for all cases of one.</param>
/// <param name="Reason">What is missing, or which text permits the difference.</param>
internal sealed record Owing(string What, string Reason, bool IsDeclined)
{
    private const string Category = "category:";

    public bool Names(string id, string category) =>
        What == id
        || (
            category.Length > 0
            && What.AsSpan().StartsWith(Category)
            && What.AsSpan(Category.Length).SequenceEqual(category)
        );
}

/// <summary>What a suite is known to fail: <c>owed.txt</c>, because it is not built; <c>declined.txt</c>, because it is not wanted.</summary>
/// <remarks>
/// A line names a case or a category, and after two spaces its reason; blank lines and those that begin with <c>#</c> are
/// comments. What is named counts as failed all the same.
/// </remarks>
internal static class OwedList
{
    public static IReadOnlyList<Owing> Of(Suite suite) =>
        [.. Read(suite, "owed.txt", isDeclined: false), .. Read(suite, "declined.txt", isDeclined: true)];

    /// <exception cref="FormatException">A line has no reason, or stands twice.</exception>
    public static IReadOnlyList<Owing> Parse(string file, TextReader text, bool isDeclined)
    {
        var all = new List<Owing>();
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.Split("  ", 2) is not [var what, var reason] || string.IsNullOrWhiteSpace(reason))
            {
                throw new FormatException(
                    $"{file}:{number}: expected a case or `category:NAME`, two spaces and a reason, got `{line}`"
                );
            }

            if (all.Exists(o => o.What == what))
            {
                throw new FormatException($"{file}:{number}: `{what}` stands twice");
            }

            all.Add(new Owing(what, reason.Trim(), isDeclined));
        }

        return all;
    }

    /// <summary>The lists are embedded, so that they are the same wherever the program is started.</summary>
    private static IReadOnlyList<Owing> Read(Suite suite, string file, bool isDeclined)
    {
        var path = $"{char.ToUpperInvariant(suite.Name[0])}{suite.Name[1..]}/{file}";
        using var stream = typeof(OwedList).Assembly.GetManifestResourceStream(path);
        if (stream is null)
        {
            return [];
        }

        using var reader = new StreamReader(stream);
        return Parse(path, reader, isDeclined);
    }
}
