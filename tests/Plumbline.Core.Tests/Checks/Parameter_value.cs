using Plumbline.Core.Checks;
using Plumbline.Values;

namespace Plumbline.Core.Tests.Checks;

public sealed class Parameter_value
{
    [Theory]
    [InlineData("90", null)]
    [InlineData("90.0", null)]
    [InlineData("1", null)]
    [InlineData("365", null)]
    [InlineData("0", "expected a number from 1 to 365 for `days`, got `0`")]
    [InlineData("366", "expected a number from 1 to 365 for `days`, got `366`")]
    [InlineData("1.5", "expected a whole number for `days`, got the number `1.5`")]
    [InlineData("\"90\"", "expected a whole number for `days`, got the text `90`")]
    [InlineData("null", "expected a whole number for `days`, got nothing")]
    public void Of_a_bounded_number_is_within_its_bounds(string value, string? refused) =>
        Assert.Equal(
            refused,
            new Parameter("days", ParameterType.Integer, 90) { Minimum = 1, Maximum = 365 }.Refuse(Json.Parse(value))
        );

    [Theory]
    [InlineData("""["a"]""", null)]
    [InlineData("[]", null)]
    [InlineData("""["a", "c"]""", "expected one of `a`, `b` for `modes`, got `c`")]
    [InlineData("""["a", 1]""", "expected a list of texts for `modes`, got a list")]
    [InlineData("\"a\"", "expected a list of texts for `modes`, got the text `a`")]
    public void Of_a_list_has_only_members_that_are_allowed(string value, string? refused) =>
        Assert.Equal(
            refused,
            new Parameter("modes", ParameterType.Strings, Value.EmptyArray) { OneOf = ["a", "b"] }.Refuse(
                Json.Parse(value)
            )
        );

    [Fact]
    public void Of_a_flag_is_true_or_false() =>
        Assert.Equal(
            "expected `true` or `false` for `on`, got the text `yes`",
            new Parameter("on", ParameterType.Boolean, true).Refuse("yes")
        );
}
