namespace Plumbline.Cli.Tests;

public sealed class Scanning_with_policies_of_ones_own : IDisposable
{
    private readonly Estate _estate = new();

    public Scanning_with_policies_of_ones_own()
    {
        _estate.WritePod();
        _estate.Write("settings.json", """{"debug": true}""");
        _estate.Write(
            "policy/main.rego",
            """
            # METADATA
            # title: Nothing runs with debugging on
            # custom: {severity: critical, fix: {text: Take the switch out.}}
            package main

            deny_debug contains {"msg": "debugging is on", "place": "/debug"} if input.debug == true

            warn contains sprintf("%s has no team", [input.metadata.name]) if {
            	input.kind == "Pod"
            	not input.metadata.labels.team
            }

            exception contains ["debug"] if data.excused.debug
            """
        );
        _estate.Write(
            "policy/silent.rego",
            "package team.zebras\n\nviolation contains \"x\" if input.kind == \"Zebra\"\n"
        );
    }

    public void Dispose() => _estate.Dispose();

    [Fact]
    public async Task Asks_them_about_every_document_besides_the_checks()
    {
        var run = await _estate.RunAsync("scan", "--policy", "policy");

        Assert.Equal(1, run.Exit);
        Golden.Matches("golden/scan-policy.txt", run.ToString());
        Assert.Equal(0, (await _estate.RunAsync("evidence", "verify")).Exit);
    }

    [Fact]
    public async Task Shows_again_from_the_evidence_what_it_showed()
    {
        var run = await _estate.RunAsync(
            "scan",
            "--policy",
            "policy",
            "--format",
            "json:report.json",
            "--format",
            "cli"
        );
        Assert.Contains("Matched nothing: data.team.zebras, it said nothing of 2 documents", run.Output);

        Assert.Equal(0, (await _estate.RunAsync("evidence", "verify", "--report", "report.json")).Exit);
        var report = await File.ReadAllTextAsync(_estate.PathOf("report.json"), default);
        Assert.Contains("\"matched_nothing\": [\n    \"data.team.zebras\"\n  ]", report);
    }

    [Fact]
    public async Task Asks_only_the_packages_and_checks_that_are_wanted()
    {
        var one = await _estate.RunAsync(
            "scan",
            "--policy",
            "policy",
            "--namespace",
            "team.*",
            "--check",
            "data.team.zebras"
        );
        Assert.Equal(0, one.Exit);
        Assert.Contains("1 check: 1 pass", one.Output);

        _estate.Write("plumbline.yaml", "policies: [policy]\nchecks: {exclude: [data.team.zebras]}\n");
        var settings = await _estate.RunAsync("scan");
        Assert.Contains("Nothing runs with debugging on", settings.Output);
        Assert.DoesNotContain("zebras", settings.Output);
    }

    [Fact]
    public async Task Takes_an_exception_from_data()
    {
        _estate.Write("excused/a.yaml", "excused: {debug: true}\n");

        var run = await _estate.RunAsync("scan", "--policy", "policy", "--data", "excused", "--check", "data.main");

        Assert.Equal(0, run.Exit);
        Assert.DoesNotContain("debugging is on", run.Output);

        _estate.Write("plumbline.yaml", "policies: [policy]\ndata: [excused]\n");
        Assert.DoesNotContain("debugging is on", (await _estate.RunAsync("scan")).Output);
    }

    [Fact]
    public async Task Asks_about_all_documents_as_one()
    {
        _estate.Write(
            "combined/p.rego",
            """
            package names

            deny contains msg if {
            	some a, b
            	a < b
            	input[a].contents.size == input[b].contents.size
            	msg := sprintf("%s and %s say the same", [input[a].path, input[b].path])
            }
            """
        );
        _estate.Write("in/a.yaml", "size: 1\n---\nsize: 2\n");
        _estate.Write("in/b.json", """{"size": 1}""");

        var run = await _estate.RunAsync("scan", "in", "--policy", "combined", "--combine", "--check", "data.names");

        Assert.Equal(1, run.Exit);
        Golden.Matches("golden/scan-combine.txt", run.ToString());

        _estate.Write("in/c.yaml", "size: [\n");
        _estate.Write("in/b.json", """{"size": 3}""");
        var unread = await _estate.RunAsync("scan", "in", "--policy", "combined", "--combine", "--check", "data.names");
        Assert.Contains("UNKN", unread.Output);
    }

    [Theory]
    [InlineData("policy-folder-gone", "--policy", "gone")]
    [InlineData("policy-folder-empty", "--policy", "empty")]
    [InlineData("policy-syntax-of-ones-own", "--policy", "broken", "--data", "odd")]
    [InlineData("policy-unknown-package", "--policy", "policy", "--namespace", "mian")]
    [InlineData("policy-data-gone", "--policy", "policy", "--data", "gone")]
    [InlineData("policy-options-alone", "--data", "odd", "--combine", "--namespace", "main")]
    [InlineData("policy-namespaces-twice", "--policy", "policy", "--namespace", "main", "--all-namespaces")]
    public async Task Refuses_what_is_wrong(string name, params string[] words)
    {
        Directory.CreateDirectory(_estate.PathOf("empty"));
        _estate.Write("broken/a.rego", "package a\n\ndeny contains \"x\" if {\n\tinput.a ==\n}\n");
        _estate.Write("broken/b.rego", "package b\n\nallow = {\n");
        _estate.Write("odd/list.yaml", "- 1\n");

        var run = await _estate.RunAsync(["scan", .. words]);

        Assert.Equal(2, run.Exit);
        Assert.Empty(run.Output);
        Golden.Matches($"golden/bad-input/{name}.txt", run.ToString());
    }

    [Fact]
    public async Task Notes_what_is_odd_about_a_policy()
    {
        _estate.Write("old/p.rego", "package old\n\ndeny[msg] { some x in input.list; x == 1; msg := \"x\" }\n");

        var run = await _estate.RunAsync("scan", "--policy", "old", "--check", "data.old");

        Assert.Contains("plumb: note: ", run.Error);
    }
}
