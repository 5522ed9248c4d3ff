using Plumbline.Rego.Tests.Builtins;
using Plumbline.Rego.Tracing;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Evaluation;

/// <summary>What an evaluation records for <c>--explain</c>.</summary>
public sealed class A_trace
{
    private const string Shop = """
        package shop

        default allow := false

        allow if {
        	some role in input.roles
        	trace(sprintf("role %s", [role]))
        	is_known(role)
        	not input.blocked
        }

        is_known(role) if role in ["admin", "owner"]

        is_known(role) if {
        	every c in role {
        		c == ""
        	}
        }

        deny contains msg if {
        	print("looking")
        	names := [name |
        		some name in input.roles
        		name != "admin"
        	]
        	count(names) > 0
        	msg := sprintf("%d others", [count(names)])
        }

        answer := 1 if {
        	allow with input.roles as []
        } else := 2 if {
        	not allow with input.roles as []
        }
        """;

    private const string Roles = """{"roles": ["guest", "admin"]}""";

    [Theory]
    [InlineData("full", "data.shop.allow", ExplanationKind.Full)]
    [InlineData("notes", "data.shop.allow", ExplanationKind.Notes)]
    [InlineData("fails", "data.shop.allow", ExplanationKind.Fails)]
    [InlineData("comprehension", "data.shop.deny[msg]", ExplanationKind.Full)]
    [InlineData("with", "x := data.shop.answer", ExplanationKind.Full)]
    [InlineData("undefined", "data.shop.allow == 7; true", ExplanationKind.Full)]
    public void Tells_what_was_tried_and_what_came(string name, string query, ExplanationKind kind) =>
        Golden.Matches($"golden/trace-{name}.txt", Explain(query, Json.Parse(Roles), kind));

    [Fact]
    public void Says_what_is_only_possible_and_why() =>
        Golden.Matches(
            "golden/trace-possible.txt",
            Explain(
                "data.shop.allow",
                Terms.Of("{\"roles\": [\"admin\"], \"blocked\": ‹var.blocked›}"),
                ExplanationKind.Full
            )
        );

    [Theory]
    [InlineData("data.shop.allow")]
    [InlineData("data.shop.deny[msg]")]
    [InlineData("data.shop")]
    public void Changes_neither_an_answer_nor_what_it_costs(string query)
    {
        var policy = Policies.Of(Shop);
        var options = new EvaluationOptions { Input = Json.Parse(Roles) };
        foreach (var way in Way.All)
        {
            Assert.Equal(
                Run.Of(policy, query, way, options),
                Run.Of(policy, query, way, options with { Trace = new Trace() })
            );
        }
    }

    [Fact]
    public void Stops_where_nobody_would_read_on()
    {
        var trace = new Trace(maxEvents: 3);
        Policies.Of(Shop).Query("data.shop").Evaluate(new EvaluationOptions { Trace = trace });
        Assert.True(trace.IsCut);
        Assert.Equal(3, trace.Events.Count);
        Assert.Equal("the rest was not recorded", Explanation.Lines(trace, ExplanationKind.Full)[^1]);
    }

    [Fact]
    public void Is_recorded_of_a_document_too()
    {
        var policy = Policies.Of("package p\nd if input.x");
        var trace = new Trace();
        policy.Start(new EvaluationOptions { Trace = trace }).Ask(policy.Document("data.p.d")!);
        Assert.Equal(
            """
            query:1      Index data.p.d (matched 1 rule, early exit)
            p.rego:2     Enter data.p.d
            p.rego:2     | Eval input.x
            p.rego:2     | Fail input.x
            """,
            string.Join('\n', Explanation.Lines(trace, ExplanationKind.Full))
        );
    }

    private static string Explain(string query, Value input, ExplanationKind kind)
    {
        var trace = new Trace();
        Policies.Of(Shop).Query(query).Evaluate(new EvaluationOptions { Input = input, Trace = trace });
        return string.Concat(Explanation.Lines(trace, kind).Select(l => $"{l}\n"));
    }
}
