using Plumbline.Cli.Verbs;

namespace Plumbline.Cli.Tests;

public sealed class What_other_verbs_print : IDisposable
{
    private readonly Estate _estate = new();

    public void Dispose() => _estate.Dispose();

    [Theory]
    [InlineData("help")]
    [InlineData("help-scan", "scan", "--help")]
    [InlineData("help-evidence", "evidence", "--help")]
    [InlineData("help-verify", "evidence", "verify", "-h")]
    [InlineData("help-list", "evidence", "list", "--help")]
    [InlineData("help-show", "evidence", "show", "--help")]
    [InlineData("help-checks", "checks", "--help")]
    [InlineData("help-frameworks", "frameworks", "--help")]
    [InlineData("help-init", "init", "--help")]
    [InlineData("help-doctor", "doctor", "--help")]
    [InlineData("help-completion", "completion", "--help")]
    [InlineData("help-as", "as", "--help")]
    [InlineData("checks", "checks")]
    [InlineData("checks-one", "checks", "demo_password")]
    [InlineData("frameworks", "frameworks")]
    [InlineData("frameworks-one", "frameworks", "demo")]
    public async Task Is_worth_reading(string name, params string[] args)
    {
        foreach (var width in new[] { 60, 80 })
        {
            _estate.Width = width;
            var run = await _estate.RunAsync(args);

            Assert.Equal(0, run.Exit);
            Golden.Matches($"golden/verbs/{name}-{width}.txt", run.ToString());
        }
    }

    [Fact]
    public void Has_examples_everywhere_and_stands_in_the_manual()
    {
        var manual = File.ReadAllText(Repository.Path("docs/cli.md"));
        var verbs = AllBelow(new RootVerb()).ToList();

        Assert.All(verbs, v => Assert.NotEmpty(v.Examples));
        Assert.All(verbs.Where(v => !v.IsGroup), v => Assert.Contains(PathOf(v), manual));
        Assert.All(
            verbs.SelectMany(v => v.Options).Select(o => o.Name).Distinct(),
            name => Assert.Contains($"{name}", manual)
        );

        static IEnumerable<Verb> AllBelow(Verb verb) =>
            verb.Subcommands.OfType<Verb>().SelectMany(v => AllBelow(v).Prepend(v));

        static string PathOf(Verb verb) =>
            verb.Parents.OfType<Verb>().First() is { } parent and not RootVerb
                ? $"{PathOf(parent)} {verb.Name}"
                : verb.Name;
    }

    [Fact]
    public async Task Is_what_was_sealed()
    {
        _estate.WriteShop();
        await _estate.RunAsync("scan", "--format", "json:report.json");
        _estate.Clock.Advance(TimeSpan.FromDays(1));
        await _estate.RunAsync("scan");

        Golden.Matches("golden/verbs/evidence-list.txt", (await _estate.RunAsync("evidence", "list")).ToString());
        Golden.Matches(
            "golden/verbs/evidence-show.txt",
            (await _estate.RunAsync("evidence", "show", "A-1")).ToString()
        );
        Golden.Matches("golden/verbs/evidence-verify.txt", (await _estate.RunAsync("evidence", "verify")).ToString());
        Golden.Matches(
            "golden/verbs/evidence-verify-report.txt",
            (await _estate.RunAsync("evidence", "verify", "A-1", "--report", "report.json")).ToString()
        );
    }

    [Fact]
    public async Task Of_a_report_that_was_changed_names_the_first_difference()
    {
        _estate.WriteShop();
        await _estate.RunAsync("scan", "--format", "json:report.json");
        var text = await File.ReadAllTextAsync(_estate.PathOf("report.json"), default);
        _estate.Write(
            "report.json",
            text.Replace("\"verdict\": \"fail\"", "\"verdict\": \"pass\"", StringComparison.Ordinal)
        );

        var run = await _estate.RunAsync("evidence", "verify", "--report", "report.json");

        Assert.Equal(1, run.Exit);
        Golden.Matches("golden/verbs/evidence-verify-changed.txt", run.ToString());
    }

    [Fact]
    public async Task Is_the_report_byte_for_byte_as_it_was()
    {
        _estate.WriteShop();
        await _estate.RunAsync("scan", "--format", "json:report.json");

        await _estate.RunAsync("evidence", "show", "A-1", "--format", "json");

        var again = await _estate.RunAsync("scan", "--format", "json", "--store", "other");
        var shown = await _estate.RunAsync("evidence", "show", "A-1", "--format", "json", "--store", "other");
        Assert.Equal(again.Output, shown.Output);
    }

    [Theory]
    [InlineData("report that is not there", "gone.json")]
    [InlineData("report that is no JSON", "pod.yaml")]
    [InlineData("report that names no assessment", "empty.json")]
    public async Task Of_a_wrong_report_is_said(string what, string file)
    {
        _estate.WriteShop();
        _estate.Write("empty.json", "{}");
        await _estate.RunAsync("scan");

        var run = await _estate.RunAsync("evidence", "verify", "--report", file);

        Assert.Equal(2, run.Exit);
        Assert.Contains(file, run.Error);
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task Of_an_assessment_that_there_is_not_is_said()
    {
        _estate.WriteShop();
        await _estate.RunAsync("scan");

        Assert.Contains("there is no assessment `A-7`", (await _estate.RunAsync("evidence", "show", "A-7")).Error);
        Assert.Contains("there is no assessment `A-7`", (await _estate.RunAsync("evidence", "verify", "A-7")).Error);
    }
}
