namespace Plumbline.Core.Resources;

/// <summary>Names resources by their keys: <c>*</c> stands for any characters, <c>?</c> for one, everything else for itself.</summary>
/// <remarks>Slashes and bars are characters like others: <c>*|k8s//Pod|web-*</c> is about pods in every realm.</remarks>
internal static class KeyPattern
{
    /// <summary>Whether the pattern fits the whole text. Linear in either for each <c>*</c>: the last one is tried again, no earlier one.</summary>
    public static bool Matches(string pattern, string text)
    {
        var (p, t, star, retry) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }

    public static bool Matches(string pattern, ResourceKey key) => Matches(pattern, key.Text);

    /// <summary>It says nothing of what it is about.</summary>
    public static bool IsBare(string pattern) => pattern.AsSpan().Trim("*?|").IsEmpty;
}
