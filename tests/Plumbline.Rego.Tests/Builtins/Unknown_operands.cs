using Plumbline.Rego.Builtins;

namespace Plumbline.Rego.Tests.Builtins;

/// <summary>Rules 5, 9 and 11 of unknown values.</summary>
public sealed class Unknown_operands
{
    [Theory]
    [InlineData("‹a›", "‹a›", "Yes")]
    [InlineData("‹a›", "‹b›", "Possible")]
    [InlineData("‹a string›", "22", "No")]
    [InlineData("‹a number 1..5›", "6", "No")]
    [InlineData("‹a number 1..5›", "5", "Possible")]
    [InlineData("‹a number 5..5›", "5", "Yes")]
    [InlineData("‹a number 1..2›", "‹b number 3..›", "No")]
    [InlineData("‹a \"reg/\"›", "`reg`", "No")]
    [InlineData("‹a \"reg/\"›", "`reg/x`", "Possible")]
    [InlineData("‹a \"reg/\"›", "‹b \"x\"›", "No")]
    [InlineData("‹a›", "[1]", "Possible")]
    [InlineData("‹a null›", "null", "Yes")]
    [InlineData("[1, ‹a›]", "[1, 2]", "Possible")]
    [InlineData("[1, ‹a›]", "[2, 2]", "No")]
    [InlineData("[1, ‹a›]", "[1, ‹a›]", "Yes")]
    [InlineData("[1, ‹a›]", "[1]", "No")]
    [InlineData("[1, …]", "[2, 1, 3]", "Possible")]
    [InlineData("[1, …]", "[2, 3]", "No")]
    [InlineData("[1, 2, …]", "[1]", "No")]
    [InlineData("{1, ‹a›}", "{1}", "Possible")]
    [InlineData("{1, ‹a›}", "{1, 2, 3}", "No")]
    [InlineData("{1, 2, ‹a›}", "{1}", "No")]
    [InlineData("{\"x\": ‹a›}", "{}", "Possible")]
    [InlineData("{\"x\": ‹a present›}", "{}", "No")]
    [InlineData("{\"x\": ‹a string›}", "{\"x\": 1}", "No")]
    [InlineData("{\"x\": ‹a number 5..5›}", "{\"x\": 5}", "Possible")]
    [InlineData("{\"x\": ‹a string›}", "{\"x\": ‹b number›}", "Possible")]
    [InlineData("{\"x\": ‹a›}", "{\"x\": ‹a›}", "Yes")]
    [InlineData("{\"x\": 1, …}", "{\"y\": 1}", "No")]
    [InlineData("{\"x\": 1, …}", "{\"x\": 1, \"y\": 1}", "Possible")]
    [InlineData("{\"x\": 1, …}", "{\"x\": 2}", "No")]
    [InlineData("{[‹a›]: 1}", "{[2]: 1}", "Possible")]
    public void Are_equal_surely_perhaps_or_not(string a, string b, string expected)
    {
        Assert.Equal(expected, UnknownEquality.Equal(Terms.Of(a), Terms.Of(b)).ToString());
        Assert.Equal(expected, UnknownEquality.Equal(Terms.Of(b), Terms.Of(a)).ToString());
    }

    [Theory]
    [InlineData("‹a number 1..5›, 6", "certain true")]
    [InlineData("‹a number 1..5›, 1", "certain false")]
    [InlineData("‹a number 1..5›, 5", "certain unknown boolean")]
    [InlineData("‹a string›, 5", "certain false")]
    [InlineData("‹a›, 5", "certain unknown boolean")]
    [InlineData("‹a \"b\"›, `a`", "certain false")]
    [InlineData("‹a \"b\"›, `bb`", "certain unknown boolean")]
    [InlineData("[1, ‹a›], [2, 0]", "certain true")]
    [InlineData("[1, ‹a number›], [1, ‹b number›]", "certain unknown boolean")]
    public void Stand_in_an_order_as_far_as_it_is_known(string operands, string expected) =>
        Assert.Equal(expected, Calling.ShowUnknown("lt", operands));

    [Theory]
    [InlineData("neq", "‹a string›, 1", "certain true")]
    [InlineData("lte", "‹a›, ‹a›", "certain true")]
    [InlineData("gte", "‹a number 5..›, 5", "certain true")]
    [InlineData("gt", "‹a \"b\"›, `b`", "certain unknown boolean")]
    [InlineData("internal.member_2", "`x`, [`x`, ‹a›]", "certain true")]
    [InlineData("internal.member_2", "`x`, [`y`, ‹a›]", "certain unknown boolean")]
    [InlineData("internal.member_2", "`x`, [`y`, …]", "certain unknown boolean")]
    [InlineData("internal.member_2", "‹a›, [`y`]", "certain unknown boolean")]
    [InlineData("internal.member_2", "‹a number›, [`y`]", "certain false")]
    [InlineData("internal.member_2", "1, ‹a string›", "certain false")]
    [InlineData("internal.member_2", "‹a›, {\"k\": ‹a›}", "certain unknown boolean")]
    [InlineData("internal.member_3", "0, `x`, [`x`, …]", "certain unknown boolean")]
    [InlineData("internal.member_3", "`k`, `x`, {\"k\": `x`, …}", "certain true")]
    [InlineData("is_string", "‹a string›", "certain true")]
    [InlineData("is_string", "‹a \"p\"›", "certain true")]
    [InlineData("is_string", "‹a number›", "certain false")]
    [InlineData("is_string", "‹a›", "certain unknown boolean")]
    [InlineData("type_name", "‹a set›", "certain \"set\"")]
    [InlineData("type_name", "‹a›", "certain unknown string")]
    public void Never_fail_what_never_fails(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.ShowUnknown(name, operands));

    [Theory]
    [InlineData("[80, …]", "certain unknown number 1..")]
    [InlineData("[…]", "certain unknown number 0..")]
    [InlineData("[‹a›, ‹b›]", "certain 2")]
    [InlineData("{\"x\": ‹a›, \"y\": 1}", "certain unknown number 1..2")]
    [InlineData("{\"x\": ‹a present›, \"y\": 1}", "certain 2")]
    [InlineData("{‹a›, ‹b›}", "certain unknown number 1..2")]
    [InlineData("{1, 2, ‹b›}", "certain unknown number 2..3")]
    [InlineData("[1, 1, …]", "certain unknown number 1..")]
    [InlineData("‹a \"äb\"›", "certain unknown number 2..")]
    [InlineData("‹a set›", "certain unknown number 0..")]
    [InlineData("‹a›", "possible unknown number 0..")]
    public void Are_counted_between_bounds(string operand, string expected) =>
        Assert.Equal(expected, Calling.ShowUnknown("count", operand));

    [Theory]
    [InlineData("{\"x\": 1, …}, `x`, 0", "certain 1")]
    [InlineData("{\"x\": ‹a›}, `x`, 0", "certain unknown")]
    [InlineData("{\"x\": ‹a present string›}, `x`, 0", "certain unknown string")]
    [InlineData("{\"x\": ‹a›}, `y`, 0", "certain 0")]
    [InlineData("{\"x\": 1, …}, `y`, 0", "certain unknown")]
    [InlineData("{\"x\": {\"y\": ‹a›}}, [`x`, `z`], 0", "certain 0")]
    [InlineData("{\"x\": ‹a present›}, [`x`, `z`], 0", "certain unknown")]
    [InlineData("{\"x\": [1, …]}, [`x`, 0], 0", "certain unknown")]
    [InlineData("{\"x\": 1}, ‹a›, 0", "certain unknown")]
    [InlineData("{\"x\": 1}, [`x`, `y`, ‹a›], 0", "certain 0")]
    [InlineData("{\"x\": 1}, `y`, ‹a string›", "certain unknown string")]
    [InlineData("‹a object›, `y`, 0", "certain unknown")]
    [InlineData("‹a›, `y`, 0", "possible unknown")]
    public void Are_got_where_they_surely_are(string operands, string expected) =>
        Assert.Equal(expected, Calling.ShowUnknown("object.get", operands));

    [Theory]
    [InlineData("‹a \"reg.example/app:\"›, `reg.example/`", "certain true")]
    [InlineData("‹a \"reg.example/\"›, `other/`", "certain false")]
    [InlineData("‹a \"reg\"›, `reg.example/`", "certain unknown boolean")]
    [InlineData("`abc`, ‹a \"x\"›", "certain false")]
    [InlineData("`abc`, ‹a \"abcd\"›", "certain false")]
    [InlineData("`abc`, ‹a \"ab\"›", "certain unknown boolean")]
    [InlineData("‹a›, `x`", "possible unknown boolean")]
    public void Start_as_their_prefix_says(string operands, string expected) =>
        Assert.Equal(expected, Calling.ShowUnknown("startswith", operands));

    [Theory]
    [InlineData("sprintf", "`bucket %s of %v`, [‹var.name›, 1]", "certain bucket ‹unknown: var.name› of 1")]
    [InlineData("json.marshal", "{\"a\": ‹x›, \"b\": [1, …]}", "certain {\"a\":\"‹unknown: x›\",\"b\":[1,…]}")]
    [InlineData("internal.template_string", "[`a `, {‹x›}]", "certain a ‹unknown: x›")]
    public void Are_shown_in_texts_that_stay_unknown(string name, string operands, string expected)
    {
        Assert.Equal(expected, Calling.ShowUnknown(name, operands));
        var answer = BuiltinTable.All[name].OnUnknown!(new CountingContext(), Terms.ListOf(operands)).Value;
        Assert.Equal(Tri.Possible, UnknownEquality.Equal(answer, $"{answer.AsUnknown!.Prefix}anything"));
        Assert.Equal(Tri.No, UnknownEquality.Equal(answer, "other"));
    }
}
