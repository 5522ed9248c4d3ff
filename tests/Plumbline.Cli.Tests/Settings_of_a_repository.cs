namespace Plumbline.Cli.Tests;

public sealed class Settings_of_a_repository : IDisposable
{
    private readonly Estate _estate = new();

    public Settings_of_a_repository() => _estate.WriteShop();

    public void Dispose() => _estate.Dispose();

    [Fact]
    public async Task Are_what_a_scan_does_when_nothing_is_typed()
    {
        _estate.Write(
            "plumbline.yaml",
            """
            version: 1
            name: example/shop
            targets: [deploy]
            frameworks: [demo]
            checks: {exclude: [demo_owner]}
            gate: {failOn: none, unknown: fail}
            reports: [cli, "json:out.json"]
            store: evidence

            """
        );

        var run = await _estate.RunAsync("scan");

        Assert.Equal(ExitCode.Incomplete, run.Exit); // a Secret's value is not told
        Assert.Contains("Read deploy on", run.Output);
        Assert.DoesNotContain("Everything has an owner", run.Output);
        Assert.True(File.Exists(_estate.PathOf("evidence/store.db")));
        Assert.Contains("repo:example/shop//deploy", await File.ReadAllTextAsync(_estate.PathOf("out.json"), default));
    }

    [Fact]
    public async Task Count_after_what_is_typed()
    {
        _estate.Write(
            "plumbline.yaml",
            "targets: [gone]\nchecks: {include: [demo-owner]}\ngate: {failOn: none}\nreports: [json]\nstore: evidence\n"
        );

        var run = await _estate.RunAsync([
            "scan",
            "deploy",
            "--check",
            "demo_privileged",
            "--fail-on",
            "critical",
            "--format",
            "cli",
            "--store",
            "other",
        ]);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("No container is privileged", run.Output);
        Assert.DoesNotContain("Everything has an owner", run.Output);
        Assert.True(File.Exists(_estate.PathOf("other/store.db")));
        Assert.False(Directory.Exists(_estate.PathOf("evidence")));
    }

    [Fact]
    public async Task Stand_at_its_root_and_nowhere_else()
    {
        _estate.Write("deploy/plumbline.yaml", "gate: {failOn: none}\n");
        Assert.Equal(ExitCode.Failed, (await _estate.RunAsync("scan", "deploy")).Exit);

        _estate.Write("plumbline.yaml", "gate: {failOn: none}\n");
        Assert.Equal(ExitCode.Fine, (await _estate.RunAsync("scan", "deploy")).Exit);
    }

    [Theory]
    [InlineData("critical", ExitCode.Failed)]
    [InlineData("none", ExitCode.Fine)]
    public async Task Can_be_replaced_by_the_gate_that_is_typed(string failOn, int exit) =>
        Assert.Equal(exit, (await _estate.RunAsync("scan", "--fail-on", failOn)).Exit);

    [Fact]
    public async Task Can_ask_the_gate_to_say_only_what_it_would_do()
    {
        _estate.Write("plumbline.yaml", "gate: {audit: true, unknown: fail}\n");

        var run = await _estate.RunAsync("scan");

        Assert.Equal(ExitCode.Fine, run.Exit);
        Assert.Contains("Gate, audit only: 1 finding of severity high or worse fails", run.Output);
        Assert.Equal(ExitCode.WrongInput, (await _estate.RunAsync("scan", "gone")).Exit); // never 2 to 0
    }
}
