using System.Text;
using System.Text.Json;
using Plumbline.Exchange.Reports;

namespace Plumbline.Exchange.Tests.Reports;

public sealed class Comparing_reports
{
    [Theory]
    [InlineData("""{"a": 1, "b": [1, 2]}""", """{"b":[1,2],"a":1}""")] // order and layout do not count
    [InlineData("1.0", "1.0")]
    public void That_say_the_same_finds_nothing(string expected, string found) =>
        Assert.Null(Difference(expected, found));

    [Theory]
    [InlineData("""{"a": {"b/c": [1, 2]}}""", """{"a": {"b/c": [1, 3]}}""", "/a/b~1c/1: expected `2`, got `3`")]
    [InlineData("""{"a": 1}""", """{}""", "/a: expected `1`, got nothing")]
    [InlineData("""{}""", """{"a": "x"}""", "/a: expected nothing, got `\"x\"`")]
    [InlineData("""{"a": [1]}""", """{"a": [1, {}]}""", "/a/1: expected nothing, got an object")]
    [InlineData("""{"a": [1]}""", """{"a": {}}""", "/a: expected a list of 1, got an object")]
    [InlineData("""{"a": null}""", """{"a": false}""", "/a: expected `null`, got `false`")]
    [InlineData("1", "2", "the report: expected `1`, got `2`")]
    public void Names_the_first_difference(string expected, string found, string difference) =>
        Assert.Equal(difference, Difference(expected, found)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"a": 1, "a": 1}""")] // a reader that takes the last of two would show another report
    public void Refuses_what_is_no_report(string found) =>
        Assert.ThrowsAny<JsonException>(() => Difference("{}", found));

    private static Core.Evidence.Discrepancy? Difference(string expected, string found) =>
        ReportComparison.FirstDifference(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(found));
}
