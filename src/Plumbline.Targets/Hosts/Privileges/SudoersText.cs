namespace Plumbline.Targets.Hosts.Privileges;

/// <summary>Splits lines of sudoers where nothing is quoted or escaped.</summary>
internal static class SudoersText
{
    /// <summary>A <c>#</c> begins a comment unless digits follow it, which make it a user id.</summary>
    public static string WithoutComment(string line)
    {
        for (var i = NextPlain(line, 0, '#'); i >= 0; i = NextPlain(line, i + 1, '#'))
        {
            if (i + 1 == line.Length || !(char.IsAsciiDigit(line[i + 1]) || line[i + 1] == '-'))
            {
                return line[..i].Trim();
            }
        }

        return line.Trim();
    }

    /// <summary>The parts between a character, trimmed.</summary>
    public static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var start = 0;
        for (var i = NextPlain(text, 0, separator); i >= 0; i = NextPlain(text, start, separator))
        {
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }

        parts.Add(text[start..].Trim());
        return parts;
    }

    /// <summary>Index of a character that is neither in double quotes nor behind a backslash, nor inside parentheses; -1 without one.</summary>
    public static int NextPlain(string text, int from, char wanted)
    {
        var (isQuoted, depth) = (false, 0);
        for (var i = from; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case var c when c == wanted && !isQuoted && depth == 0:
                    return i;
                case '(' when !isQuoted:
                    depth++;
                    break;
                case ')' when !isQuoted && depth > 0:
                    depth--;
                    break;
            }
        }

        return -1;
    }
}
