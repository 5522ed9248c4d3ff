namespace Plumbline.Conformance.Tests;

public sealed class The_runner : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumb-suites-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Ends_with_the_three_counts()
    {
        var file = Write(
            """{"id": "a", "rego_version": "v1", "case": {"query": "x = 1 + 1", "want_result": [{"x": 2}]}}""",
            """{"id": "b", "rego_version": "v1", "case": {"query": "x = 1 + 1", "want_result": [{"x": 3}]}}"""
        );

        var (exit, output, _) = Run("rego", file);

        Assert.Equal(1, exit);
        Assert.Equal("1 failed that no line owes\n1 passed, 1 failed, 0 skipped\n", output);
    }

    [Fact]
    public void Shows_what_was_wanted_and_what_came()
    {
        var file = Write(
            """{"id": "b", "rego_version": "v1", "case": {"query": "x = 1 + 1", "want_result": [{"x": 3}]}}"""
        );

        Assert.StartsWith(
            "b\n    wanted {\"x\":3}\n",
            Run("rego", file, "--failures").Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Counts_what_is_owed_as_failed_and_gives_the_reason()
    {
        var file = Write(
            """{"id": "g", "rego_version": "v1", "category": "graphql", "case": {"modules": ["package p\nq := graphql.parse(1, 2)"], "query": "x = 1", "want_result": []}}"""
        );

        var (exit, output, _) = Run("rego", file);

        Assert.Equal(1, exit);
        Assert.Equal("owed: category:graphql (1): graphql.*\n0 passed, 1 failed, 0 skipped\n", output);
    }

    [Fact]
    public void Says_which_line_owes_something_that_passes()
    {
        var file = Write(
            """{"id": "g", "rego_version": "v1", "category": "graphql", "case": {"query": "x = 1", "want_result": [{"x": 1}]}}"""
        );

        var (exit, output, _) = Run("rego", file);

        Assert.Equal(1, exit);
        Assert.Contains("stale: category:graphql passes", output);
    }

    [Theory]
    [InlineData("there is no suite `regu`", "regu", "cases.jsonl")]
    [InlineData("expected a suite and a file of cases, got 1 words", "rego")]
    [InlineData("there is no option `--failure`", "rego", "cases.jsonl", "--failure")]
    [InlineData("expected `closures` or `walker` after `--plan`, got `x`", "rego", "cases.jsonl", "--plan", "x")]
    [InlineData("expected `closures` or `walker` after `--plan`, got ``", "rego", "cases.jsonl", "--plan")]
    [InlineData("cannot read `no/such.jsonl`", "rego", "no/such.jsonl")]
    public void Says_what_it_cannot_run(string message, params string[] args)
    {
        var (exit, output, error) = Run(args);

        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("line 2, column 2: ", "{}", "{")]
    [InlineData("line 1: expected an object with an `id`, got none", "{}")]
    [InlineData("line 1: expected an object with an `id`, got none", "[]")]
    public void Says_which_line_is_no_case(string message, params string[] lines)
    {
        lines = [.. lines.Select((l, i) => l == "{}" && lines.Length > 1 ? $$"""{"id": "{{i}}"}""" : l)];

        var (exit, _, error) = Run("rego", Write(lines));

        Assert.Equal(2, exit);
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("a  because\na  again\n", "owed.txt:2: `a` stands twice")]
    [InlineData(
        "# fine\n\na because\n",
        "owed.txt:3: expected a case or `category:NAME`, two spaces and a reason, got `a because`"
    )]
    public void Refuses_a_list_that_gives_no_reason(string text, string message) =>
        Assert.Equal(
            message,
            Assert
                .Throws<FormatException>(() => OwedList.Parse("owed.txt", new StringReader(text), isDeclined: false))
                .Message
        );

    [Fact]
    public void Counts_what_could_not_be_asked_apart()
    {
        var suite = new Suite("none", (line, _) => line["ask"].IsTrue ? Outcome.Passed : Outcome.Skipped("no clock"));

        var run = SuiteRun.Of(suite, ["""{"id": "a", "ask": true}""", """{"id": "b"}"""], new SuiteOptions(), []);

        Assert.Equal((1, 0, 1), (run.Passed, run.Failed, run.Skipped));
    }

    [Fact]
    public void Takes_whatever_a_case_throws_for_its_failure()
    {
        var suite = new Suite("none", (_, _) => throw new InvalidOperationException("oh"));

        var run = SuiteRun.Of(suite, ["""{"id": "a"}"""], new SuiteOptions(), [new Owing("b", "why", false)]);

        Assert.Equal(("a", "InvalidOperationException: oh"), Assert.Single(run.Unexpected));
        Assert.Equal("b", Assert.Single(run.Idle).What);
    }

    private string Write(params string[] lines)
    {
        var path = Path.Combine(_folder, "cases.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }

    private static (int Exit, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = Runner.Run(args, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
