using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Plumbline.Core.Settings;

namespace Plumbline.Cli.Tests;

/// <summary><c>plumb init</c> and <c>plumb doctor</c>.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class The_first_steps : IDisposable
{
    private readonly Estate _estate = new();

    public void Dispose() => _estate.Dispose();

    [Theory]
    [InlineData(80)]
    [InlineData(112)]
    public async Task Begin_with_settings_that_fit_what_is_there(int width)
    {
        _estate.WriteShop();
        File.Delete(_estate.PathOf("pod.yaml"));
        _estate.Write("k8s/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n");
        _estate.Width = width;

        var run = await _estate.RunAsync("init");

        Assert.Equal(ExitCode.Fine, run.Exit);
        Golden.Matches($"golden/begin/init-{width}.txt", run.ToString());
        var settings = await ReadAsync("plumbline.yaml");
        Golden.Matches("golden/begin/plumbline.yaml.txt", settings);
        Assert.True(Settings_and_their_schema.FitsYaml(settings));
        Assert.Equal(
            File.ReadAllText(Repository.Path("docs/formats/plumbline.schema.json")),
            await ReadAsync(".plumbline.schema.json")
        );
        Assert.Contains("Read deploy k8s on", (await _estate.RunAsync("scan")).Output);
    }

    [Fact]
    public async Task May_begin_before_there_is_anything()
    {
        Directory.Delete(_estate.PathOf(".git"), recursive: true);

        var run = await _estate.RunAsync("init");

        Assert.Equal(ExitCode.Fine, run.Exit);
        Golden.Matches("golden/begin/plumbline-of-nothing.yaml.txt", await ReadAsync("plumbline.yaml"));
    }

    [Fact]
    public async Task Scan_everything_where_manifests_lie_at_the_root()
    {
        _estate.WriteShop();

        await _estate.RunAsync("init");

        Assert.Equal(["."], Read(await ReadAsync("plumbline.yaml")).Targets);
    }

    [Fact]
    public async Task Change_nothing_that_is_there()
    {
        _estate.Write("plumbline.yaml", "mine");
        _estate.Write(".plumbline.schema.json", "mine too");

        var run = await _estate.RunAsync("init");

        Assert.Equal(ExitCode.WrongInput, run.Exit);
        Assert.Contains("is there already: nothing was changed", run.Error);
        Assert.Equal("mine", await ReadAsync("plumbline.yaml"));
        File.Delete(_estate.PathOf("plumbline.yaml"));
        Assert.Equal(ExitCode.Fine, (await _estate.RunAsync("init")).Exit);
        Assert.Equal("mine too", await ReadAsync(".plumbline.schema.json"));
    }

    [Fact]
    public async Task Write_at_the_root_wherever_they_are_taken()
    {
        Directory.CreateDirectory(_estate.PathOf("deep/down"));
        _estate.Folder = _estate.PathOf("deep/down");

        await _estate.RunAsync("init");

        Assert.True(File.Exists(Path.Combine(_estate.Root, "shop/plumbline.yaml")));
    }

    [Fact]
    public async Task Tell_the_schema()
    {
        var run = await _estate.RunAsync("init", "--schema");

        Assert.Equal(File.ReadAllText(Repository.Path("docs/formats/plumbline.schema.json")), run.Output);
        Assert.False(File.Exists(_estate.PathOf("plumbline.yaml")));
    }

    [Fact]
    public void Write_names_so_that_they_are_read_again() =>
        Gen.OneOf([
                "a",
                "true",
                "null",
                "1",
                ".5",
                "- ",
                "#",
                ": ",
                "\"",
                "\\",
                "'",
                "\n",
                "\e",
                "\u2028",
                "é",
                "😀",
                "{",
                "*",
                "&",
                "!",
                " ",
            ])
            .Array[1, 4]
            .Select(string.Concat)
            .Sample(
                name =>
                {
                    var repository = new Targets.Files.SourceRepository("/r", $"host/{name}", IsStable: true);
                    var found = new Beginning.FoundManifests(
                        repository,
                        [(name, 1)],
                        new Core.Resources.Snapshot
                        {
                            Target = ".",
                            From = default,
                            To = default,
                            Identity = "",
                            Resources = [],
                        }
                    );
                    var settings = Read(Beginning.FirstSettings.Write(found, []));
                    Assert.Equal([name], settings.Targets);
                },
                iter: 500
            );

    [Theory]
    [InlineData(80)]
    [InlineData(112)]
    public async Task Are_looked_at_by_a_doctor(int width)
    {
        _estate.WriteShop();
        _estate.Width = width;

        var run = await _estate.RunAsync("doctor");

        Assert.Equal(ExitCode.Fine, run.Exit);
        Assert.False(Directory.Exists(_estate.PathOf(".plumbline")), "looking changes nothing");
        Golden.Matches($"golden/begin/doctor-{width}.txt", Masked(run));
    }

    [Fact]
    public async Task Are_looked_at_in_colour_that_adds_nothing()
    {
        _estate.WriteShop();

        var colored = await _estate.RunAsync("doctor", "--color", "always");

        Assert.Contains('\e', colored.Output);
        _estate["NO_COLOR"] = "1";
        Assert.Equal((await _estate.RunAsync("doctor")).Output, Ansi.Removed(colored.Output));
    }

    [Fact]
    public async Task Are_looked_at_with_all_that_is_wrong()
    {
        _estate.WriteShop();
        Directory.Delete(_estate.PathOf(".git"), recursive: true);
        _estate.Write("plumbline.yaml", "targets: [gone, deploy]\nreports: [\"sarif:gone/out\", jsn]\n");
        _estate.UseContent(("checks/demo/broken.rego", "package"));
        _estate.Write("file", "");

        var run = await _estate.RunAsync("doctor", "--store", "file/store");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Golden.Matches("golden/begin/doctor-wrong.txt", Masked(run));
    }

    [Fact]
    public async Task Are_looked_at_with_faults_in_the_settings()
    {
        _estate.WriteShop();
        _estate.Write("plumbline.yaml", "frameworx: [demo]\ngate: {failOn: severe}\n");

        var run = await _estate.RunAsync("doctor");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("FAIL  settings  plumbline.yaml:1:1: ", run.Output);
        Assert.Contains("2 problems", run.Output);
    }

    [Fact]
    public async Task Are_looked_at_with_the_store_and_its_keys()
    {
        _estate.WriteShop();
        await _estate.RunAsync("scan");
        Assert.Contains("OK    keys ", (await _estate.RunAsync("doctor")).Output);
        var key = Directory.GetFiles(_estate.Root, "log.pem", SearchOption.AllDirectories).Single();
        var secret = await File.ReadAllTextAsync(key, default);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.Delete(Path.Combine(Path.GetDirectoryName(key)!, "kek"));

        var run = await _estate.RunAsync("doctor");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("PLB-4020", run.Output);
        Assert.Contains("PLB-4021", run.Output);
        Assert.DoesNotContain(secret.Split('\n')[1], run.Output + run.Error);
    }

    [Fact]
    public async Task Are_looked_at_with_a_clock_that_went_back()
    {
        _estate.WriteShop();
        _estate.Clock.Advance(TimeSpan.FromDays(1));
        await _estate.RunAsync("scan");
        var back = new Estate { Clock = new(_estate.Clock.GetUtcNow().AddHours(-2)) };
        back["XDG_CONFIG_HOME"] = Path.Combine(_estate.Root, "config");
        back.WriteShop();

        var run = await back.RunAsync("doctor", "--store", _estate.PathOf(".plumbline"));

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("FAIL  clock     it is 25 Nov 2026, 07:00 UTC here", run.Output);
        back.Dispose();
    }

    [Fact]
    public async Task Are_looked_at_with_a_damaged_store()
    {
        _estate.WriteShop();
        await _estate.RunAsync("scan");
        await File.WriteAllTextAsync(_estate.PathOf(".plumbline/store.db"), "no database", default);

        var run = await _estate.RunAsync("doctor");

        Assert.Equal(ExitCode.Failed, run.Exit);
        Assert.Contains("FAIL  store ", run.Output);
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(_estate.PathOf(file), default);

    private static ProjectSettings Read(string text)
    {
        var isRead = SettingsFile.TryRead("f", Encoding.UTF8.GetBytes(text), out var settings, out var faults);
        Assert.True(isRead, string.Join('\n', faults) + "\n" + text);
        return settings!;
    }

    /// <summary>The machine's own facts, which take a line or two.</summary>
    private static string Masked(Transcript run) =>
        Identity()
            .Replace(Content().Replace(Plumb().Replace(run.ToString(), "OK    plumb     …"), "$1 in …"), "read as …");

    [GeneratedRegex("OK    plumb     [^\n]*(\n {16}[^\n]*)*")]
    private static partial Regex Plumb();

    [GeneratedRegex("(OK    content   [^\n]*?frameworks?)\\s+in\\s[^\n]*(\n {16}[^\n]*)*")]
    private static partial Regex Content();

    [GeneratedRegex("read\\s+as\\s+uid\\s+\\d+")]
    private static partial Regex Identity();
}
