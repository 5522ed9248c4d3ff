using System.Globalization;

namespace Plumbline.Cli.Terminal;

/// <summary>What <c>--color</c> says.</summary>
internal enum ColorChoice
{
    Auto,
    Always,
    Never,
}

/// <summary>How text has to look where it is going.</summary>
/// <param name="IsTerminal">A line that was written can be written over.</param>
/// <param name="Ascii">The locale is not UTF-8: nothing above U+007E may be written.</param>
/// <param name="Width">Columns that a line may take.</param>
internal sealed record TerminalFacts(bool IsTerminal, bool Color, bool Ascii, int Width)
{
    public const int MinWidth = 60;

    public const int MaxWidth = 120;

    /// <summary>Tables are for lines at least this wide; below, they become lists.</summary>
    public const int TableWidth = 80;

    /// <remarks>
    /// Colour, in this order: <c>--color</c>; <c>NO_COLOR</c> (no-color.org: set and not empty); <c>CLICOLOR_FORCE</c> and
    /// <c>FORCE_COLOR</c> (set, and neither empty nor <c>0</c>); whether it is a terminal, and one that is not dumb.
    /// Width: the window's, else <c>COLUMNS</c>, else the widest, since files and pipes have no edge.
    /// </remarks>
    public static TerminalFacts Of(OutputEnd end, ColorChoice choice, Func<string, string?> variable)
    {
        var isTerminal = end.IsTerminal && variable("TERM") != "dumb";
        var color = choice switch
        {
            ColorChoice.Always => true,
            ColorChoice.Never => false,
            _ when variable("NO_COLOR") is { Length: > 0 } => false,
            _ when IsForced(variable("CLICOLOR_FORCE")) || IsForced(variable("FORCE_COLOR")) => true,
            _ => isTerminal,
        };
        return new TerminalFacts(isTerminal, color, !IsUtf8(variable), WidthOf(end, variable));
    }

    private static bool IsForced(string? value) => value is { Length: > 0 } and not "0";

    private static int WidthOf(OutputEnd end, Func<string, string?> variable)
    {
        var window = end.IsTerminal ? end.WindowWidth() : 0;
        if (
            window <= 0
            && !int.TryParse(variable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out window)
        )
        {
            window = MaxWidth;
        }

        return Math.Clamp(window, MinWidth, MaxWidth);
    }

    /// <summary>POSIX, "Environment Variables": of LC_ALL, LC_CTYPE and LANG the first that is set and not empty counts.</summary>
    private static bool IsUtf8(Func<string, string?> variable)
    {
        string[] names = ["LC_ALL", "LC_CTYPE", "LANG"];
        var locale = names.Select(variable).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        return locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase)
            || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
    }
}
