using Plumbline.Rego.Tests.Builtins;
using Plumbline.Rego.Tests.Evaluation;

namespace Plumbline.Rego.Tests.Unknowns;

/// <summary>CONTRACTS §4, its table row by row, and the cases that its rule 15 wants constructed.</summary>
public sealed class The_table_of_the_contract
{
    [Theory]
    [InlineData(4, "{…}", "input.encrypted == true", "possible")]
    [InlineData(4, "{\"ports\": [22, …]}", "some p in input.ports; p == 22", "certain")]
    [InlineData(4, "{\"ports\": [80, …]}", "some p in input.ports; p == 22", "possible")]
    [InlineData(5, "{\"port\": ‹u string›}", "input.port == 22", "fails")]
    [InlineData(5, "{\"a\": ‹u present›, \"b\": ‹u present›}", "input.a == input.b", "certain")]
    [InlineData(5, "{\"a\": ‹u›, \"b\": ‹u›}", "input.a == input.b", "possible")]
    [InlineData(5, "{\"a\": ‹u present›}", "input.a = 22", "possible")]
    [InlineData(5, "{\"a\": ‹u present string›}", "input.a = 22", "fails")]
    [InlineData(6, "{\"on\": ‹u›}", "input.on", "possible")]
    [InlineData(7, "{}", "not input.on", "certain")]
    [InlineData(7, "{\"on\": ‹u›}", "not input.on", "possible")]
    [InlineData(8, "{\"ports\": [80, …]}", "every p in input.ports { p != 22 }", "possible")]
    [InlineData(8, "{\"ports\": [22, …]}", "every p in input.ports { p != 22 }", "fails")]
    [InlineData(9, "[\"x\", ‹u›]", "\"x\" in input", "certain")]
    [InlineData(9, "[\"y\", ‹u›]", "\"x\" in input", "possible")]
    [InlineData(9, "[\"y\"]", "\"x\" in input", "fails")]
    [InlineData(9, "[\"y\", ‹u present›]", "{x | some x in input}[\"x\"]", "possible")]
    [InlineData(9, "[\"x\", ‹u present›]", "{x | some x in input}[\"x\"]", "certain")]
    [InlineData(11, "{\"a\": ‹u present›}", "x := upper(input.a)", "possible")]
    [InlineData(11, "[80, …]", "count(input) > 0", "certain")]
    [InlineData(11, "[…]", "count(input) > 0", "possible")]
    [InlineData(11, "‹u present string \"reg.example/app:\"›", "startswith(input, \"reg.example/\")", "certain")]
    public void Is_what_it_says(int rule, string input, string body, string answer) =>
        Assert.Equal($"{rule}: {answer}", $"{rule}: {Answer(input, body)}");

    [Fact]
    public void Holds_of_comprehensions() =>
        Assert.Equal("[80, …]", Value("[80, ‹u›]", "d := [p | some p in input; p < 1024]"));

    [Fact]
    public void Holds_of_complete_rules()
    {
        const string rules = "default d := false\nd if input.ok";
        Assert.StartsWith("‹unknown", Value("{\"ok\": ‹u›}", rules), StringComparison.Ordinal);
        Assert.Equal("true", Value("{\"ok\": true}", rules));
        Assert.Equal("false", Value("{\"ok\": false}", rules));
    }

    [Fact]
    public void Holds_of_a_verdict()
    {
        var answer = Policies.Ask("package p\nd contains \"open\" if not input.encrypted", "d", Terms.Of("{…}"));
        Assert.Equal(0, answer.Value.Count);
        Assert.True(answer.Value.IsOpen);
        Assert.Null(answer.Doubt);
        Assert.Equal("open", Assert.Single(answer.Possible).Member.Utf8.ToString());
    }

    [Fact]
    public void Lists_what_is_only_possible_in_the_order_of_values()
    {
        const string rules = "package p\nd contains x if { some x in [\"b\", 2, \"a\"]; input.on }";
        var answer = Policies.Ask(rules, "d", Terms.Of("{\"on\": ‹u present›}"));
        Assert.Equal("2 \"a\" \"b\"", string.Join(' ', answer.Possible.Select(p => p.Member)));
    }

    /// <summary>Rule 4: were the members of two iterations the same unknown, each would surely equal each.</summary>
    [Theory]
    [InlineData("{\"xs\": […]}")]
    [InlineData("{\"xs\": {…}}")]
    [InlineData("{\"xs\": ‹u present array›}")]
    [InlineData("{\"xs\": ‹u present›}")]
    public void Makes_members_not_shown_fresh_at_every_iteration(string input)
    {
        Assert.Equal("possible", Answer(input, "every a in input.xs { every b in input.xs { a == b } }"));
        Assert.Equal("possible", Answer(input, "every i, _ in input.xs { every j, _ in input.xs { i == j } }"));
        Assert.Equal("possible", Answer(input, "every a in input.xs { not a == input.xs[0] }"));
    }

    /// <summary>Rule 10: two unknowns of a set may be one value, so that it has fewer members than it shows.</summary>
    [Theory]
    [InlineData("count([1 | some x in {input.a, input.b}]) == 2", "possible")]
    [InlineData("count([1 | some x in {input.a, input.b}]) >= 2", "possible")]
    [InlineData("count([1 | some x in {input.a, input.b}]) == 1", "possible")]
    [InlineData("count([1 | some x in {input.a, input.b}]) >= 1", "certain")]
    [InlineData("count([1 | some x in {input.a, 7}]) == 2", "possible")]
    [InlineData("count([1 | some x in {input.a}]) == 1", "certain")]
    [InlineData("count([1 | some x in {1, 2}]) == 2", "certain")]
    [InlineData("count({input.a, input.b}) == 2", "possible")]
    [InlineData("[x | some x in {input.a, 7}] == [7]", "possible")]
    [InlineData("[x | some x in {input.a, 7}][0] == 7", "possible")]
    [InlineData("[1 | some x in {input.a, input.b}] == [1, 1]", "possible")]
    [InlineData("[1 | some x in {input.a, input.b}] == [1, 2]", "possible")]
    [InlineData("sum([1 | some x in {input.a, input.b}]) == 2", "possible")]
    public void Lets_members_of_a_set_coincide(string body, string answer) =>
        Assert.Equal(answer, Answer("{\"a\": ‹u present›, \"b\": ‹v present›}", body));

    /// <summary>Rule 10: pairs that may have one key and different values may be a conflict instead of an object.</summary>
    [Theory]
    [InlineData("{k: v | some [k, v] in [[input.a, 1], [input.b, 2]]}", "possible")]
    [InlineData("{k: v | some [k, v] in [[input.a, 1], [input.b, 1]]}", "certain")]
    [InlineData("{k: v | some [k, v] in [[\"x\", 1], [input.a, 2]]}", "possible")]
    [InlineData("{k: v | some [k, v] in [[[\"x\"], 1], [input.s, 2]]}", "certain")]
    [InlineData("{x.name: x | some x in input.xs}", "possible")]
    [InlineData("{x.name: 1 | some x in input.xs}", "certain")]
    [InlineData("{k: v | some k, v in {\"x\": input.a}; v != 1}", "certain")]
    public void Lets_pairs_of_an_object_conflict(string comprehension, string answer) =>
        Assert.Equal(
            answer,
            Answer(
                "{\"a\": ‹u present›, \"b\": ‹v present›, \"s\": ‹w present string›, \"xs\": […]}",
                $"x := {comprehension}"
            )
        );

    [Theory]
    [InlineData("d := {k: v | some [k, v] in [[\"x\", 1], [input.a, 2]]}")]
    [InlineData("d[\"x\"] := 1\nd[input.a] := 2")]
    [InlineData("d[input.a] := 2\nd[\"x\"] := 1")]
    public void Knows_no_value_under_a_key_that_another_may_be(string rules)
    {
        var answer = Policies.Ask($"package p\n{rules}", "d", Terms.Of("{\"a\": ‹u present›}"));
        Assert.True(answer.Value["x"].IsUnknown, $"{answer.Value}");
        Assert.True(answer.Value.IsOpen, $"{answer.Value}");
        Assert.NotNull(answer.Doubt);
    }

    [Theory]
    [InlineData("d.a.x := 1\nd[input.k].y := 2")]
    [InlineData("d[input.k].y := 2\nd.a.x := 1")]
    [InlineData("d[k].x := 1 if some k in [\"a\"]\nd[k][input.k] := 2 if { some k in [\"a\"]; input.on }")]
    [InlineData("d[k].y := 2 if { some k in [\"a\"]; input.on }\nd[k].x := 1 if some k in [\"a\"]")]
    public void Opens_what_is_below_a_key_that_another_may_be(string rules)
    {
        var input = Terms.Of("{\"k\": ‹u present›, \"on\": ‹v present›}");
        var answer = Policies.Ask($"package p\n{rules}", "d", input);
        Assert.True(answer.Value["a"].IsOpen, $"{answer.Value}");
    }

    /// <summary>Rule 12: two bodies that may both hold with different values may be a conflict instead of a value.</summary>
    [Theory]
    [InlineData("d := 1\nd := 2 if input.on", "possible")]
    [InlineData("d := 1\nd := 1 if input.on", "certain")]
    [InlineData("d := input.on\nd := input.off", "possible")]
    [InlineData("d := input.on\nd := input.on", "certain")]
    [InlineData("default d := 0\nd := 1 if input.on\nd := 2 if input.off", "possible")]
    [InlineData("default d := 0\nd := 1 if input.on else := 2 if input.off", "certain")]
    [InlineData("default d := 0\nd := 1 if input.on", "certain")]
    [InlineData("default d := 0\nd := x if some x in input.xs", "possible")]
    [InlineData("default d := 0\nd := 1 if some x in input.xs", "certain")]
    [InlineData("d := 1 if input.on", "possible")]
    public void Lets_bodies_conflict(string rules, string expected)
    {
        var input = Terms.Of("{\"on\": ‹u present boolean›, \"off\": ‹v present boolean›, \"xs\": […]}");
        var answer = Policies.Ask($"package p\n{rules}", "d", input);
        Assert.Equal(expected, answer.Doubt is null ? "certain" : "possible");
    }

    /// <summary>Rule 13: an error ends everything, also where the solution it occurs in would come to nothing.</summary>
    [Theory]
    [InlineData("d contains 0 if { r; false }\nr := x if some x in input.xs", "possible")]
    [InlineData("d contains 0 if { x := {k: v | some [k, v] in [[input.a, 1], [input.b, 2]]}; x == 7 }", "possible")]
    [InlineData("d contains 0 if { p.x == 7 }\np[k] := v if some [k, v] in [[input.a, 1], [input.b, 2]]", "possible")]
    [InlineData("d contains 0 if { f(1) == 7 }\nf(_) := 1\nf(_) := 2 if input.a", "possible")]
    [InlineData("d contains 0 if { r == 7 }\nr := input.a\nr := input.b", "possible")]
    [InlineData("d contains 0 if { r; false }\nr := 1 if some x in input.xs", "certain")]
    public void Lets_a_conflict_end_everything(string rules, string expected)
    {
        var input = Terms.Of("{\"a\": ‹u present boolean›, \"b\": ‹v present boolean›, \"xs\": […]}");
        foreach (var plan in Enum.GetValues<Plan>())
        {
            var answer = Policies.Ask($"package p\n{rules}", "d", input, plan);
            Assert.Equal(expected, answer.Doubt is null ? "certain" : "possible");
        }
    }

    private static string Answer(string input, string body)
    {
        var answers = new[] { Plan.Closures, Plan.TreeWalker }
            .Select(p => Policies.Ask($"package p\nd if {{ {body} }}", "d", Terms.Of(input), p))
            .Select(a =>
                a.Value.IsUndefined ? "fails"
                : a.Doubt is null ? "certain"
                : "possible"
            )
            .Distinct();
        return Assert.Single(answers);
    }

    private static string Value(string input, string rules)
    {
        var answer = Policies.Ask($"package p\n{rules}", "d", Terms.Of(input));
        Assert.Null(answer.Doubt);
        return answer.Value.ToString();
    }
}
