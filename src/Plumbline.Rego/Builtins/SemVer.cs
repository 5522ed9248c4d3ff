using System.Globalization;
using System.Numerics;

namespace Plumbline.Rego.Builtins;

/// <summary>A version as semver.org 2.0.0 has it: three numbers, perhaps a pre-release, perhaps build metadata.</summary>
internal sealed record SemVer(BigInteger Major, BigInteger Minor, BigInteger Patch, string PreRelease)
    : IComparable<SemVer>
{
    public static SemVer? Parse(string text)
    {
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        var core = plus < 0 ? text : text[..plus];
        var hyphen = core.IndexOf('-', StringComparison.Ordinal);
        var numbers = (hyphen < 0 ? core : core[..hyphen]).Split('.');
        var preRelease = hyphen < 0 ? "" : core[(hyphen + 1)..];
        return
            numbers.Length == 3
            && numbers.All(IsNumber)
            && (hyphen < 0 || preRelease.Split('.').All(i => IsIdentifier(i) && (IsNumber(i) || !IsDigits(i))))
            && (plus < 0 || text[(plus + 1)..].Split('.').All(IsIdentifier))
            ? new SemVer(Parsed(numbers[0]), Parsed(numbers[1]), Parsed(numbers[2]), preRelease)
            : null;
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary>Items 2 and 9: no leading zeros.</summary>
    private static bool IsNumber(string text) => IsDigits(text) && (text.Length == 1 || text[0] != '0');

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>Precedence: items 10 and 11; build metadata does not count.</summary>
    public int CompareTo(SemVer? other)
    {
        if (other is null)
        {
            return 1;
        }

        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return numbers != 0 ? numbers : ComparePreRelease(PreRelease, other.PreRelease);
    }

    private static int ComparePreRelease(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(0) - left.Length.CompareTo(0);
        }

        var (a, b) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            var order = CompareIdentifiers(a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    /// <summary>Numbers come before words.</summary>
    private static int CompareIdentifiers(string a, string b) =>
        (IsDigits(a), IsDigits(b)) switch
        {
            (true, true) => Parsed(a).CompareTo(Parsed(b)),
            (true, false) => -1,
            (false, true) => 1,
            _ => Math.Sign(string.CompareOrdinal(a, b)),
        };

    private static BigInteger Parsed(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);
}
