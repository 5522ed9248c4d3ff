using System.Collections.Immutable;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Languages.Tests.Yaml;

public sealed class Yaml_aliases
{
    [Theory]
    [InlineData("a: &x 1\nb: *x", "{\"a\":1,\"b\":1}")]
    [InlineData("a: &x {k: [1]}\nb: *x", "{\"a\":{\"k\":[1]},\"b\":{\"k\":[1]}}")]
    [InlineData("- &x a\n- &x b\n- *x", "[\"a\",\"b\",\"b\"]")]
    [InlineData("&x a: b\nc: *x\n*x : d", "fault")]
    [InlineData("&x a: b\nc: *x", "{\"a\":\"b\",\"c\":\"a\"}")]
    [InlineData("k: &k name\nm: {*k : 1}", "{\"k\":\"name\",\"m\":{\"name\":1}}")]
    [InlineData("a: &x\nb: *x", "{\"a\":null,\"b\":null}")]
    [InlineData("a: *x\nb: &x 1", "fault")]
    [InlineData("a: &x [*x]", "fault")]
    [InlineData("a: &x {b: {<<: *x}}", "fault")]
    public void Stand_for_what_was_anchored_before(string text, string expected) =>
        Assert.Equal(expected, expected == "fault" ? FaultOf(text) : Reading.Json(text));

    [Theory]
    // core: what a mapping says itself wins; Kubernetes: the later one wins
    [InlineData("<<: {a: 1}\nb: 2", "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}")]
    [InlineData("<<: {a: 1}\na: 2", "{\"a\":2}", "{\"a\":2}")]
    [InlineData("a: 2\n<<: {a: 1}", "{\"a\":2}", "{\"a\":1}")]
    [InlineData("<<: [{a: 1}, {a: 2, b: 2}]", "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}")]
    [InlineData("<<: {<<: {a: 1, b: 1}, a: 2}", "{\"a\":2,\"b\":1}", "{\"a\":2,\"b\":1}")]
    [InlineData("'<<': {a: 1}", "{\"<<\":{\"a\":1}}", "{\"<<\":{\"a\":1}}")]
    [InlineData(
        "x: &x {a: 1}\nz: {<<: *x, b: 2}",
        "{\"x\":{\"a\":1},\"z\":{\"a\":1,\"b\":2}}",
        "{\"x\":{\"a\":1},\"z\":{\"a\":1,\"b\":2}}"
    )]
    [InlineData(
        "x: &x {a: 1}\nz: {<<: [*x, {a: 3, c: 3}]}",
        "{\"x\":{\"a\":1},\"z\":{\"a\":1,\"c\":3}}",
        "{\"x\":{\"a\":1},\"z\":{\"a\":1,\"c\":3}}"
    )]
    public void Merge_by_the_schemas_rule(string text, string core, string kubernetes)
    {
        Assert.Equal(core, Reading.Json(text));
        Assert.Equal(kubernetes, Reading.Json(text, YamlOptions.Kubernetes));
    }

    [Theory]
    [InlineData("<<: 1")]
    [InlineData("<<: [1]")]
    [InlineData("x: &x [{a: 1}]\nz: {<<: *x}")]
    [InlineData("<<: [[{a: 1}]]")]
    public void Merge_nothing_but_mappings(string text) => Assert.Equal(TextFaults.Alias, Reading.Fault(text).Code);

    [Fact]
    public void Are_found_where_they_are_written_and_their_content_where_it_is_written()
    {
        Assert.True(
            YamlReader.TryRead(
                "x: &x\n  a: {b: 1}\ny: [0, *x]\nz:\n  <<: *x\n"u8.ToArray(),
                YamlOptions.Core,
                out var document,
                out _
            )
        );

        Assert.Equal(new Position(3, 8), document!.PositionOf(JsonPointer.Parse("/y/1")));
        Assert.Equal(new Position(2, 3), document.PositionOf(JsonPointer.Parse("/y/1/a")));
        Assert.Equal(new Position(2, 3), document.PositionOf(JsonPointer.Parse("/z/a")));
    }

    [Fact]
    public void Are_a_thousand_at_most()
    {
        var text = "a: &x 1\nb: [" + string.Concat(Enumerable.Repeat("*x, ", 1_000));

        Assert.Contains("\"b\":[1,1", Reading.Json(text + "]"), StringComparison.Ordinal);
        Assert.Equal(TextFaults.TooMany, Reading.Fault(text + "*x]").Code);
    }

    [Fact]
    public void Of_aliases_cost_no_more_than_their_expansion_may()
    {
        // 9 to the 9th strings, written in 9 lines
        var bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
        foreach (var (last, next) in "abcdefgh".Zip("bcdefghi"))
        {
            bomb += $"{next}: &{next} [{string.Join(", ", Enumerable.Repeat("*" + last, 9))}]\n";
        }

        var fault = Reading.Fault(bomb);

        Assert.Equal(TextFaults.TooMany, fault.Code);
        Assert.InRange(fault.At.Line, 6, 9);
    }

    [Fact]
    public void Of_merges_cost_no_more_than_their_expansion_may()
    {
        var text = "a: &a {" + string.Join(", ", Enumerable.Range(0, 2_000).Select(i => $"k{i}: 1")) + "}\nb:\n";
        text += string.Concat(Enumerable.Repeat("- <<: *a\n", 999));

        Assert.Equal(TextFaults.TooMany, Reading.Fault(text).Code);
    }

    [Fact]
    public void Nest_no_deeper_than_a_document_may()
    {
        var text = "- &a0 [x]\n" + string.Concat(Enumerable.Range(1, 200).Select(i => $"- &a{i} [*a{i - 1}]\n"));

        var fault = Reading.Fault(text);

        Assert.Equal((TextFaults.TooDeep, true), (fault.Code, fault.At.Line > 90));
    }

    [Theory]
    [InlineData("!Ref x")]
    [InlineData("a: !!binary aGk=")]
    [InlineData("!!set {a}")]
    [InlineData("!!timestamp 2026-01-31")]
    [InlineData("! 5")]
    [InlineData("!!map [1]")]
    [InlineData("!!seq {a: 1}")]
    [InlineData("!!str {a: 1}")]
    [InlineData("!!python/object:os.system x")]
    [InlineData("!<tag:example.com,2000:x> y")]
    public void And_tags_the_reader_was_not_told_of_are_faults(string text) =>
        Assert.Equal(TextFaults.Tag, Reading.Fault(text).Code);

    [Fact]
    public void And_tags_the_reader_was_told_of_become_members()
    {
        var options = YamlOptions.Core with
        {
            Tags = ImmutableDictionary<string, string>.Empty.Add("!Ref", "Ref").Add("!Sub", "Fn::Sub"),
        };

        Assert.Equal(
            "{\"a\":{\"Ref\":\"x\"},\"b\":[{\"Fn::Sub\":[\"1\",{\"k\":{\"Ref\":\"2\"}}]}]}",
            Reading.Json("a: !Ref x\nb:\n- !Sub ['1', {k: !Ref '2'}]", options)
        );
        Assert.Equal("[1,{}]", Reading.Json("!!seq [!!int 1, !!map {}]"));
    }

    private static string FaultOf(string text)
    {
        Reading.Fault(text);
        return "fault";
    }
}
