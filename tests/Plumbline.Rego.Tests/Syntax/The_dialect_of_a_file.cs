using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>CONTRACTS §8: <c>import rego.v1</c>, then what parses as v1, then v0, then v0 with all keywords and a warning.</summary>
public sealed class The_dialect_of_a_file
{
    [Theory]
    [InlineData("package p\nallow if input.x", Dialect.V1)]
    [InlineData("package p\nx := 1", Dialect.V1)]
    [InlineData("package p\ndeny[msg] { msg := 1 }", Dialect.V0)]
    [InlineData("package p\nimport future.keywords.in\ndeny[msg] { msg in input }", Dialect.V0)]
    [InlineData("package p\nimport future.keywords.if\nallow if { input.x }\ndeny[x] { x := 1 }", Dialect.V0)]
    [InlineData("package p\nif { input.x }", Dialect.V0)]
    public void Is_the_first_in_which_it_parses(string text, Dialect dialect)
    {
        var parsed = Rego.Parse(text, DialectChoice.Detect);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal((dialect, dialect), (parsed.Dialect, parsed.Module!.Dialect));
    }

    [Fact]
    public void Is_v1_where_it_says_so()
    {
        const string text = "package p\nimport rego.v1\ndeny[msg] { msg := 1 }";
        foreach (var choice in new[] { DialectChoice.Detect, DialectChoice.V0 })
        {
            Assert.Equal(
                [
                    "3:1 `if` keyword is required before rule body",
                    "3:1 `contains` keyword is required for partial set rules",
                ],
                Rego.Messages(text, choice)
            );
        }
    }

    [Theory]
    [InlineData("p { input.x in [1] }", "`in` is a keyword")]
    [InlineData("p[x] { every x in input { x } }", "`every` is a keyword")]
    [InlineData("p[x] { x in [1] }\nq if true", "`in`, `if` are keywords")]
    public void Is_v0_with_a_warning_where_only_imports_are_missing(string rules, string warning)
    {
        var parsed = Rego.Parse($"package p\n{rules}", DialectChoice.Detect);
        var diagnostic = Assert.Single(parsed.Diagnostics);
        Assert.Equal((Dialect.V0, DiagnosticSeverity.Warning), (parsed.Dialect, diagnostic.Severity));
        Assert.StartsWith(warning, diagnostic.Message, StringComparison.Ordinal);
        Assert.NotNull(parsed.Module);
    }

    [Fact]
    public void Is_told_by_its_rules_where_it_parses_in_none()
    {
        Assert.Equal(
            ["2:19 unexpected } token"],
            Rego.Messages("package p\ndeny[m] { m := 1 }}", DialectChoice.Detect)
        );
        Assert.Equal(["2:11 unexpected } token"], Rego.Messages("package p\np if { x }}", DialectChoice.Detect));
        Assert.Equal(
            ["2:31 `in` is a keyword of v1, used in a v0 policy without its import", "3:5 found empty body"],
            Rego.Messages("package p\ndeny[msg] { msg := 1; input.x in [1] }\np { }", DialectChoice.Detect)
        );
    }

    [Theory]
    [InlineData("p { input.if; every := 1; contains(x, y); in == 2 }")]
    [InlineData("contains(x, y) { x == y }")]
    [InlineData("every[x] { x := 1 }")]
    public void Leaves_the_words_of_v1_to_v0_as_names(string rule) => Rego.Module(rule, DialectChoice.V0);
}
