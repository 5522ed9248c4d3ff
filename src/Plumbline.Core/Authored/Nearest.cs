namespace Plumbline.Core.Authored;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>The word with the fewest slips of the finger between it and <paramref name="typed"/>; null where all are too far off.</summary>
    /// <remarks>
    /// A slip is a letter left out, put in or changed, or two that changed places (optimal string alignment). One slip is granted for
    /// every three letters, at least one, at most three. A word that the typed one begins is near too. Of equally near ones the first counts.
    /// </remarks>
    public static string? To(string typed, IEnumerable<string> words)
    {
        var granted = Math.Clamp(typed.Length / 3, 1, 3);
        var all = words.ToList();
        return all.Select(word => (Word: word, Slips: Slips(Folded(typed), Folded(word))))
                .Where(c => c.Slips <= granted)
                .OrderBy(c => c.Slips) // stable: of equally near ones the first
                .Select(c => c.Word)
                .FirstOrDefault()
            ?? (typed.Length < 3 ? null : all.Find(w => w.StartsWith(typed, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary><c>: did you mean `word`?</c>, or nothing.</summary>
    public static string Hint(string typed, IEnumerable<string> words) =>
        To(typed, words) is { } word ? $": did you mean `{word}`?" : "";

    private static string Folded(string word) => word.ToLowerInvariant().Replace('_', '-');

    private static int Slips(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var changed = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], 1 + rows[i - 2, j - 2]);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
