using System.Globalization;
using System.Text;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Evaluation;

/// <summary>CONTRACTS §4.14 and §6: back ends and plans differ in speed alone, never in an answer or in what it is charged.</summary>
public sealed class Both_back_ends
{
    private const string Input = """{"user": "ada", "ports": [22, 80, 443], "tags": {"env": "prod", "tier": 1}}""";

    [Theory]
    [InlineData("p if input.user == \"ada\"", "p = true")]
    [InlineData("p contains x if some x in input.ports", "p = {22, 80, 443}")]
    [InlineData("p[k] := v if some k, v in input.tags", "p = {\"env\": \"prod\", \"tier\": 1}")]
    [InlineData("p := [x | some x in {3, 1, 2}]", "p = [1, 2, 3]")]
    [InlineData("p := {x: y | some x in [1, 2]; y := x * 2}", "p = {1: 2, 2: 4}")]
    [InlineData("p if not input.admin", "p = true")]
    [InlineData("p if every x in input.ports { x > 20 }", "p = true")]
    [InlineData("p if every x in 7 { x > 20 }", "")]
    [InlineData("p := f(2)\nf(x) := y if y := x + 1", "p = 3")]
    [InlineData("p := 1 if false else := 2 if input.user", "p = 2")]
    [InlineData("default p := \"none\"\np := 1 if input.nobody", "p = \"none\"")]
    [InlineData("p := x if x := q with input.user as \"bob\"\nq := input.user", "p = \"bob\"")]
    [InlineData("p := [q, r]\nq := input.user\nr := x if x := q with input as {\"user\": 1}", "p = [\"ada\", 1]")]
    [InlineData("p := x if x := f(1) with f as g\nf(x) := x\ng(x) := x + 10", "p = 11")]
    [InlineData("p := x if x := count([1]) with count as 5", "p = 5")]
    [InlineData("p.a.b := 1\np.a.c := 2", "p = {\"a\": {\"b\": 1, \"c\": 2}}")]
    [InlineData(
        "p[x].n contains y if { some x in [\"a\", \"b\"]; some y in [1] }",
        "p = {\"a\": {\"n\": {1}}, \"b\": {\"n\": {1}}}"
    )]
    [InlineData("p := [x, y] if [x, {\"a\": y}] = [1, {\"a\": 2}]", "p = [1, 2]")]
    [InlineData("p := x if { y == 2; x := y + 1; y = 2 }", "p = 3")]
    [InlineData("p := f(\"ada!\")\nf($\"{x}!\") := x if x = input.user", "p = \"ada\"")]
    [InlineData("p if { print(input.nobody, 1); true }", "p = true")]
    [InlineData("p if not { a = input.nobody }", "p = true")]
    [InlineData("p if not { a = input.user }", "")]
    [InlineData("p := x if { walk(input.tags, [[\"env\"], x]) }", "p = \"prod\"")]
    [InlineData("p := 1\np := 2", "p.rego:3: eval_conflict_error: complete rules must not produce multiple outputs")]
    [InlineData(
        "p := {x: y | some x in [1]; some y in [1, 2]}",
        "p.rego:2: eval_conflict_error: object keys must be unique"
    )]
    public void Agree(string rules, string expected)
    {
        var policy = Policies.Of($"package p\n{rules}");
        var first = Same(policy, "p = data.p.p", new EvaluationOptions { Input = Json.Parse(Input) });
        Assert.Equal(expected, first.Outcome.TrimEnd('\n'));
        Assert.True(first.Steps > 0, "nothing was charged");
    }

    [Fact]
    public void Agree_on_what_a_hit_in_memory_costs()
    {
        var twice = Policies.Of("package p\nq contains x if some x in numbers.range(1, 50)\nr := count(q) + count(q)");
        var once = Policies.Of("package p\nq contains x if some x in numbers.range(1, 50)\nr := count(q) + 50");
        var options = new EvaluationOptions();
        Assert.True(Same(twice, "x = data.p.r", options).Steps > Same(once, "x = data.p.r", options).Steps + 50);
    }

    [Fact]
    public void Agree_on_every_case_of_the_outside_suite()
    {
        var faults = new StringBuilder();
        var (asked, found) = (0, 0);
        foreach (var line in File.ReadLines(Shared.Path("conformance/rego/cases.jsonl")))
        {
            var json = Json.Parse(line);
            var (policy, query, options) = Case(json);
            if (policy is null)
            {
                continue;
            }

            asked++;
            var runs = Way.All.Select(w => Run.Of(policy, query, w, options)).Distinct().ToList();
            if (runs.Count > 1 && found++ < 5)
            {
                faults.Append(CultureInfo.InvariantCulture, $"{json["id"]}\n{string.Join('\n', runs)}\n");
            }
        }

        Assert.True(found == 0, $"{found} differ\n{faults}");
        Assert.True(asked > 2_600, $"only {asked} cases compile");
    }

    private static Run Same(Policy policy, string query, EvaluationOptions options)
    {
        var runs = Way.All.Select(w => Run.Of(policy, query, w, options)).ToList();
        Assert.All(runs, r => Assert.Equal(runs[0], r));
        return runs[0];
    }

    /// <summary>A policy of null where the case does not compile, because it uses what is not here.</summary>
    private static (Policy? Policy, string Query, EvaluationOptions Options) Case(Value json)
    {
        var test = json["case"];
        var dialect = json["rego_version"].Equals("v0") ? DialectChoice.V0 : DialectChoice.V1;
        var query = test["query"].Utf8.ToString();
        try
        {
            var modules = Enumerable.Range(0, test["modules"].Count).Select(i => test["modules"][i].Utf8.ToString());
            var policy = Policy.Compile(modules.Select((m, i) => SourceText.Of($"test-{i}.rego", m)), dialect);
            policy.Query(query);
            var options = new EvaluationOptions
            {
                Input = test["input_term"].IsString
                    ? policy.Query($"x = {test["input_term"].Utf8}").Evaluate(new EvaluationOptions())[0].Bindings["x"]
                    : test["input"],
                Data = test["data"].IsObject ? test["data"] : Value.EmptyObject,
                StrictErrors = test["strict_error"].IsTrue,
            };
            return (policy, query, options);
        }
        catch (PolicyException)
        {
            return (null, query, new EvaluationOptions());
        }
    }
}
