using System.Text;
using Plumbline.Exchange.Reports;

namespace Plumbline.Cli.Terminal;

/// <summary>Text that a terminal shows and does not obey: strangers' names and messages go through here.</summary>
/// <remarks>
/// What is hidden (<see cref="Visible"/>) is written as <c>\u001b</c>. In ASCII everything above U+007E is written so, but for the
/// marks that this program uses itself, which have a likeness.
/// </remarks>
internal static class Printable
{
    public static string Of(string text, bool ascii)
    {
        var shown = Visible.Of(text);
        return ascii && shown.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? string.Concat(shown.EnumerateRunes().Select(InAscii))
            : shown;
    }

    private static string InAscii(Rune rune) =>
        rune.IsAscii
            ? rune.ToString()
            : rune.Value switch
            {
                '…' => "...",
                '·' => "-",
                '‹' => "<",
                '›' => ">",
                '→' => "->",
                '≤' => "<=",
                var other => Visible.Escape(other),
            };
}
