namespace Plumbline.Languages.Config;

/// <summary>One setting of an INI file.</summary>
/// <param name="Section">As written, without brackets; empty before the first one.</param>
/// <param name="Value">Null for a switch: a name without <c>=</c>.</param>
public readonly record struct IniEntry(int Line, string Section, string Name, string? Value);

/// <summary>Sections in brackets, then <c>name = value</c>: systemd's files (systemd.syntax(7)) and what looks like them.</summary>
/// <remarks>Comments start with <c>#</c> or <c>;</c>; a backslash at the end joins the next line. Nothing is refused.</remarks>
public static class Ini
{
    public static IEnumerable<IniEntry> Read(string text)
    {
        var section = "";
        foreach (var (number, line) in ConfigLines.Of(text, "#;", continues: true))
        {
            if (line[0] == '[' && line.IndexOf(']') is var end and > 0)
            {
                section = line[1..end].Trim();
                continue;
            }

            var equals = line.IndexOf('=');
            yield return equals < 0
                ? new IniEntry(number, section, line, null)
                : new IniEntry(number, section, line[..equals].Trim(), line[(equals + 1)..].Trim());
        }
    }
}
