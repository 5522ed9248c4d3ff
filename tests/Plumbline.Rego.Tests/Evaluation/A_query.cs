using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Evaluation;

/// <summary>A query as <c>opa eval</c> understands it: with the values of its statements, in a package, under imports.</summary>
public sealed class A_query
{
    private const string Lib = """
        package lib.numbers

        double(x) := 2 * x

        off := false

        all := {3, 1, 2}
        """;

    [Theory]
    [InlineData("1 + 1", "1 + 1 = 2")]
    [InlineData("data.lib.numbers.off", "data.lib.numbers.off = false")] // alone it is a result
    [InlineData("1 == 2", "1 == 2 = false")]
    [InlineData("data.lib.numbers.off; true", "")] // among others it must hold
    [InlineData("[false, 1][_]", "[false, 1][_] = 1")] // and so where it iterates
    [InlineData("x := 1; x > 0", "x := 1 = true, x > 0 = true; x = 1")]
    [InlineData("not false; every x in [1] { x == 1 }", "not false = true, every x in [1] { x == 1 } = true")]
    [InlineData(
        "data.lib.numbers.all[x]",
        "data.lib.numbers.all[x] = 1; x = 1|data.lib.numbers.all[x] = 2; x = 2|data.lib.numbers.all[x] = 3; x = 3"
    )]
    [InlineData("input.a with input as {\"a\": 7}", "input.a with input as {\"a\": 7} = 7")]
    [InlineData("walk([], [p, v])", "walk([], [p, v]) = true; p = [], v = []")]
    [InlineData("some x in [5]; y = x", "some x in [5] = true, y = x = true; x = 5, y = 5")]
    [InlineData("print(1)", "print(1) = true")]
    [InlineData("data.nobody", "")]
    public void Tells_the_values_of_its_statements(string query, string expected) =>
        Assert.Equal(expected, Show(query, new QueryOptions()));

    [Theory]
    [InlineData("double(4)", "double(4) = 8")]
    [InlineData("all[1]", "all[1] = 1")]
    public void Names_the_rules_of_its_package(string query, string expected) =>
        Assert.Equal(expected, Show(query, new QueryOptions { Package = "lib.numbers" }));

    [Theory]
    [InlineData("n.double(4)", "n.double(4) = 8")]
    [InlineData("count(n.all)", "count(n.all) = 3")]
    public void Names_what_it_imports(string query, string expected) =>
        Assert.Equal(expected, Show(query, new QueryOptions { Imports = ["data.lib.numbers as n"] }));

    [Fact]
    public void Is_read_in_the_dialect_asked_for() =>
        Assert.Throws<PolicyException>(() => Show("1 in [1]", new QueryOptions { Dialect = Dialect.V0 }));

    [Theory]
    [InlineData("a b", "rego_parse_error")]
    [InlineData("a.", "rego_parse_error")]
    public void Is_refused_in_a_package_that_is_none(string package, string code)
    {
        var refused = Assert.Throws<PolicyException>(() => Show("1", new QueryOptions { Package = package }));
        Assert.Equal(code, refused.Diagnostics[0].Code);
    }

    private static string Show(string query, QueryOptions options)
    {
        var texts = Enum.GetValues<Plan>()
            .Select(plan =>
            {
                var prepared = Policies.Of(Lib).Query(query, options with { Plan = plan, KeepsValues = true });
                var solutions = prepared.Evaluate(new EvaluationOptions { Input = Value.EmptyObject });
                return string.Join('|', solutions.Select(s => Show(prepared, s)));
            })
            .Distinct();
        return Assert.Single(texts);
    }

    private static string Show(PreparedQuery query, Solution solution)
    {
        var values = query.Statements.Zip(solution.Values, (s, v) => $"{s.Text} = {v}");
        var bindings =
            solution.Bindings.Count == 0
                ? ""
                : "; " + string.Join(", ", solution.Bindings.Select(b => $"{b.Key} = {b.Value}"));
        return string.Join(", ", values) + bindings;
    }
}
