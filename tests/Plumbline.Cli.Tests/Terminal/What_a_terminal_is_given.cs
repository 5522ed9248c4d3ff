using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Tests.Terminal;

public sealed class What_a_terminal_is_given
{
    [Theory]
    // --color counts before everything
    [InlineData(true, "always", "NO_COLOR=1;TERM=dumb", false)]
    [InlineData(false, "never", "FORCE_COLOR=1", true)]
    // then NO_COLOR, set and not empty
    [InlineData(false, "auto", "NO_COLOR=1;FORCE_COLOR=1;CLICOLOR_FORCE=1", true)]
    [InlineData(true, "auto", "NO_COLOR=", true)]
    // then the two that force
    [InlineData(true, "auto", "CLICOLOR_FORCE=1", false)]
    [InlineData(true, "auto", "FORCE_COLOR=3", false)]
    [InlineData(false, "auto", "FORCE_COLOR=0;CLICOLOR_FORCE=0", false)]
    [InlineData(true, "auto", "FORCE_COLOR=1;TERM=dumb", true)]
    // then whether it is a terminal, and no dumb one
    [InlineData(true, "auto", "TERM=xterm", true)]
    [InlineData(false, "auto", "TERM=dumb", true)]
    [InlineData(false, "auto", "", false)]
    public void Has_colour_or_not(bool expected, string choice, string variables, bool isTerminal) =>
        Assert.Equal(
            expected,
            Facts(variables, isTerminal, 80, Enum.Parse<ColorChoice>(choice, ignoreCase: true)).Color
        );

    [Theory]
    [InlineData(80, 80, "")]
    [InlineData(60, 40, "")]
    [InlineData(120, 200, "")]
    [InlineData(72, 0, "COLUMNS=72")]
    [InlineData(120, 0, "")]
    [InlineData(120, 0, "COLUMNS=wide")]
    public void Has_a_width(int expected, int window, string variables) =>
        Assert.Equal(expected, Facts(variables, isTerminal: window > 0, window).Width);

    [Theory]
    [InlineData(false, "LANG=de_DE.UTF-8")]
    [InlineData(false, "LANG=C;LC_ALL=C.utf8")]
    [InlineData(true, "LANG=C.UTF-8;LC_CTYPE=POSIX")]
    [InlineData(true, "LC_ALL=;LANG=C")]
    [InlineData(true, "")]
    public void Is_ascii_unless_the_locale_is_utf8(bool expected, string variables) =>
        Assert.Equal(expected, Facts(variables, isTerminal: true, 80).Ascii);

    private static TerminalFacts Facts(
        string variables,
        bool isTerminal,
        int window,
        ColorChoice choice = ColorChoice.Auto
    )
    {
        var all = variables
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(v => v.Split('='))
            .ToDictionary(v => v[0], v => v[1]);
        return TerminalFacts.Of(new OutputEnd(Stream.Null, isTerminal, () => window), choice, all.GetValueOrDefault);
    }
}
