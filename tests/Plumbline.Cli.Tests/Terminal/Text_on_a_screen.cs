using System.Text;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Tests.Terminal;

public sealed class Text_on_a_screen
{
    [Fact]
    public void Breaks_at_spaces() =>
        Assert.Equal(
            "  one two three four five six seven eight nine ten eleven\n    twelve\n",
            Shown(s => s.Write(2, 2, "one two three four five six seven eight nine ten eleven twelve"))
        );

    [Fact]
    public void Is_never_cut()
    {
        var digest = new string('a', 150);

        var shown = Shown(s => s.Write(4, 2, "digest ", digest));

        Assert.Equal($"digest{digest}", shown.Replace("\n", "").Replace(" ", ""));
        Assert.All(shown.Split('\n'), line => Assert.True(line.Length <= 60));
        Assert.StartsWith("    digest aaa", shown, StringComparison.Ordinal); // begins where it stands
    }

    [Fact]
    public void Breaks_a_long_path_after_a_slash() =>
        Assert.Equal(
            $"{new string('a', 40)}/\n{new string('b', 30)}/c\n",
            Shown(s => s.Write($"{new string('a', 40)}/{new string('b', 30)}/c"))
        );

    [Fact]
    public void Counts_wide_characters_twice() =>
        Assert.Equal($"{new string('値', 30)}\n値\n", Shown(s => s.Write(new string('値', 31))));

    [Fact]
    public void Stands_at_both_edges_or_below() =>
        Assert.Equal(
            $"left{new string(' ', 51)}right\n{new string('x', 50)}\n  {new string('y', 20)}\n",
            Shown(s =>
            {
                s.Spread(2, ["left"], "right");
                s.Spread(2, [new string('x', 50)], new string('y', 20));
            })
        );

    [Fact]
    public void Is_a_list_where_a_table_does_not_fit()
    {
        Ink[][] rows =
        [
            ["k8s-host-pid", "high", "Pods do not share"],
        ];
        static void Table(Screen s, Ink[][] rows) => s.Table(["check", "severity", "title"], rows);

        Assert.Equal("k8s-host-pid\n  severity: high\n  title: Pods do not share\n", Shown(s => Table(s, rows)));
        Assert.Equal(
            "check         severity  title\nk8s-host-pid  high      Pods do not share\n",
            Shown(s => Table(s, rows), width: 80)
        );
    }

    [Theory]
    [InlineData("plain", "plain", "plain")]
    [InlineData("a\tb\r\n", "a\\u0009b\\u000d\\u000a", "a\\u0009b\\u000d\\u000a")]
    [InlineData("\e[31mred", "\\u001b[31mred", "\\u001b[31mred")]
    [InlineData("abc\u202Ecod.exe", "abc\\u202ecod.exe", "abc\\u202ecod.exe")]
    [InlineData("zero\u200Bwidth\uFEFF", "zero\\u200bwidth\\ufeff", "zero\\u200bwidth\\ufeff")]
    [InlineData("\U000E0041tag", "\\U000e0041tag", "\\U000e0041tag")]
    [InlineData("Käse · 値…", "Käse · 値…", "K\\u00e4se - \\u5024...")]
    [InlineData("‹unknown: var.x›", "‹unknown: var.x›", "<unknown: var.x>")]
    public void Obeys_nothing_that_a_stranger_wrote(string text, string utf8, string ascii)
    {
        Assert.Equal(utf8, Printable.Of(text, ascii: false));
        Assert.Equal(ascii, Printable.Of(text, ascii: true));
    }

    [Fact]
    public void Shows_half_a_character_as_what_it_is() =>
        Assert.Equal("lone\\ud800", Printable.Of("lone\uD800", ascii: false));

    private static string Shown(Action<Screen> write, int width = 60)
    {
        using var stream = new MemoryStream();
        var facts = new TerminalFacts(IsTerminal: false, Color: false, Ascii: false, width);
        using (var screen = new Screen(new OutputEnd(stream, IsTerminal: false, () => 0), facts))
        {
            write(screen);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
