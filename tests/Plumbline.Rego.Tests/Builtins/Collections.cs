namespace Plumbline.Rego.Tests.Builtins;

public sealed class Collections
{
    [Theory]
    [InlineData("array.concat", "[1], [2]", "[1, 2]")]
    [InlineData("array.concat", "{1}, [2]", "eval_type_error: operand 1 must be array but got set")]
    [InlineData("array.flatten", "[[1], 2, [[3]]]", "[1, 2, [3]]")]
    [InlineData("array.reverse", "[1, 2]", "[2, 1]")]
    [InlineData("array.slice", "[1, 2, 3], -1, 2", "[1, 2]")]
    [InlineData("array.slice", "[1, 2, 3], 2, 1", "[]")]
    [InlineData("array.slice", "[1, 2, 3], 1000, 2000", "[]")]
    [InlineData("and", "{1, 2}, {2, 3}", "{2}")]
    [InlineData("or", "{1, 2}, {2, 3}", "{1, 2, 3}")]
    [InlineData("intersection", "set()", "set()")]
    [InlineData("intersection", "{{1, 2}, {2}}", "{2}")]
    [InlineData("union", "{{1, 2}, {2, 3}, set()}", "{1, 2, 3}")]
    [InlineData("union", "{{1}, 2}", "eval_type_error: operand 1 must be set of sets but got set containing number")]
    [InlineData("internal.member_2", "1, {\"a\": 1}", "true")]
    [InlineData("internal.member_2", "\"a\", \"abc\"", "false")]
    [InlineData("internal.member_3", "0, \"a\", [\"a\"]", "true")]
    [InlineData("internal.member_3", "1, \"a\", [\"a\"]", "false")]
    public void Arrays_and_sets(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Theory]
    [InlineData("object.get", "{\"a\": {\"b\": [7]}}, [\"a\", \"b\", 0], 1", "7")]
    [InlineData("object.get", "{\"a\": {\"b\": [7]}}, [\"a\", \"c\"], 1", "1")]
    [InlineData("object.get", "{\"a\": 1}, [], 1", """{"a": 1}""")]
    [InlineData("object.get", "{\"a\": {1}}, [\"a\", 1], 2", "1")]
    [InlineData("object.get", "[], 0, 1", "eval_type_error: operand 1 must be object but got array")]
    [InlineData("object.keys", "{\"b\": 1, \"a\": 2}", """{"a", "b"}""")]
    [InlineData("object.filter", "{\"a\": 1, \"b\": 2}, {\"a\": 0}", """{"a": 1}""")]
    [InlineData("object.remove", "{\"a\": 1, \"b\": 2}, [\"a\"]", """{"b": 2}""")]
    [InlineData(
        "object.remove",
        "{}, \"a\"",
        "eval_type_error: operand 2 must be one of {object, set, array} but got string"
    )]
    [InlineData("object.union", "{\"a\": {\"x\": 1}}, {\"a\": {\"y\": 2}}", """{"a": {"x": 1, "y": 2}}""")]
    [InlineData("object.union_n", "[{\"a\": 1}, {\"a\": 2}]", """{"a": 2}""")]
    [InlineData(
        "object.union_n",
        "[{}, 1]",
        "eval_type_error: operand 1 must be array of objects but got array containing number"
    )]
    [InlineData("object.subset", "{\"a\": {\"b\": 1, \"c\": [1, 2, 3]}}, {\"a\": {\"c\": [2, 3]}}", "true")]
    [InlineData("object.subset", "[1, 2, 3], [1, 3]", "false")]
    [InlineData("object.subset", "[1, 2, 3], {1, 3}", "true")]
    [InlineData(
        "object.subset",
        "{1}, [1]",
        "eval_builtin_error: both arguments object.subset must be of the same type or array and set"
    )]
    public void Objects(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Theory]
    [InlineData(
        "json.filter",
        "{\"a\": [{\"b\": 7, \"c\": 8}, {\"d\": 9}]}, {\"a/0/b\", \"a/1\"}",
        """{"a": [{"b": 7}, {"d": 9}]}"""
    )]
    [InlineData("json.filter", "{\"a\": 7}, set()", "{}")]
    [InlineData("json.remove", "{\"a\": [1, 2, 3], \"e\": 9}, [\"/a/1\", [\"e\"]]", """{"a": [1, 3]}""")]
    [InlineData("json.remove", "{\"a/b\": 1}, [\"a~1b\"]", "{}")]
    [InlineData(
        "json.remove",
        "{}, [1]",
        "eval_type_error: operand 2 must be one of {set, array} containing string paths or array of path segments but got number"
    )]
    [InlineData(
        "json.patch",
        "{\"foo\": {\"a\"}}, [{\"op\": \"add\", \"path\": \"foo/d\", \"value\": \"d\"}]",
        """{"foo": {"a", "d"}}"""
    )]
    [InlineData(
        "json.patch",
        "{\"foo\": {\"a\"}}, [{\"op\": \"add\", \"path\": \"foo/d\", \"value\": \"e\"}]",
        "undefined"
    )]
    [InlineData("json.patch", "{[1]}, [{\"op\": \"add\", \"path\": [[1], 1], \"value\": 2}]", "{[1, 2]}")]
    [InlineData(
        "json.patch",
        "{}, [{\"op\": \"spam\", \"path\": \"/a\"}]",
        "eval_type_error: operand 2 unrecognized op \"spam\""
    )]
    [InlineData(
        "json.patch",
        "{}, [1]",
        "eval_type_error: operand 2 must be an array of JSON-Patch objects, but at least one element is not an object"
    )]
    public void Paths(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Theory]
    [InlineData(
        "graph.reachable",
        "{\"a\": [\"b\"], \"b\": {\"c\"}, \"c\": null}, [\"a\", \"x\"]",
        """{"a", "b", "c"}"""
    )]
    [InlineData(
        "graph.reachable_paths",
        "{\"a\": [\"b\"], \"b\": [\"a\", \"c\"], \"c\": []}, {\"a\"}",
        """{["a", "b"], ["a", "b", "c"]}"""
    )]
    [InlineData("graph.reachable_paths", "{}, {\"a\"}", "set()")]
    [InlineData(
        "walk",
        "{\"b\": [1], \"a\": {2}}",
        """[[[], {"a": {2}, "b": [1]}], [["a"], {2}], [["a", 2], 2], [["b"], [1]], [["b", 0], 1]]"""
    )]
    public void Graphs(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Fact]
    public void Paths_through_a_graph_that_multiply_are_charged()
    {
        var graph = string.Join(
            ", ",
            Enumerable.Range(0, 40).Select(i => $"{i}: [{i + 1}, {i + 100}], {i + 100}: [{i + 1}]")
        );
        Assert.Throws<BudgetException>(() => Calling.Call("graph.reachable_paths", $"{{{graph}, 40: []}}, [0]"));
    }
}
