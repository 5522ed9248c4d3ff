using System.Globalization;

namespace Plumbline.Rego.Builtins.Re2;

/// <summary>The named sets of RE2's syntax: Perl's, POSIX's (both of ASCII alone) and Unicode's.</summary>
internal static class RuneClasses
{
    public static RuneSet Digit { get; } = Ascii("09");
    public static RuneSet Space { get; } = RuneSet.Of(new RuneRange('\t', '\n'), new('\f', '\r'), new(' ', ' '));
    public static RuneSet Word { get; } = Ascii("09AZ__az");
    public static RuneSet NoNewline { get; } = RuneSet.Of('\n').Negate();

    /// <summary><c>\d</c>, <c>\s</c>, <c>\w</c> by letter; null for others.</summary>
    public static RuneSet? Perl(char letter) =>
        letter switch
        {
            'd' => Digit,
            's' => Space,
            'w' => Word,
            _ => null,
        };

    /// <summary>The name inside <c>[:…:]</c>; null for others.</summary>
    public static RuneSet? Posix(string name) =>
        name switch
        {
            "alnum" => Ascii("09AZaz"),
            "alpha" => Ascii("AZaz"),
            "ascii" => Ascii("\0\x7F"),
            "blank" => Ascii("\t\t  "),
            "cntrl" => Ascii("\0\x1F\x7F\x7F"),
            "digit" => Digit,
            "graph" => Ascii("!~"),
            "lower" => Ascii("az"),
            "print" => Ascii(" ~"),
            "punct" => Ascii("!/:@[`{~"),
            "space" => Ascii("\t\r  "),
            "upper" => Ascii("AZ"),
            "word" => Word,
            "xdigit" => Ascii("09AFaf"),
            _ => null,
        };

    /// <summary>A general category (<c>L</c>, <c>Lu</c>), a script (<c>Greek</c>) or <c>Any</c>; null for others.</summary>
    public static RuneSet? Unicode(string name) =>
        name == "Any" ? RuneSet.Any
        : Categories.Value.TryGetValue(name, out var set) ? set
        : Scripts.Find(name);

    private static RuneSet Ascii(string pairs) =>
        RuneSet.Of(pairs.Chunk(2).Select(pair => new RuneRange(pair[0], pair[1])));

    private static readonly Lazy<Dictionary<string, RuneSet>> Categories = new(() =>
    {
        var ranges = Enum.GetValues<UnicodeCategory>().ToDictionary(c => c, _ => new List<RuneRange>());
        for (var (first, rune) = (0, 1); rune <= RuneSet.MaxRune + 1; rune++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(first);
            if (rune > RuneSet.MaxRune || CharUnicodeInfo.GetUnicodeCategory(rune) != category)
            {
                ranges[category].Add(new RuneRange(first, rune - 1));
                first = rune;
            }
        }

        var sets = ranges
            .Where(r => r.Key != UnicodeCategory.OtherNotAssigned)
            .ToDictionary(r => Abbreviation(r.Key), r => RuneSet.Of(r.Value));
        foreach (var group in sets.GroupBy(s => s.Key[..1]).ToList())
        {
            sets[group.Key] = RuneSet.Of(group.SelectMany(s => s.Value.Ranges));
        }

        return sets;
    });

    private static string Abbreviation(UnicodeCategory category) =>
        category switch
        {
            UnicodeCategory.UppercaseLetter => "Lu",
            UnicodeCategory.LowercaseLetter => "Ll",
            UnicodeCategory.TitlecaseLetter => "Lt",
            UnicodeCategory.ModifierLetter => "Lm",
            UnicodeCategory.OtherLetter => "Lo",
            UnicodeCategory.NonSpacingMark => "Mn",
            UnicodeCategory.SpacingCombiningMark => "Mc",
            UnicodeCategory.EnclosingMark => "Me",
            UnicodeCategory.DecimalDigitNumber => "Nd",
            UnicodeCategory.LetterNumber => "Nl",
            UnicodeCategory.OtherNumber => "No",
            UnicodeCategory.SpaceSeparator => "Zs",
            UnicodeCategory.LineSeparator => "Zl",
            UnicodeCategory.ParagraphSeparator => "Zp",
            UnicodeCategory.Control => "Cc",
            UnicodeCategory.Format => "Cf",
            UnicodeCategory.Surrogate => "Cs",
            UnicodeCategory.PrivateUse => "Co",
            UnicodeCategory.ConnectorPunctuation => "Pc",
            UnicodeCategory.DashPunctuation => "Pd",
            UnicodeCategory.OpenPunctuation => "Ps",
            UnicodeCategory.ClosePunctuation => "Pe",
            UnicodeCategory.InitialQuotePunctuation => "Pi",
            UnicodeCategory.FinalQuotePunctuation => "Pf",
            UnicodeCategory.OtherPunctuation => "Po",
            UnicodeCategory.MathSymbol => "Sm",
            UnicodeCategory.CurrencySymbol => "Sc",
            UnicodeCategory.ModifierSymbol => "Sk",
            UnicodeCategory.OtherSymbol => "So",
            _ => throw new ArgumentOutOfRangeException(nameof(category), category, "expected an assigned category"),
        };
}
