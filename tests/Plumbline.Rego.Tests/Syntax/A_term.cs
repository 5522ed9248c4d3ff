using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

public sealed class A_term
{
    [Theory]
    [InlineData("a + b * c", "a + (b * c)")]
    [InlineData("a - b - c", "(a - b) - c")]
    [InlineData("a & b + c", "a & (b + c)")]
    [InlineData("a | b & c", "a | (b & c)")]
    [InlineData("a == b | c", "a == (b | c)")]
    [InlineData("a < b == c", "(a < b) == c")]
    [InlineData("a == b in c", "(a == b) in c")]
    [InlineData("a in b in c", "(a in b) in c")]
    [InlineData("a, b in c", "(a, b in c)")]
    [InlineData("a, b in c in d", "(a, b in c) in d")]
    [InlineData("x := a in b", "x := (a in b)")]
    [InlineData("a % b / c", "(a % b) / c")]
    [InlineData("1-1", "1 - 1")]
    public void Binds_its_operators_as_opa_does(string term, string withParentheses) =>
        Assert.Equal(TreeDump.Of(Rego.Statement(withParentheses)), TreeDump.Of(Rego.Statement(term)));

    [Theory]
    [InlineData("a == b", "equal(a, b)")]
    [InlineData("a in b", "internal.member_2(a, b)")]
    [InlineData("a, b in c", "internal.member_3(a, b, c)")]
    [InlineData("a | b", "or(a, b)")]
    [InlineData("a & b", "and(a, b)")]
    [InlineData("a / b", "div(a, b)")]
    [InlineData("x := 1", "assign(x, 1)")]
    [InlineData("x = 1", "eq(x, 1)")]
    public void With_an_operator_calls_its_builtin(string infix, string call) =>
        Assert.Equal(
            TreeDump.Of(Rego.Statement(call), onlyMeaning: true),
            TreeDump.Of(Rego.Statement(infix), onlyMeaning: true)
        );

    [Theory]
    [InlineData("[a | b]", typeof(ArrayComprehension))]
    [InlineData("[a | b, c]", typeof(ArrayTerm))]
    [InlineData("[a | b, c in d]", typeof(ArrayComprehension))]
    [InlineData("[, a | b]", typeof(ArrayTerm))]
    [InlineData("[(a | b)]", typeof(ArrayTerm))]
    [InlineData("[x | some x, y in xs]", typeof(ArrayComprehension))]
    [InlineData("{a | b}", typeof(SetComprehension))]
    [InlineData("{a | b, c}", typeof(SetTerm))]
    [InlineData("{a: b | c}", typeof(ObjectComprehension))]
    [InlineData("{a: b | c, d: e}", typeof(ObjectTerm))]
    [InlineData("{a + 1: b | c}", typeof(ObjectComprehension))]
    [InlineData("{}", typeof(ObjectTerm))]
    [InlineData("set()", typeof(SetTerm))]
    [InlineData("{1, 2,}", typeof(SetTerm))]
    public void In_brackets_is_a_comprehension_wherever_it_can_be_one(string term, Type expected) =>
        Assert.IsType(expected, Rego.Term(term));

    [Theory]
    [InlineData("a.b[c].d", "a", 3)]
    [InlineData("f(x).y", "f(x)", 1)]
    [InlineData("f(x)[0].z", "f(x)", 2)]
    [InlineData("[1, 2][i]", "[1, 2]", 1)]
    [InlineData("{x | f(x)}[y]", "{x | f(x)}", 1)]
    [InlineData("""{"a": 1}.a""", """{"a": 1}""", 1)]
    [InlineData("input.if.in", "input", 2)]
    [InlineData("default.x", "default", 1)]
    [InlineData("(a + b)[0]", "a + b", 1)]
    public void Can_be_the_head_of_a_reference(string term, string head, int operands)
    {
        var reference = Assert.IsType<Reference>(Rego.Term(term));
        Assert.Equal((head, operands), (SyntaxWriter.Write(reference.Head), reference.Path.Length));
    }

    [Fact]
    public void Reaches_a_member_by_dot_or_by_string_alike() =>
        Assert.Equal(TreeDump.Of(Rego.Term("""input["a"]["b"]""")), TreeDump.Of(Rego.Term("input.a.b")));

    [Theory]
    [InlineData("io.jwt.decode(x)", "io.jwt.decode")]
    [InlineData("""data.lib["k8s"].f(x)""", "data.lib.k8s.f")]
    [InlineData("contains(x, y)", "contains")]
    [InlineData("time.now_ns()", "time.now_ns")]
    public void Calls_by_the_path_of_the_function(string call, string name) =>
        Assert.Equal(name, Assert.IsType<Call>(Rego.Term(call)).Operator);

    [Theory]
    [InlineData("-1", "-1")]
    [InlineData("- 1", "-1")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5e1", "-5")]
    [InlineData("1e3", "1000")]
    [InlineData("1.50", "1.5")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("0.1", "0.1")]
    public void Is_a_number_without_loss(string text, string value) =>
        Assert.Equal(value, Assert.IsType<Literal>(Rego.Term(text)).Value.ToString());

    [Theory]
    [InlineData(
        """
            "a\n\t\"\\\/\u00e9"
            """,
        "a\n\t\"\\/é"
    )]
    [InlineData(
        """
            "\ud83d\ude00"
            """,
        "😀"
    )]
    [InlineData(
        """
            "\ud83d"
            """,
        "\uFFFD"
    )]
    [InlineData("`a\\n\"`", "a\\n\"")]
    [InlineData("`two\nlines`", "two\nlines")]
    [InlineData("\"tab\tinside\"", "tab\tinside")]
    public void Is_a_string_after_its_escapes(string text, string value) =>
        Assert.Equal(value, Assert.IsType<Literal>(Rego.Term(text.Trim())).Value.Utf8.ToString());

    [Fact]
    public void Has_a_fresh_variable_for_every_wildcard()
    {
        var reference = Assert.IsType<Reference>(Rego.Term("xs[_].ys[_]"));
        var names = reference.Path.OfType<Variable>().Select(v => v.Name);
        Assert.Equal(["$1", "$2"], names);
    }

    [Theory]
    [InlineData(
        """
            $"{x} is not {y + 1}!"
            """,
        """[x, " is not ", y + 1, "!"]"""
    )]
    [InlineData("$`{x}\n\\{y}`", """[x, "\n{y}"]""")]
    [InlineData(
        """
            $"\{{"a"}b{1}{x}"
            """,
        """["{ab1", x]"""
    )]
    [InlineData(
        """
            $"{$"{x}"}"
            """,
        """[$"{x}"]"""
    )]
    [InlineData(
        """
            $"{{"k": [x]}}"
            """,
        """[{"k": [x]}]"""
    )]
    [InlineData(
        """
            $""
            """,
        "[]"
    )]
    public void Can_be_a_template_of_texts_and_terms(string text, string parts)
    {
        var template = Assert.IsType<TemplateString>(Rego.Term(text.Trim()));
        var expected = Assert.IsType<ArrayTerm>(Rego.Term(parts));
        Assert.Equal(TreeDump.Of(expected.Items), TreeDump.Of(template.Parts));
    }

    [Fact]
    public void In_a_template_may_have_replacements_of_its_own() =>
        Assert.Equal(
            TreeDump.Of(Rego.Term("""$"{[__template_term__ | __template_term__ := a with input as 1][0]}" """)),
            TreeDump.Of(Rego.Term("""$"{a with input as 1}" """))
        );

    [Theory]
    [InlineData("x + yy", "yy", 1, 5)]
    [InlineData("[`a\nb`, yy]", "yy", 2, 5)]
    [InlineData("\"é\" + yy", "yy", 1, 8)]
    [InlineData("$`\n{a}\n{yy}`", "yy", 3, 2)]
    [InlineData("a ==\r\n\tyy", "yy", 2, 2)]
    public void Knows_its_place_in_bytes_from_the_start_of_the_line(string text, string name, int line, int column)
    {
        var source = SourceText.Of("query", text);
        var found = Terms.In(RegoParser.ParseQuery(source)).OfType<Variable>().Single(v => v.Name == name);
        Assert.Equal((line, column, name), (found.Span.Line, found.Span.Column, source.Text(found.Span)));
    }
}
