using Plumbline.Values;

namespace Plumbline.Rego.Tests.Evaluation;

public sealed class A_policy
{
    private const string Text = """
        package p

        evens contains x if {
            some x in numbers.range(1, input.n)
            x % 2 == 0
        }

        total := sum(evens)

        label(x) := sprintf("%d of %d", [x, input.n])

        answer := label(total)
        """;

    [Fact]
    public void Answers_alike_on_many_threads()
    {
        var policy = Policies.Of(Text);
        var document = policy.Document("data.p.answer")!;
        var answers = new string[8][];
        var threads = Enumerable
            .Range(0, answers.Length)
            .Select(t => new Thread(() => answers[t] = Answers(t)))
            .ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.Equal("\"2550 of 100\"", answers[0][99]);
        Assert.All(answers, a => Assert.Equal(answers[0], a));

        string[] Answers(int thread) =>
            [.. Enumerable.Range(1, 200).Select(n => Answer(n, n % 2 == thread % 2 ? Plan.Closures : Plan.TreeWalker))];

        string Answer(int n, Plan plan)
        {
            var input = new ObjectBuilder { ["n"] = (long)n };
            var options = new EvaluationOptions { Input = input.ToValue() };
            return policy.Start(options, plan).Ask(document).Value.ToString();
        }
    }

    [Fact]
    public void Names_its_documents_and_finds_them()
    {
        var policy = Policies.Of(Text);
        Assert.Equal(["data.p.answer", "data.p.evens", "data.p.total"], policy.Documents);
        Assert.True(policy.Document("data.p.evens")!.IsSet);
        Assert.Null(policy.Document("data.p.label"));
        Assert.Null(policy.Document("data.p"));
    }

    [Fact]
    public void Shares_between_the_documents_of_a_session_what_they_have_in_common()
    {
        var policy = Policies.Of(Text);
        var options = new EvaluationOptions { Input = Json.Parse("""{"n": 10}""") };
        var session = policy.Start(options);
        Assert.Equal(30, session.Ask(policy.Document("data.p.total")!).Value);
        var steps = session.Steps;
        Assert.Equal("{2, 4, 6, 8, 10}", session.Ask(policy.Document("data.p.evens")!).Value.ToString());
        Assert.True(session.Steps > steps, "a hit in memory is charged as the first time");
    }
}
