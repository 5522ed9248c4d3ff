namespace Plumbline.Cli.Tests.Foreign;

public sealed class Conftest_as_a_tool : IDisposable
{
    private readonly Estate _estate = new();

    public void Dispose() => _estate.Dispose();

    [Theory]
    [InlineData("stdout")]
    [InlineData("json")]
    [InlineData("tap")]
    [InlineData("table")]
    [InlineData("junit")]
    [InlineData("github")]
    public async Task Prints_in_each_form(string form)
    {
        WriteShop();

        var run = await _estate.RunAsync("as", "conftest", "test", "deploy", "-o", form, "--no-color");

        Assert.Equal(1, run.Exit);
        Golden.Matches($"golden/conftest-{form}.txt", run.ToString());
    }

    [Fact]
    public async Task Colours_what_it_prints_and_never_obeys_a_message()
    {
        _estate.Write("policy/p.rego", "package main\n\ndeny contains \"\\u001b[2Jgone\" if true\n");
        _estate.Write("a.json", "{}");

        var run = await _estate.RunAsync("as", "conftest", "test", "a.json");

        Assert.Equal(
            "\u001b[31mFAIL\u001b[0m - a.json - main - \\u001b[2Jgone\n\n"
                + "\u001b[31m1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions\u001b[0m\n",
            run.Output
        );
    }

    [Theory]
    [InlineData(0, "warns.yaml")]
    [InlineData(1, "warns.yaml", "--fail-on-warn")]
    [InlineData(1, "fails.yaml")]
    [InlineData(2, "fails.yaml", "--fail-on-warn")]
    [InlineData(0, "fails.yaml", "--no-fail")]
    [InlineData(0, "fine.yaml", "--fail-on-warn")]
    [InlineData(1, "gone.yaml", "--no-fail")]
    public async Task Exits_as_conftest_does(int exit, params string[] words)
    {
        _estate.Write(
            "policy/p.rego",
            "package main\n\ndeny contains \"x\" if input.fails\n\nwarn contains \"y\" if input.warns\n"
        );
        _estate.Write("fails.yaml", "{fails: true, warns: true}\n");
        _estate.Write("warns.yaml", "warns: true\n");
        _estate.Write("fine.yaml", "a: 1\n");

        Assert.Equal(exit, (await _estate.RunAsync(["as", "conftest", "test", .. words])).Exit);
    }

    [Fact]
    public async Task Is_what_a_link_of_its_name_starts()
    {
        _estate.StartedAs = "conftest";
        _estate.Write("a.json", """{"b": [1, "<x>"], "a": {}}""");

        var run = await _estate.RunAsync("parse", "a.json");

        Assert.Equal("{\n  \"a\": {},\n  \"b\": [\n    1,\n    \"\\u003cx\\u003e\"\n  ]\n}\n", run.Output);
    }

    [Fact]
    public async Task Reads_standard_input_as_YAML()
    {
        WriteShop();
        const string Piped = "kind: Deployment\nmetadata: {name: piped, labels: {owner: ada}}\n";

        var run = await _estate.RunWithInputAsync(Piped, "as", "conftest", "test", "-", "--no-color");

        Assert.StartsWith("FAIL - - main - piped may run as root\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_options_from_the_command_line_then_the_environment_then_its_file()
    {
        foreach (var name in new[] { "typed", "environment", "file" })
        {
            _estate.Write($"{name}/p.rego", $"package {name}\n\ndeny contains \"{name}\" if true\n");
        }

        _estate.Write("a.json", "{}");
        _estate.Write(
            "conftest.toml",
            "# where policies are\npolicy = [\"file\"]\nnamespace = 'file'\nno-color = true\n"
        );
        Assert.Contains("file - file\n", (await Run()).Output);

        _estate["CONFTEST_POLICY"] = "environment";
        _estate["CONFTEST_NAMESPACE"] = "environment";
        Assert.Contains("environment - environment\n", (await Run()).Output);
        Assert.Contains("typed - typed\n", (await Run("-ptyped", "-n=typed")).Output);

        Task<Transcript> Run(params string[] words) => _estate.RunAsync(["as", "conftest", "test", "a.json", .. words]);
    }

    [Fact]
    public async Task Combines_merges_data_and_selects_packages()
    {
        _estate.Write(
            "policy/p.rego",
            """
            package team.names

            deny contains msg if {
            	some item in input
            	item.contents.size in data.bad.sizes
            	msg := sprintf("%s: %v", [item.path, item.contents.size])
            }
            """
        );
        _estate.Write("data/a.yaml", "bad: {sizes: [1]}\n");
        _estate.Write("in/b.yaml", "size: 1\n---\nsize: 2\n");
        _estate.Write("in/skipped.json", """{"size": 1}""");

        var run = await _estate.RunAsync(
            "as",
            "conftest",
            "test",
            "in",
            "--combine",
            "-n",
            "team.*",
            "--ignore",
            "skipped",
            "--no-color"
        );

        Assert.Equal(
            "FAIL - Combined - team.names - in/b.yaml: 1\n\n1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions\n",
            run.Output
        );
    }

    [Fact]
    public async Task Runs_the_tests_of_policies()
    {
        WriteShop();
        _estate.Write(
            "policy/p_test.rego",
            """
            package main

            test_root if deny_run_as_root["x may run as root"] with input as {"kind": "Deployment", "metadata": {"name": "x"}}

            test_wrong if deny_run_as_root["y"] with input as {"kind": "Deployment", "metadata": {"name": "x"}}

            todo_test_later if false
            """
        );

        Golden.Matches(
            "golden/conftest-verify.txt",
            (await _estate.RunAsync("as", "conftest", "verify", "--no-color")).ToString()
        );
        Golden.Matches(
            "golden/conftest-verify-report.txt",
            (await _estate.RunAsync("as", "conftest", "verify", "--report", "fails")).ToString()
        );
    }

    [Fact]
    public async Task Explains_how_a_policy_was_evaluated()
    {
        _estate.Write(
            "policy/p.rego",
            "package main\n\ndeny contains \"x\" if {\n\tinput.a == 1\n\tprint(\"seen\")\n}\n"
        );
        _estate.Write("a.json", """{"a": 1}""");

        Golden.Matches(
            "golden/conftest-trace.txt",
            (
                await _estate.RunAsync("as", "conftest", "test", "a.json", "--trace", "--no-color", "-o", "tap")
            ).ToString()
        );
        Assert.Contains(
            "PRNT   policy/p.rego:5: seen",
            (await _estate.RunAsync("as", "conftest", "test", "a.json", "--no-color")).Output
        );
    }

    [Theory]
    [InlineData("no-policies", "test", "deploy", "-p", "empty")]
    [InlineData("no-policy-folder", "test", "deploy", "-p", "gone")]
    [InlineData("syntax-errors", "test", "deploy", "-p", "broken")]
    [InlineData("no-data", "test", "deploy", "-d", "gone")]
    [InlineData("data-that-is-no-object", "test", "deploy", "-d", "odd/list.yaml")]
    [InlineData("unknown-output", "test", "deploy", "-o", "jsno")]
    [InlineData("unknown-flag", "test", "deploy", "--polcy", "x")]
    [InlineData("flag-without-value", "test", "deploy", "-p")]
    [InlineData("unknown-command", "tset", "deploy")]
    [InlineData("unknown-parser", "test", "deploy", "--parser", "yml2")]
    [InlineData("absent-parser", "test", "odd/main.tf")]
    [InlineData("absent-parser-by-name", "test", "deploy", "--parser", "toml")]
    [InlineData("no-files", "test", "empty")]
    [InlineData("no-file", "test", "gone.yaml")]
    [InlineData("no-words", "test")]
    [InlineData("faulty-input", "test", "odd/faulty.yaml", "odd/faulty.json")]
    [InlineData("no-message", "test", "deploy", "-p", "mute")]
    [InlineData("rule-that-is-only-true", "test", "deploy", "-p", "true")]
    [InlineData("rego-version", "test", "deploy", "--rego-version", "v2")]
    [InlineData("config-file", "test", "deploy", "-c", "odd/conftest.toml")]
    [InlineData("no-config-file", "test", "deploy", "-c", "gone.toml")]
    [InlineData("unknown-report", "verify", "--report", "all")]
    public async Task Says_what_is_wrong(string name, params string[] words)
    {
        WriteShop();
        Directory.CreateDirectory(_estate.PathOf("empty"));
        _estate.Write("broken/a.rego", "package main\n\ndeny contains \"x\" if {\n\tinput.a ==\n}\n");
        _estate.Write("broken/b.rego", "package main\n\nallow = {\n");
        _estate.Write("mute/p.rego", "package main\n\ndeny contains {\"message\": \"x\"} if true\n");
        _estate.Write("true/p.rego", "package main\n\ndeny if true\n");
        _estate.Write("odd/list.yaml", "- 1\n");
        _estate.Write("odd/main.tf", "a = 1\n");
        _estate.Write("odd/faulty.yaml", "a: [\n");
        _estate.Write("odd/faulty.json", "{\n");
        _estate.Write("odd/conftest.toml", "policy = \"policy\"\n[output]\nform = 1\n");

        var run = await _estate.RunAsync(["as", "conftest", .. words]);

        Assert.Equal(1, run.Exit);
        Assert.Empty(run.Output);
        Golden.Matches($"golden/conftest-bad/{name}.txt", run.ToString());
    }

    [Theory]
    [InlineData("help", "as", "conftest", "--help")]
    [InlineData("help-test", "as", "conftest", "test", "--help")]
    [InlineData("help-verify", "as", "conftest", "verify", "-h")]
    [InlineData("help-parse", "as", "conftest", "parse", "-h")]
    public async Task Explains_itself(string name, params string[] words) =>
        Golden.Matches($"golden/conftest-{name}.txt", (await _estate.RunAsync(words)).ToString());

    [Theory]
    [InlineData("as-nothing", "as")]
    [InlineData("as-nobody", "as", "confest", "test", "--all")]
    public async Task Is_one_of_the_tools_there_are(string name, params string[] words)
    {
        var run = await _estate.RunAsync(words);

        Assert.Equal(2, run.Exit);
        Golden.Matches($"golden/{name}.txt", run.ToString());
    }

    private void WriteShop()
    {
        _estate.Write(
            "policy/p.rego",
            """
            package main

            deny_run_as_root contains msg if {
            	input.kind == "Deployment"
            	not input.spec.template.spec.securityContext.runAsNonRoot
            	msg := sprintf("%s may run as root", [input.metadata.name])
            }

            warn contains {"msg": "nobody owns it", "details": {"label": "owner"}, "_loc": {"file": "owners.yaml", "line": 3}} if {
            	input.kind == "Deployment"
            	not input.metadata.labels.owner
            }

            exception contains ["run_as_root"] if input.metadata.name == "legacy"
            """
        );
        _estate.Write(
            "deploy/web.yaml",
            """
            kind: Deployment
            metadata: {name: web}
            ---
            kind: Deployment
            metadata: {name: legacy, labels: {owner: ada}}

            """
        );
        _estate.Write("deploy/service.json", """{"kind": "Service", "metadata": {"name": "web"}}""");
    }
}
