namespace Plumbline.Targets.Hosts.Software;

/// <summary>The order of versions of Debian's packages: deb-version(7), "Sorting algorithm".</summary>
internal static class DebianVersion
{
    public static int Compare(string left, string right)
    {
        var (a, b) = (Split(left), Split(right));
        var order = ComparePart(a.Epoch, b.Epoch);
        order = order != 0 ? order : ComparePart(a.Upstream, b.Upstream);
        return order != 0 ? order : ComparePart(a.Revision, b.Revision);
    }

    /// <summary>Without an epoch it is 0; what follows the last hyphen is the revision.</summary>
    private static (string Epoch, string Upstream, string Revision) Split(string version)
    {
        var colon = version.IndexOf(':');
        var rest = version[(colon + 1)..];
        var hyphen = rest.LastIndexOf('-');
        return (
            colon < 0 ? "0" : version[..colon],
            hyphen < 0 ? rest : rest[..hyphen],
            hyphen < 0 ? "" : rest[(hyphen + 1)..]
        );
    }

    /// <summary>By turns a run that is no digits, by character, and a run of digits, by number.</summary>
    private static int ComparePart(string left, string right)
    {
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            while (
                (i < left.Length && !char.IsAsciiDigit(left[i])) || (j < right.Length && !char.IsAsciiDigit(right[j]))
            )
            {
                var order = Weight(left, i) - Weight(right, j);
                if (order != 0)
                {
                    return order;
                }

                (i, j) = (i + 1, j + 1);
            }

            var (a, b) = (Digits(left, ref i), Digits(right, ref j));
            var numbers = a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b);
            if (numbers != 0)
            {
                return numbers;
            }
        }

        return 0;
    }

    /// <summary><c>~</c> before the end, the end before letters, letters before all else.</summary>
    private static int Weight(string text, int at)
    {
        var c = at < text.Length ? text[at] : '0';
        return c == '~' ? -1
            : char.IsAsciiDigit(c) ? 0
            : char.IsAsciiLetter(c) ? c
            : c + 256;
    }

    private static string Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[Math.Min(start, text.Length)..Math.Min(at, text.Length)].TrimStart('0');
    }
}
