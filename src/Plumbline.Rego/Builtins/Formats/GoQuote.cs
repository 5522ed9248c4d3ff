using System.Globalization;
using System.Text;

namespace Plumbline.Rego.Builtins.Formats;

/// <summary>Go's quoted strings and runes (<c>strconv.Quote</c>).</summary>
internal static class GoQuote
{
    public static string String(string text, bool onlyAscii)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            Append(quoted, rune, '"', onlyAscii);
        }

        return quoted.Append('"').ToString();
    }

    public static string Rune(Rune rune, bool onlyAscii)
    {
        var quoted = new StringBuilder("'");
        Append(quoted, rune, '\'', onlyAscii);
        return quoted.Append('\'').ToString();
    }

    private static void Append(StringBuilder quoted, Rune rune, char quote, bool onlyAscii)
    {
        _ = rune.Value switch
        {
            '\\' => quoted.Append(@"\\"),
            '\a' => quoted.Append(@"\a"),
            '\b' => quoted.Append(@"\b"),
            '\f' => quoted.Append(@"\f"),
            '\n' => quoted.Append(@"\n"),
            '\r' => quoted.Append(@"\r"),
            '\t' => quoted.Append(@"\t"),
            '\v' => quoted.Append(@"\v"),
            var c when c == quote => quoted.Append('\\').Append(quote),
            var c when IsPrintable(rune) && (c < 0x80 || !onlyAscii) => quoted.Append(rune),
            < 0x80 and var c => quoted.Append(CultureInfo.InvariantCulture, $"\\x{c:x2}"),
            < 0x10000 and var c => quoted.Append(CultureInfo.InvariantCulture, $"\\u{c:x4}"),
            var c => quoted.Append(CultureInfo.InvariantCulture, $"\\U{c:x8}"),
        };
    }

    /// <summary>Letters, marks, numbers, punctuation, symbols, and of the spaces only the one of ASCII.</summary>
    private static bool IsPrintable(Rune rune) =>
        System.Text.Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            )
        && (rune.Value == ' ' || System.Text.Rune.GetUnicodeCategory(rune) != UnicodeCategory.SpaceSeparator);
}
