namespace Plumbline.Core;

/// <summary>The order of everything that is sealed or counted: by the bytes of UTF-8, on any machine.</summary>
public static class Ordinal
{
    public static IComparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>
    /// Order of UTF-8 bytes, which is that of code points. UTF-16's differs only where a surrogate meets a character
    /// from U+E000 on, so surrogates are moved above those before comparing.
    /// </summary>
    public static int Compare(string left, string right)
    {
        var shared = left.AsSpan().CommonPrefixLength(right);
        if (shared == left.Length || shared == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return Rank(left[shared]).CompareTo(Rank(right[shared]));
    }

    private static int Rank(char c) =>
        char.IsSurrogate(c) ? c + 0x2000
        : c >= 0xE000 ? c - 0x0800
        : c;
}
