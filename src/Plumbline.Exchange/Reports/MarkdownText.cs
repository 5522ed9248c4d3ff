using System.Buffers;
using System.Text;

namespace Plumbline.Exchange.Reports;

/// <summary>Plain text inside Markdown: it says what it said, and can neither link, embed nor mark up anything.</summary>
/// <remarks>
/// CommonMark 0.31, "Backslash escapes": every character of ASCII punctuation may stand behind a backslash. Code between single
/// backticks stays code, since checks name fields that way and nothing inside it means anything.
/// </remarks>
internal static class MarkdownText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_[]<>&!|~#");

    public static string Of(string text)
    {
        var written = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '`' && EndOfCode(text, i) is { } end)
            {
                written.Append(text, i, end - i + 1);
                i = end;
                continue;
            }

            if (Special.Contains(text[i]))
            {
                written.Append('\\');
            }

            written.Append(text[i]);
        }

        return written.ToString();
    }

    /// <summary>Where the code that starts at a backtick ends on the same line; null where it is empty, fenced by several, or open.</summary>
    private static int? EndOfCode(string text, int start)
    {
        var end = text.AsSpan(start + 1).IndexOfAny('`', '\n');
        if (end <= 0 || text[start + 1 + end] != '`')
        {
            return null;
        }

        end += start + 1;
        return end + 1 < text.Length && text[end + 1] == '`' ? null : end;
    }
}
