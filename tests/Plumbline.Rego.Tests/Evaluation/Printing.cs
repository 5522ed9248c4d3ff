using Plumbline.Rego.Tests.Builtins;

namespace Plumbline.Rego.Tests.Evaluation;

/// <summary><c>print</c>, section "Debugging" of OPA's built-ins.</summary>
public sealed class Printing
{
    [Theory]
    [InlineData("print(\"a\", 1, [\"b\"])", "a 1 [\"b\"]")]
    [InlineData("print(input.nobody, \"is\", null)", "<undefined> is null")]
    [InlineData("print()", "")]
    [InlineData("print({3, 1, 2}, set())", "{1, 2, 3} set()")]
    [InlineData("print([1, 2][_], [\"x\", \"y\"][_])", "1 x|1 y|2 x|2 y")]
    [InlineData("some x in [2, 1]; print(x)", "2|1")]
    [InlineData("print(input.host)", "‹unknown: host›")]
    public void Joins_its_operands_with_spaces(string body, string expected)
    {
        foreach (var plan in Enum.GetValues<Plan>())
        {
            var lines = new List<string>();
            var policy = Policies.Of($"package p\nd if {{\n{body}; false }}");
            policy
                .Query("data.p.d", plan)
                .Evaluate(
                    new EvaluationOptions
                    {
                        Input = Terms.Of("{\"host\": ‹host present›}"),
                        Print = l => lines.Add(l.Text),
                    }
                );
            Assert.Equal(expected.Split('|'), lines);
        }
    }

    [Fact]
    public void Says_where_it_stands()
    {
        var lines = new List<string>();
        var policy = Policies.Of("package p\n\nd if {\n\tprint(\"here\")\n}\n");
        policy.Query("data.p.d").Evaluate(new EvaluationOptions { Print = l => lines.Add(l.ToString()) });
        Assert.Equal(["p.rego:4: here"], lines);
    }

    [Fact]
    public void Costs_the_same_whether_somebody_listens_or_not()
    {
        var policy = Policies.Of("package p\nd if { print([1, 2][_], [3, 4][_], input) }");
        var heard = Run.Of(policy, "data.p.d", Way.All[0], new EvaluationOptions { Input = 1, Print = _ => { } });
        Assert.Equal(heard, Run.Of(policy, "data.p.d", Way.All[0], new EvaluationOptions { Input = 1 }));
    }

    [Fact]
    public void Is_charged_for_each_line()
    {
        const string xs = "numbers.range(1, 1000)[_]";
        var policy = Policies.Of($"package p\nd if {{ print({xs}, {xs}, {xs}) }}");
        var run = Run.Of(policy, "data.p.d", Way.All[0], new EvaluationOptions { Print = _ => { } });
        Assert.Equal("the evaluation needs more than 50,000,000 steps", run.Outcome);
    }
}
