using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

public sealed class A_statement
{
    [Theory]
    [InlineData("x := 1; y := 2", 2)]
    [InlineData("x := 1\ny := 2", 2)]
    [InlineData("x := 1;\n\n# why\ny := 2", 2)]
    [InlineData("x := 1\n+ 2", 1)]
    [InlineData("x := [\n1,\n2,\n]", 1)]
    [InlineData("x := a\n[b] = c", 2)]
    [InlineData("x := a\n(b)", 2)]
    [InlineData("f(x)\nwith input as 1", 1)]
    [InlineData("x in\nxs", 1)]
    [InlineData("a.with == 1\nwith.x == 2\nin.y == 3", 3)]
    public void Ends_at_a_semicolon_or_at_a_line_that_does_not_go_on(string query, int count) =>
        Assert.Equal(count, Rego.Query(query).Statements.Length);

    [Theory]
    [InlineData("some x in xs", "some x in xs")]
    [InlineData("some i, x in xs with input as 1", "some i, x in xs with input as 1")]
    [InlineData("""some {"a": x} in xs""", """some {"a": x} in xs""")]
    [InlineData("some x, y", "some x, y")]
    [InlineData("every i, x in f(xs) { x > i; x != 3 }", "every i, x in f(xs) { x > i; x != 3 }")]
    [InlineData("not f(x) with input.a as 1 with data.b as 2", "not f(x) with input.a as 1 with data.b as 2")]
    [InlineData("not { x := 1; x > 2 }", "not { x := 1; x > 2 }")]
    [InlineData("not {x}", "not ({x})")]
    [InlineData("not {x} == y", "not {x} == y")]
    [InlineData("not.x == 1", "not.x == 1")]
    [InlineData("[x, {\"k\": y}] = z", "[x, {\"k\": y}] = z")]
    public void Is_written_as_it_was_read(string statement, string written) =>
        Assert.Equal(written, SyntaxWriter.Write(Rego.Statement(statement)));

    [Fact]
    public void Under_not_with_replacements_keeps_them_outside()
    {
        var not = Assert.IsType<Not>(Rego.Statement("not f(x) with input as 1"));
        Assert.Single(not.With);
        Assert.Empty(Assert.Single(not.Body.Statements).With);
    }

    [Theory]
    [InlineData("not {input.x}", "not { input.x }")]
    [InlineData("not {1, 2} == y", "not {1, 2} == y")]
    [InlineData("not ({input.x})", "not ({input.x})")]
    public void After_not_is_a_body_in_braces_where_that_is_imported(string statement, string written)
    {
        var rule = Rego.Rule($"import future.keywords.not\np if {statement}");
        Assert.Equal(written, SyntaxWriter.Write(rule.Body));
    }

    [Theory]
    [InlineData("a or b", "not { not a; not b }")]
    [InlineData("a and b", "not { not { not { not a }; not { not b } } }")]
    [InlineData("a or {x := 1; x > 0}", "not { not a; not { x := 1; x > 0 } }")]
    [InlineData("a or b or c", "not { not { not { not a; not b } }; not c }")]
    [InlineData("not a or b", "not { not { not a }; not b }")]
    [InlineData("not (a or b)", "not { not { not a; not b } }")]
    [InlineData("(a or b)", "not { not a; not b }")]
    [InlineData("(a with input as 1) or b", "not { not { a with input as 1 }; not b }")]
    [InlineData("a or b with input as 1", "not { not a; not b } with input as 1")]
    [InlineData("(a + b) > 2 or c", "not { not a + b > 2; not c }")]
    [InlineData("or(a, b) == c", "or(a, b) == c")]
    [InlineData("{1} == x or a", "not { not {1} == x; not a }")]
    public void With_and_or_or_is_what_not_makes_of_them(string statement, string written)
    {
        var rule = Rego.Rule($"import future.keywords.and\nimport future.keywords.or\np if {statement}");
        Assert.Equal(written, SyntaxWriter.Write(rule.Body));
    }

    [Fact]
    public void With_and_binds_stronger_than_with_or()
    {
        const string imports = "import future.keywords.and\nimport future.keywords.or\n";
        Assert.Equal(
            TreeDump.Of(Rego.Rule($"{imports}p if a or (b and c) or d").Body),
            TreeDump.Of(Rego.Rule($"{imports}p if a or b and c or d").Body)
        );
    }
}
