using System.Globalization;
using System.Text;

namespace Plumbline.Exchange.Reports;

/// <summary>Strangers' text for people to read: what would hide, or turn the rest around, is written out as <c>\u202e</c>.</summary>
/// <remarks>
/// Hidden are control characters, lone surrogates, characters that have no shape, and those that turn the direction of writing
/// ("Trojan Source"). Joiners stay, since scripts and emoji need them.
/// </remarks>
public static class Visible
{
    private const int LongText = 10_000;

    /// <summary>A text that would fill the screen many times over, cut, with how much is left out.</summary>
    public static string Shortened(string text) =>
        text.Length <= LongText
            ? text
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{text[..LongText]}… ({text.Length - LongText:N0} characters more)"
            );

    /// <summary>The text on one line.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; )
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && !IsHidden(rune))
            {
                shown.Append(text, i, length);
            }
            else
            {
                shown.Append(Escape(isWhole ? rune.Value : text[i]));
            }

            i += length;
        }

        return shown.ToString();
    }

    public static bool IsHidden(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse;

    /// <summary><c>\u001b</c>; beyond the basic plane <c>\U0001f600</c>.</summary>
    public static string Escape(int character) =>
        character > char.MaxValue ? $"\\U{character:x8}" : $"\\u{character:x4}";
}
