namespace Plumbline.Cli.Tests.Foreign;

/// <summary><c>plumb eval</c>, which is <c>plumb as opa eval</c>: OPA's flags, output and exit codes.</summary>
public sealed class Evaluating_a_query : IDisposable
{
    private readonly Estate _estate = new();

    public Evaluating_a_query()
    {
        _estate.Write(
            "policy/shop.rego",
            """
            package shop

            import data.lib.names

            default allow := false

            allow if {
            	print("asked for", input.user)
            	input.user in data.staff.admins
            }

            deny contains msg if {
            	some i, port in input.ports
            	port < 1024
            	trace(sprintf("port %d", [port]))
            	msg := sprintf("%s <%d>", [names.of(i), port])
            }

            broken := 1 / input.zero
            """
        );
        _estate.Write("policy/lib/names.rego", "package lib.names\n\nof(i) := [\"first\", \"second\"][i]\n");
        _estate.Write("policy/staff/people.yaml", "admins: [ada, grace]\n");
        _estate.Write("policy/README.md", "no policy\n");
        _estate.Write("users.json", """{"users": {"ada": 1}}""");
        _estate.Write("input.json", """{"user": "ada", "ports": [80, 8080], "zero": 0}""");
        _estate.Write("input.yaml", "user: bob\nports: [22, 443]\n");
        _estate.Write("bad.rego", "package bad\n\nallow {\n\tx > 1\n}\n");
        _estate.Write("unsafe.rego", "package bad\n\nallow if x > 1\n\ndeny if cuont(input) > y\n");
        _estate.Write("v0.rego", "package old\n\ndeny[msg] {\n\tmsg := \"old\"\n}\n");
        _estate.Write("negated.rego", "package old\n\ndeny contains 1\n\nnone if not deny\n");
        _estate.Write("unused.rego", "package s\n\nimport data.x\n\np if y := 1\n");
        _estate.Write("conflict.rego", "package c\n\nx := 1\n\nx := 2\n");
        _estate.Write("other/shop.json", """{"admins": []}""");
        _estate.Write("list.json", "[1]");
        _estate.Write("odd.json", "{\"a\": 1,}");
        _estate.Write("odd.yaml", "a: [\n");
        _estate.Write("odd.txt", "a");
    }

    public void Dispose() => _estate.Dispose();

    [Theory]
    [InlineData("value", 0, "1 + 1")]
    [InlineData("untrue", 0, "-d", "policy", "-i", "input.yaml", "data.shop.allow")]
    [InlineData("policy", 0, "-d", "policy", "-i", "input.json", "data.shop.allow")]
    [InlineData("undefined", 0, "-d", "policy", "data.shop.nobody")]
    [InlineData(
        "bindings-and-values",
        0,
        "-d",
        "policy",
        "-i",
        "input.json",
        "some msg in data.shop.deny; x := data.lib"
    )]
    [InlineData("sets-and-objects", 0, "{3, 1, 2}; {{1}: {\"b\": 1.50, \"a\": \"<&>\"}}")]
    [InlineData("prefix", 0, "-d", "people.list:users.json", "data")]
    [InlineData("file-url", 0, "--data=file://users.json", "data.users")]
    [InlineData("yaml-input", 0, "--input", "input.yaml", "input")]
    [InlineData("package", 0, "-d", "policy", "--package", "lib.names", "of(1)")]
    [InlineData("import", 0, "-d", "policy", "--import", "data.lib.names as n", "n.of(0)")]
    [InlineData("v0", 0, "-d", "v0.rego", "--v0-compatible", "data.old.deny")]
    [InlineData("errors-are-undefined", 0, "-d", "policy", "-i", "input.json", "data.shop.broken")]
    [InlineData("strict-errors", 2, "-d", "policy", "-i", "input.json", "--strict-builtin-errors", "data.shop.broken")]
    [InlineData("warning", 0, "-d", "negated.rego", "data.old.none")]
    [InlineData("fail-undefined", 1, "--fail", "input.nobody")]
    [InlineData("fail-untrue", 0, "--fail", "1 == 2")]
    [InlineData("fail-defined", 1, "--fail-defined", "1 == 1")]
    [InlineData("fail-defined-undefined", 0, "--fail-defined", "input.nobody")]
    [InlineData("format-pretty", 0, "-f", "pretty", "-d", "policy", "-i", "input.json", "data.shop")]
    [InlineData("format-pretty-table", 0, "-f", "pretty", "x := [1, 2][i]; {\"a\": x}; true")]
    [InlineData("format-pretty-cut", 0, "-f", "pretty", "--pretty-limit", "5", "x := \"a longer text\"")]
    [InlineData("format-pretty-undefined", 0, "-f", "pretty", "input.nobody")]
    [InlineData("format-raw", 0, "-f", "raw", "-i", "input.json", "input.user; input.ports")]
    [InlineData("format-values", 0, "-f", "values", "[1, 2][i]; i")]
    [InlineData("format-bindings", 0, "-f", "bindings", "x := [1, 2][i]")]
    [InlineData("format-discard", 0, "-f", "discard", "1")]
    [InlineData("format-discard-undefined", 0, "-f", "discard", "input.nobody")]
    [InlineData(
        "explain-full",
        0,
        "--explain",
        "full",
        "-f",
        "pretty",
        "-d",
        "policy",
        "-i",
        "input.json",
        "data.shop.allow"
    )]
    [InlineData("explain-notes", 0, "--explain=notes", "-d", "policy", "-i", "input.json", "data.shop.deny")]
    [InlineData(
        "explain-fails",
        0,
        "--explain",
        "fails",
        "-f",
        "pretty",
        "-d",
        "policy",
        "-i",
        "input.yaml",
        "data.shop.allow"
    )]
    public Task Answers_as_opa_does(string name, int exit, params string[] args) => Shows(name, exit, args);

    [Theory]
    [InlineData("bad-query", 2, "1 +")]
    [InlineData("unsafe-query", 2, "x > 1")]
    [InlineData("bad-policy", 2, "-d", "bad.rego", "data.bad")]
    [InlineData("unsafe-policy", 2, "-d", "unsafe.rego", "data.bad")]
    [InlineData("unsafe-policy-pretty", 2, "-f", "pretty", "-d", "unsafe.rego", "data.bad")]
    [InlineData("unsafe-policy-raw", 2, "-f", "raw", "-d", "bad.rego", "data.bad")]
    [InlineData("conflict", 2, "-d", "conflict.rego", "data.c.x")]
    [InlineData("conflict-explained", 2, "-d", "conflict.rego", "--explain", "full", "-f", "pretty", "data.c.x")]
    [InlineData("strict-policy", 2, "-S", "-d", "unused.rego", "data.s")]
    [InlineData("no-such-data", 2, "-d", "polici", "data")]
    [InlineData("no-such-input", 2, "-i", "inptu.json", "input")]
    [InlineData("bad-json-input", 2, "-i", "odd.json", "input")]
    [InlineData("bad-yaml-input", 2, "-i", "odd.yaml", "input")]
    [InlineData("bad-data", 2, "-d", "odd.json", "data")]
    [InlineData("data-is-no-object", 2, "-d", "list.json", "data")]
    [InlineData("data-of-unknown-kind", 2, "-d", "odd.txt", "data")]
    [InlineData("data-contradicts", 2, "-d", "staff:other", "-d", "policy", "data")]
    [InlineData("no-query", 1)]
    [InlineData("two-queries", 1, "1", "2")]
    [InlineData("query-twice", 1, "--stdin", "1")]
    [InlineData("input-twice", 1, "-I", "-i", "input.json", "1")]
    [InlineData("fail-twice", 1, "--fail", "--fail-defined", "1")]
    [InlineData("no-such-flag", 1, "--fromat", "json", "1")]
    [InlineData("no-such-letter", 1, "-x", "1")]
    [InlineData("no-such-format", 1, "-f", "jsn", "1")]
    [InlineData("no-such-explanation", 1, "--explain", "all", "1")]
    [InlineData("limit-is-no-number", 1, "--pretty-limit", "ten", "1")]
    [InlineData("no-such-package", 2, "--package", "a b", "1")]
    [InlineData("no-value", 1, "1", "-d")]
    public Task Says_what_is_wrong(string name, int exit, params string[] args) => Shows(name, exit, args);

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help-short", "1", "-h")]
    public Task Tells_its_flags(string name, params string[] args) => Shows(name, 0, args);

    [Fact]
    public async Task Reads_input_and_query_from_standard_input()
    {
        var input = await _estate.RunWithInputAsync("""{"user": "eve"}""", "eval", "-I", "-f", "raw", "input.user");
        Assert.Equal((0, "eve\n"), (input.Exit, input.Output));

        var query = await _estate.RunWithInputAsync("1 + 2", "eval", "--stdin", "-f", "raw");
        Assert.Equal((0, "3\n"), (query.Exit, query.Output));

        var wrong = await _estate.RunWithInputAsync("{", "eval", "-I", "input");
        Assert.Equal(2, wrong.Exit);
        Assert.StartsWith("error: standard input:1:2: ", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_the_same_under_the_name_of_the_tool()
    {
        var own = await _estate.RunAsync("eval", "-d", "policy", "-i", "input.json", "data.shop");
        var foreign = await _estate.RunAsync("as", "opa", "eval", "-d", "policy", "-i", "input.json", "data.shop");
        Assert.Equal((own.Exit, own.Output, own.Error), (foreign.Exit, foreign.Output, foreign.Error));
    }

    [Theory]
    [InlineData(1, "Error: unknown command \"evla\" for \"opa\": did you mean `eval`?\n", "evla")]
    public async Task Names_the_command_that_was_meant(int exit, string error, string command)
    {
        var run = await _estate.RunAsync("as", "opa", command);
        Assert.Equal((exit, error), (run.Exit, run.Error));
    }

    [Fact]
    public async Task Ends_at_once_when_it_is_interrupted()
    {
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();
        _estate.Interrupted = interrupt.Token;
        var run = await _estate.RunAsync(
            "eval",
            "count([1 | numbers.range(1, 10000)[_] < numbers.range(1, 10000)[_]])"
        );
        Assert.Equal(3, run.Exit);
        Assert.Contains("interrupted", run.Error);
    }

    private async Task Shows(string name, int exit, params string[] args)
    {
        var run = await _estate.RunAsync(["eval", .. args]);
        Golden.Matches($"../golden/eval/{name}.txt", run.ToString());
        Assert.Equal(exit, run.Exit);
    }
}
