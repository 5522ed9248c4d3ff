namespace Plumbline.Policies.Conftest;

/// <summary>Patterns as conftest has them for namespaces: those of Go's <c>path.Match</c>, in which a dot is a character like any other.</summary>
/// <remarks>
/// <code>
/// *        any characters but /          [abc] [a-z] [^a]   one character of a class
/// ?        one character but /           \c                 the character c
/// </code>
/// A pattern that is malformed matches nothing.
/// </remarks>
internal static class GlobPattern
{
    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '*')
            {
                return MatchesAfterStar(pattern[1..], text);
            }

            if (text.IsEmpty || !MatchesOne(ref pattern, text[0]))
            {
                return false;
            }

            text = text[1..];
        }

        return text.IsEmpty;
    }

    private static bool MatchesAfterStar(ReadOnlySpan<char> rest, ReadOnlySpan<char> text)
    {
        for (var taken = 0; taken <= text.Length; taken++)
        {
            if (Matches(rest, text[taken..]))
            {
                return true;
            }

            if (taken < text.Length && text[taken] == '/')
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Takes what stands for one character off the pattern.</summary>
    private static bool MatchesOne(ref ReadOnlySpan<char> pattern, char character)
    {
        var first = pattern[0];
        if (first == '[')
        {
            return MatchesClass(ref pattern, character);
        }

        if (first == '\\')
        {
            pattern = pattern[1..];
            if (pattern.IsEmpty)
            {
                return false;
            }
        }

        var literal = pattern[0];
        pattern = pattern[1..];
        return first == '?' ? character != '/' : literal == character;
    }

    private static bool MatchesClass(ref ReadOnlySpan<char> pattern, char character)
    {
        var end = pattern.IndexOf(']');
        if (end < 2)
        {
            return false;
        }

        var set = pattern[1..end];
        pattern = pattern[(end + 1)..];
        var isNegated = set[0] == '^';
        set = isNegated ? set[1..] : set;
        var found = false;
        for (var i = 0; i < set.Length; i++)
        {
            var isRange = i + 2 < set.Length && set[i + 1] == '-';
            found |= isRange ? character >= set[i] && character <= set[i + 2] : character == set[i];
            i += isRange ? 2 : 0;
        }

        return found != isNegated;
    }
}
