using System.Text.Json;

namespace Plumbline.Cli.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class Reports_of_a_run : IDisposable
{
    private readonly Estate _estate = new();

    public Reports_of_a_run() => _estate.WriteShop();

    public void Dispose() => _estate.Dispose();

    [Fact]
    public async Task May_be_several_at_once()
    {
        var run = await _estate.RunAsync([
            "scan",
            "--format=cli:out.txt",
            "--format",
            "sarif:out.sarif",
            "--format",
            "json:-",
        ]);

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Equal("plumbline.dev/report/v1", Member(run.Output, "schema"));
        Assert.Equal("2.1.0", Member(await ReadAsync("out.sarif"), "version"));
        var text = await ReadAsync("out.txt");
        Assert.Contains("No container is privileged", text);
        Assert.Contains("Sealed as A-1", text);
        Assert.DoesNotContain('\e', text);
    }

    [Fact]
    public async Task Are_those_of_the_settings_where_nothing_is_typed()
    {
        _estate.Write("plumbline.yaml", "reports: [\"sarif:a/out.sarif\", cli]\n");
        Directory.CreateDirectory(_estate.PathOf("a"));

        var run = await _estate.RunAsync("scan", "deploy");

        Assert.Contains("Sealed as A-1", run.Output);
        Assert.Equal("2.1.0", Member(await ReadAsync("a/out.sarif"), "version"));
    }

    [Fact]
    public async Task Are_what_their_evidence_gives_again()
    {
        await _estate.RunAsync("scan", "--format", "sarif:out.sarif");

        var shown = await _estate.RunAsync("evidence", "show", "A-1", "--format", "sarif");

        Assert.Equal(Unmasked(await ReadAsync("out.sarif")), Unmasked(shown.Output));
    }

    [Theory]
    [InlineData("format-unknown", "--format", "saraf:out.sarif")]
    [InlineData("format-twice-to-one-file", "--format", "json:out", "--format", "sarif:./a/../out")]
    [InlineData("format-twice-to-output", "--format", "json", "--format", "sarif:-")]
    [InlineData("format-in-no-folder", "--format", "sarif:gone/out.sarif", "--format", "json:away/out.json")]
    [InlineData("format-to-a-folder", "--format", "sarif:deploy")]
    [InlineData("format-below-a-file", "--format", "sarif:pod.yaml/out.sarif")]
    [InlineData("format-to-no-device", "--format", "sarif:/dev/gone")]
    public async Task Are_refused_before_anything_is_read(string name, params string[] formats)
    {
        var run = await _estate.RunAsync(["scan", .. formats]);

        Assert.Equal(ExitCode.WrongInput, run.Exit);
        Assert.Empty(run.Output);
        Assert.False(Directory.Exists(_estate.PathOf(".plumbline")), "the store is made by runs that begin");
        Golden.Matches($"golden/bad-input/{name}.txt", run.ToString());
    }

    [Fact]
    public async Task Are_refused_in_the_settings_in_the_same_words()
    {
        _estate.Write("plumbline.yaml", "reports: [\"sarif:gone/out.sarif\", jsn, cli, cli]\n");

        var run = await _estate.RunAsync("scan");

        Assert.Equal(ExitCode.WrongInput, run.Exit);
        Assert.Contains("PLB-1004", run.Error);
    }

    [Fact]
    public async Task Replace_what_was_there_and_keep_its_rights()
    {
        _estate.Write("out.json", "before");
        File.SetUnixFileMode(_estate.PathOf("out.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_estate.PathOf("link.json"), "out.json");

        await _estate.RunAsync("scan", "--format", "json:link.json");

        Assert.Equal("plumbline.dev/report/v1", Member(await ReadAsync("out.json"), "schema"));
        Assert.Equal("out.json", new FileInfo(_estate.PathOf("link.json")).LinkTarget);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_estate.PathOf("out.json")));
        Assert.DoesNotContain(Directory.GetFiles(_estate.Folder), f => Path.GetFileName(f).StartsWith('.'));
    }

    [Fact]
    public async Task Are_not_left_half_written()
    {
        using var mount = Storage.Tests.Mount.Small(_estate.PathOf("small"), "8k");
        await File.WriteAllTextAsync(_estate.PathOf("small/out.json"), "before", default);

        var run = await _estate.RunAsync("scan", "--format", "json:small/out.json", "--format", "sarif:out.sarif");

        Assert.Equal(ExitCode.WrongInput, run.Exit);
        Assert.Contains("PLB-7007", run.Error);
        Assert.Equal("before", await ReadAsync("small/out.json"));
        Assert.Single(Directory.GetFileSystemEntries(_estate.PathOf("small")));
        Assert.Equal("2.1.0", Member(await ReadAsync("out.sarif"), "version"));
    }

    [Fact]
    public async Task Are_written_when_nothing_can_be_sealed()
    {
        _estate.Write("store", "no folder");

        var run = await _estate.RunAsync("scan", "--store", "store/below", "--format", "sarif:out.sarif");

        Assert.Equal(ExitCode.WrongInput, run.Exit);
        using var log = JsonDocument.Parse(await ReadAsync("out.sarif"));
        var properties = log.RootElement.GetProperty("runs")[0].GetProperty("properties");
        Assert.Equal("none", properties.GetProperty("evidence").GetProperty("state").GetString());
    }

    [Fact]
    public async Task May_go_to_a_device()
    {
        var run = await _estate.RunAsync("scan", "--format", "json:/dev/null");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.True(File.Exists("/dev/null"));
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(_estate.PathOf(file), default);

    private static string? Member(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetString();
    }

    /// <summary>Without what the estate masks in outputs, and not in files.</summary>
    private static string[] Unmasked(string log) =>
        [.. log.Split('\n').Where(l => !l.Contains("\"log\"") && !l.Contains("\"leaf_hash\""))];
}
