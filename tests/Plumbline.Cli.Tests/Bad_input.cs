using System.Text;

namespace Plumbline.Cli.Tests;

/// <summary>Whatever is given: a text that says what is wrong and where, the right exit code, and a store that is as it was.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class Bad_input : IDisposable
{
    private readonly Estate _estate = new();

    public void Dispose() => _estate.Dispose();

    [Fact]
    public Task A_path_that_is_not_there() => IsRefused("missing-path", "scan", "deploi/");

    [Fact]
    public async Task A_path_that_cannot_be_read()
    {
        _estate.WritePod("closed.yaml");
        await using var closed = Closed("closed.yaml");

        await IsRefused("unreadable-path", "scan", "closed.yaml");
    }

    [Fact]
    public async Task A_path_that_cannot_be_read_among_others()
    {
        _estate.WritePod();
        _estate.WritePod("closed/pod.yaml");
        await using var closed = Closed("closed/pod.yaml");

        var run = await _estate.RunAsync("scan");

        Assert.Equal(0, run.Exit);
        Golden.Matches("golden/bad-input/unreadable-file.txt", run.ToString());
    }

    [Fact]
    public Task A_binary_file() => IsAGap("binary", [0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 1, 0xFF, 0xFE]);

    [Fact]
    public Task A_deep_document() => IsAGap("deep", $"a: {new string('[', 10_000)}{new string(']', 10_000)}\n");

    [Fact]
    public Task A_deep_json_document() =>
        IsAGap("deep-json", $"{new string('[', 10_000)}{new string(']', 10_000)}\n", "odd.json");

    [Fact]
    public Task A_huge_document() => IsAGap("huge", $"a: \"{new string('x', 5 << 20)}\"\n");

    [Fact]
    public Task An_alias_bomb()
    {
        var bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 9; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        return IsAGap("alias-bomb", bomb.ToString());
    }

    [Fact]
    public Task A_key_that_stands_twice() => IsAGap("duplicate-key", "apiVersion: v1\nkind: Pod\nkind: Job\n");

    [Fact]
    public async Task A_policy_with_errors_of_syntax()
    {
        _estate.UseContent(
            ("checks/demo/one.rego", "package checks.demo.one\n\ndeny contains \"x\" if {\n\tinput.a ==\n}\n"),
            ("checks/demo/two.rego", "package checks.demo.two\n\nallow = {\n")
        );
        _estate.WritePod();

        await IsRefused("policy-syntax", "scan");
    }

    [Fact]
    public async Task A_check_without_what_makes_it_one()
    {
        _estate.UseContent(("checks/demo/one.rego", "package checks.demo.one\n\ndeny contains \"x\" if input.a\n"));
        _estate.WritePod();

        await IsRefused("check-metadata", "scan");
    }

    [Fact]
    public async Task A_framework_with_faults()
    {
        _estate.UseContent(
            (
                "checks/demo/demo-owner.rego",
                await File.ReadAllTextAsync(ContentFile("checks/demo/demo-owner.rego"), default)
            ),
            (
                "frameworks/demo.yaml",
                """
                id: demo
                title: Demo
                publisher: Nobody
                text: paraphrased
                license: None.
                requirements:
                  - {id: D1, titel: Access}
                mappings:
                  - {requirement: D2, check: demo-ovner, primary: true, state: proposed, source: own}

                """
            )
        );
        _estate.WritePod();

        await IsRefused("framework-faults", "scan");
    }

    [Fact]
    public async Task A_policy_that_never_ends()
    {
        Endless.WriteTo(_estate);
        _estate.WritePod();

        var run = await _estate.RunAsync("scan");

        Assert.Equal(0, run.Exit);
        Golden.Matches("golden/bad-input/endless-policy.txt", run.ToString());
    }

    [Theory]
    [InlineData("no-such-verb", "scann", "deploy/")]
    [InlineData("no-such-subverb", "evidence", "lits")]
    [InlineData("no-subverb", "evidence")]
    [InlineData("no-such-option", "scan", "--fail-onn", "high", "--frameworks", "soc2")]
    [InlineData("no-such-option-far", "scan", "--frobnicate")]
    [InlineData("no-such-value", "scan", "--fail-on", "hihg", "--color", "purple", "--format", "jsn")]
    [InlineData("no-value", "scan", "--store")]
    [InlineData("value-of-a-switch", "scan", "--audit=yes")]
    [InlineData("no-such-check", "scan", "--check", "demo-ovner", "--framework", "dmeo")]
    [InlineData("one-word-too-many", "checks", "demo-owner", "demo-password")]
    [InlineData("two-reports-one-place", "scan", "--format", "json", "--format", "cli:-")]
    [InlineData("report-without-file", "scan", "--format", "json:")]
    [InlineData("no-label", "evidence", "show")]
    [InlineData("label-that-is-none", "evidence", "show", "3")]
    public Task A_word_that_means_nothing(string name, params string[] args)
    {
        _estate.WritePod();
        return IsRefused(name, args);
    }

    [Fact]
    public async Task Keys_of_plumbline_yaml_that_mean_nothing()
    {
        _estate.WritePod();
        _estate.Write(
            "plumbline.yaml",
            """
            version: 2
            frameworx: [demo]
            boundary: {in: [deploy]}
            checks: {includ: [demo-owner]}
            gate:
              failOn: severe
              audit: "yes"
              unknwon: fail
              claims: honour
            reports: json
            name: a b

            """
        );

        await IsRefused("settings", "scan");
    }

    [Fact]
    public async Task A_plumbline_yaml_that_is_no_yaml()
    {
        _estate.WritePod();
        _estate.Write("plumbline.yaml", "gate: [\n");

        await IsRefused("settings-syntax", "scan");
    }

    /// <summary>Nothing is read, nothing is sealed, and what was sealed before verifies.</summary>
    private async Task IsRefused(string name, params string[] args)
    {
        var run = await _estate.RunAsync(args);

        Assert.Equal(2, run.Exit);
        Assert.Empty(run.Output);
        Golden.Matches($"golden/bad-input/{name}.txt", run.ToString());
        var listed = await _estate.RunAsync("evidence", "list");
        Assert.True(
            listed.Exit == 2 || listed.Output.Contains("Nothing was sealed", StringComparison.Ordinal),
            $"{listed}"
        );
    }

    private Task IsAGap(string name, string text, string file = "odd.yaml") =>
        IsAGap(name, Encoding.UTF8.GetBytes(text), file);

    /// <summary>The rest is judged, the gap is told and sealed, and the store verifies.</summary>
    private async Task IsAGap(string name, byte[] bytes, string file = "odd.yaml")
    {
        _estate.WritePod();
        _estate.Write(file, bytes);

        var run = await _estate.RunAsync("scan");

        Assert.Equal(0, run.Exit);
        Assert.Contains("Not read: ", run.Output);
        Golden.Matches($"golden/bad-input/{name}.txt", run.ToString());
        Assert.Equal(0, (await _estate.RunAsync("evidence", "verify")).Exit);
    }

    /// <summary>Closes a file to every other opener of this process, root included.</summary>
    private FileStream Closed(string file) =>
        new(_estate.PathOf(file), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    private static string ContentFile(string path) => Repository.Path($"tests/Plumbline.Cli.Tests/content/{path}");
}
