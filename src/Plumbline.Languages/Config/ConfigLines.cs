namespace Plumbline.Languages.Config;

/// <summary>A line of a configuration file that says something.</summary>
/// <param name="Number">From 1; of the first line where several were joined.</param>
/// <param name="Text">Without white space around it.</param>
public readonly record struct ConfigLine(int Number, string Text);

/// <summary>Reads the plain configuration files of Unix: one statement a line, comments on lines of their own.</summary>
public static class ConfigLines
{
    /// <param name="comments">Characters that make a line a comment where it starts with one.</param>
    /// <param name="continues">A backslash at the end joins the next line, as in sudoers and PAM.</param>
    public static IEnumerable<ConfigLine> Of(string text, string comments = "#", bool continues = false)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var number = i + 1;
            var line = lines[i].Trim();
            if (line.Length == 0 || comments.Contains(line[0]))
            {
                continue;
            }

            if (continues && line.EndsWith('\\'))
            {
                var joined = new System.Text.StringBuilder();
                for (; line.EndsWith('\\') && i + 1 < lines.Length; line = lines[++i].Trim())
                {
                    joined.Append(line, 0, line.Length - 1).Append(' ');
                }

                line = joined.Append(line.TrimEnd('\\')).ToString().Trim();
            }

            yield return new ConfigLine(number, line);
        }
    }
}
