using System.Text;

namespace Plumbline.Cli.Foreign;

/// <summary>Messages of strangers on a screen: their lines stay lines, other control characters are shown and not obeyed.</summary>
internal static class Shown
{
    public static string Of(string text)
    {
        if (!text.Any(IsControl))
        {
            return text;
        }

        var shown = new StringBuilder();
        foreach (var c in text)
        {
            _ = IsControl(c) ? shown.Append($"\\u{(int)c:x4}") : shown.Append(c);
        }

        return shown.ToString();
    }

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
