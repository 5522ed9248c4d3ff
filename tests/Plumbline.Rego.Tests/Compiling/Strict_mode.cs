namespace Plumbline.Rego.Tests.Compiling;

public sealed class Strict_mode
{
    [Theory]
    [InlineData("p if { x := 1; y := 2; y > 1 }", "assigned var x unused")]
    [InlineData("p if { y := 1; x := {\"a\": y} }", "assigned var x unused")]
    [InlineData("p := [1 | x := 1]", "assigned var x unused")]
    [InlineData("p if { every i in [1] { z := i } }", "assigned var z unused")]
    [InlineData("f(x, y) := x", "unused argument y. (hint: use _ (wildcard variable) instead)")]
    [InlineData("import data.lib.a\n\np := 1", "import data.lib.a unused")]
    public void Refuses_what_nothing_uses(string text, string message) =>
        Assert.Equal([message], Messages(text, isStrict: true));

    [Theory]
    [InlineData("p := x if { x := 1 }")]
    [InlineData("p contains x if { x := 1 }")]
    [InlineData("p if { x := 1; [y | y := x] == [1] }")]
    [InlineData("f(x, y) := x if { false } else := y")]
    [InlineData("f(_, y) := y")]
    [InlineData("import data.lib.a\n\np := a.b")]
    [InlineData("import data.lib.a\n\np if { not a.b }")]
    [InlineData("import data.lib.a\n\np := [a.f(1) | true]")]
    public void Takes_what_is_used(string text) => Assert.Empty(Messages(text, isStrict: true));

    [Fact]
    public void Is_off_unless_it_is_asked_for() => Assert.Empty(Messages("p if { x := 1 }", isStrict: false));

    private static IEnumerable<string> Messages(string text, bool isStrict)
    {
        SourceText[] sources =
        [
            SourceText.Of("p.rego", $"package p\n\n{text}\n"),
            SourceText.Of("a.rego", "package lib.a\n\nb := 1\n\nf(x) := x\n"),
        ];
        try
        {
            _ = Policy.Compile(sources, new CompileOptions { IsStrict = isStrict });
            return [];
        }
        catch (PolicyException refused)
        {
            return refused.Diagnostics.Select(d => d.Message);
        }
    }
}
