using System.Globalization;
using System.Text;

namespace Plumbline.Cli.Terminal;

/// <summary>Text that a terminal shows and does not obey: strangers' names and messages go through here.</summary>
/// <remarks>
/// Written as <c>\u001b</c>: control characters, lone surrogates, characters that have no shape and those that turn the direction of
/// writing ("Trojan Source"). Joiners stay, since scripts and emoji need them. In ASCII everything above U+007E is written so, but
/// for the marks that this program uses itself, which have a likeness.
/// </remarks>
internal static class Printable
{
    public static string Of(string text, bool ascii)
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
            if (!isWhole || IsHidden(rune))
            {
                Escape(isWhole ? rune.Value : text[i], shown);
            }
            else if (!ascii || rune.IsAscii)
            {
                shown.Append(text, i, length);
            }
            else if (Likeness(rune) is { } likeness)
            {
                shown.Append(likeness);
            }
            else
            {
                Escape(rune.Value, shown);
            }

            i += length;
        }

        return shown.ToString();
    }

    private static bool IsHidden(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse;

    private static string? Likeness(Rune rune) =>
        rune.Value switch
        {
            '…' => "...",
            '·' => "-",
            '‹' => "<",
            '›' => ">",
            '→' => "->",
            '≤' => "<=",
            _ => null,
        };

    private static void Escape(int character, StringBuilder shown)
    {
        var form = character > char.MaxValue ? $"\\U{character:x8}" : $"\\u{character:x4}";
        shown.Append(form);
    }
}
