using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

public sealed class A_rule
{
    [Theory]
    [InlineData("allow if input.on", RuleKind.Complete, "allow", "")]
    [InlineData("pi := 3", RuleKind.Complete, "pi", "")]
    [InlineData("a.b.c := 3", RuleKind.Complete, "a.b.c", "")]
    [InlineData("""a["b"].c = 3""", RuleKind.Complete, "a.b.c", "")]
    [InlineData("deny contains msg if msg := 1", RuleKind.PartialSet, "deny", "msg")]
    [InlineData("a.deny contains 1", RuleKind.PartialSet, "a.deny", "1")]
    [InlineData("a[x].b contains y if x := 1", RuleKind.PartialSet, "a", "x, \"b\", y")]
    [InlineData("p[x] := 1 if x := 2", RuleKind.PartialObject, "p", "x")]
    [InlineData("p[x] if x := 2", RuleKind.PartialObject, "p", "x")]
    [InlineData("p.q[x].r[y] if x := y", RuleKind.PartialObject, "p.q", "x, \"r\", y")]
    [InlineData("p[1] := 2", RuleKind.PartialObject, "p", "1")]
    [InlineData("""p["x"] if true""", RuleKind.Complete, "p.x", "")]
    [InlineData("f(x) := x + 1", RuleKind.Function, "f", "")]
    [InlineData("f(x) if x > 1", RuleKind.Function, "f", "")]
    [InlineData("a.b.f(x, [y, 1]) := y", RuleKind.Function, "a.b.f", "")]
    [InlineData("if.contains := 1", RuleKind.Complete, "if.contains", "")]
    [InlineData("f() := 1 if true", RuleKind.Complete, "f", "")]
    public void Is_of_the_kind_its_head_says(string rule, RuleKind kind, string name, string keys) =>
        Check(Rego.Rule(rule), kind, name, keys);

    [Theory]
    [InlineData("deny[msg] { msg := 1 }", RuleKind.PartialSet, "deny", "msg")]
    [InlineData("deny [msg] { msg := 1 }", RuleKind.PartialSet, "deny", "msg")]
    [InlineData("""deny[{"msg": msg}] { msg := 1 }""", RuleKind.PartialSet, "deny", """{"msg": msg}""")]
    [InlineData("p[1]", RuleKind.PartialSet, "p", "1")]
    [InlineData("p.q { true }", RuleKind.PartialSet, "p", "\"q\"")]
    [InlineData("p.q.r { true }", RuleKind.Complete, "p.q.r", "")]
    [InlineData("p.q[x] { x := 1 }", RuleKind.PartialObject, "p.q", "x")]
    [InlineData("p[x] = y { x := 1; y := 2 }", RuleKind.PartialObject, "p", "x")]
    [InlineData("p.q = 1", RuleKind.Complete, "p.q", "")]
    [InlineData("f(x) = y { y := x }", RuleKind.Function, "f", "")]
    [InlineData("contains := 1", RuleKind.Complete, "contains", "")]
    [InlineData("if { true }", RuleKind.Complete, "if", "")]
    public void Of_v0_is_of_the_kind_its_head_says(string rule, RuleKind kind, string name, string keys) =>
        Check(Rego.Rule(rule, DialectChoice.V0), kind, name, keys);

    private static void Check(Rule rule, RuleKind kind, string name, string keys)
    {
        var head = rule.Head;
        Assert.Equal(
            (kind, name, keys),
            (head.Kind, string.Join('.', head.Name), string.Join(", ", head.Keys.Select(SyntaxWriter.Write)))
        );
    }

    [Theory]
    [InlineData("deny contains 1", null)]
    [InlineData("allow if input.on", "true")]
    [InlineData("f(x) if x", "true")]
    [InlineData("x := 1 in [1]", "1 in [1]")]
    public void Has_a_value_unless_it_makes_a_set(string rule, string? value) =>
        Assert.Equal(value, Rego.Rule(rule).Head.Value is { } term ? SyntaxWriter.Write(term) : null);

    [Theory]
    [InlineData("p if input.x == 1", 1)]
    [InlineData("p if { input.x }", 1)]
    [InlineData("p if { a := 1; a > 0 }", 2)]
    [InlineData("p if {\n\ta := 1\n\ta > 0\n}", 2)]
    [InlineData("p if not input.x", 1)]
    [InlineData("p if some x in input", 1)]
    [InlineData("p if every x in input { x }", 1)]
    [InlineData("p := 1", 0)]
    public void Has_the_statements_of_its_body(string rule, int count) =>
        Assert.Equal(count, Rego.Rule(rule).Body.Statements.Length);

    [Theory]
    [InlineData("p if {}", typeof(ObjectTerm))]
    [InlineData("""p if {"a": input}""", typeof(ObjectTerm))]
    [InlineData("p if {x | x := input}", typeof(SetComprehension))]
    [InlineData("p if {x} == {1}", typeof(Call))]
    [InlineData("p if {x}[1]", typeof(Reference))]
    [InlineData("p if { {1} }", typeof(SetTerm))]
    [InlineData("p if ({1})", typeof(SetTerm))]
    public void May_have_a_term_in_braces_after_if(string rule, Type expected)
    {
        var statement = Assert.Single(Rego.Rule(rule).Body.Statements);
        Assert.IsType(expected, Assert.IsType<ExpressionStatement>(statement).Term);
    }

    [Fact]
    public void With_several_bodies_is_several_rules()
    {
        var rules = Rego.Module("f(x) = 1 { x } { not x }", DialectChoice.V0).Rules;
        Assert.Equal(2, rules.Length);
        Assert.Equal(rules[0].Head, rules[1].Head);
    }

    [Fact]
    public void Has_its_else_branches_in_order()
    {
        var rule = Rego.Rule("p := 1 if {\n\tinput.a\n} else := 2 if input.b\n\nelse if {\n\tinput.c\n}\nelse := 4");
        Assert.Equal(["2", null, "4"], rule.Else.Select(e => e.Value is { } value ? SyntaxWriter.Write(value) : null));
        Assert.Equal([1, 1, 0], rule.Else.Select(e => e.Body.Statements.Length));
    }

    [Fact]
    public void After_else_has_a_body_in_any_braces()
    {
        var rule = Rego.Rule("p if { input.z } else if { input.a | input.b }");
        var statement = Assert.IsType<ExpressionStatement>(Assert.Single(rule.Else[0].Body.Statements));
        Assert.Equal("or", Assert.IsType<Call>(statement.Term).Operator);
    }

    [Theory]
    [InlineData("default allow := false", "allow", 0)]
    [InlineData("default allow = {x | x := 1}", "allow", 0)]
    [InlineData("default a.b.c := [1, {2}]", "a.b.c", 0)]
    [InlineData("default f(_, x) := 1", "f", 2)]
    public void Can_be_a_default(string text, string name, int parameters)
    {
        var rule = Rego.Rule(text);
        Assert.True(rule.IsDefault);
        Assert.Equal((name, parameters), (string.Join('.', rule.Head.Name), rule.Head.Parameters.Length));
    }

    [Fact]
    public void May_stand_on_the_line_of_another() =>
        Assert.Equal(
            ["p", "q", "r"],
            Rego.Module("p if { true } q := 1 r contains 2").Rules.Select(r => r.Head.Name[0])
        );

    [Fact]
    public void Spans_its_head_and_all_its_bodies()
    {
        var module = Rego.Module("p := 1 if {\n\tx\n} else := 2\n\nq if y # why");
        Assert.Equal(["p := 1 if {\n\tx\n} else := 2", "q if y"], module.Rules.Select(r => module.Source.Text(r.Span)));
    }
}
