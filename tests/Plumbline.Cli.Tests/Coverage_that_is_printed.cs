using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Cli.Tests;

/// <summary>What <c>plumb frameworks</c> says of the shipped frameworks, counted again from the text of their files, line by line.</summary>
/// <remarks>Neither the reader of YAML nor that of frameworks has a part in the second count.</remarks>
public sealed partial class Coverage_that_is_printed : IDisposable
{
    private readonly Estate _estate = new() { Width = 400 };

    public Coverage_that_is_printed() => _estate["PLUMB_CONTENT"] = Repository.Path("content");

    public static TheoryData<string> Frameworks =>
        [
            .. Directory
                .GetFiles(Repository.Path("content/frameworks"), "*.yaml")
                .Select(f => Path.GetFileNameWithoutExtension(f)!),
        ];

    private static int Checks =>
        Directory.GetFiles(Repository.Path("content/checks"), "*.rego", SearchOption.AllDirectories).Length;

    public void Dispose() => _estate.Dispose();

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Is_what_the_file_says(string id)
    {
        var count = Count.Of(id);

        var all = (await _estate.RunAsync("frameworks")).Output;
        var one = (await _estate.RunAsync("frameworks", id)).Output;

        Assert.Contains($"{id}  ", all, StringComparison.Ordinal);
        Assert.All(count.Lines(Checks), line => Assert.Contains(line, all, StringComparison.Ordinal));
        Assert.All(count.Lines(Checks), line => Assert.Contains(line, one, StringComparison.Ordinal));
        Assert.Contains(
            $"requirements that no check leads to: {N(count.Orphans.Count)} of {N(count.Demands)}{List(count.Orphans)} checks that lead",
            Space().Replace(one, " "),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Leaves_no_check_without_a_requirement() =>
        Assert.Contains(
            $"Every one of {Checks} checks is mapped to a requirement.",
            (await _estate.RunAsync("frameworks")).Output,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("soc2", 81, 61)]
    [InlineData("nist-800-53-r5", 1196 + 20, 1016)]
    [InlineData("cis-k8s-1.12", 131 + 16, 131)]
    public void Is_that_of_the_whole_catalogue(string id, int entries, int demands)
    {
        var count = Count.Of(id);
        Assert.Equal((entries, demands), (count.Demands + count.Headings + count.Withdrawn, count.Demands));
    }

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string List(List<string> ids) => ids.Count == 0 ? "" : $": {string.Join(", ", ids)}";

    private sealed record Count(
        int Demands,
        int Full,
        int Partial,
        int Related,
        int Headings,
        int Withdrawn,
        int Deciding,
        int Mapped,
        List<string> Orphans
    )
    {
        public static Count Of(string id)
        {
            var text = File.ReadAllText(Repository.Path($"content/frameworks/{id}.yaml")).Split("\nmappings:\n");
            var entries = Row().Matches(text[0]).Select(m => m.Value).ToList();
            var rows = Row().Matches(text[1]).Select(m => m.Value).ToList();
            var parents = entries.Select(e => Field(e, "parent")).ToHashSet();
            var demands = entries.Where(e => !parents.Contains(Field(e, "id")) && Field(e, "withdrawn") == "").ToList();
            var deciding = rows.Where(r => Field(r, "primary") == "true" && Field(r, "state") == "reviewed").ToList();
            var decided = deciding.Select(r => Field(r, "requirement")).ToHashSet();
            var named = rows.Select(r => Field(r, "requirement")).ToHashSet();
            var full = demands.Count(d => Field(d, "coverage") == "full");
            var withdrawn = entries.Count(e => Field(e, "withdrawn") != "");
            return new Count(
                demands.Count,
                full,
                demands.Count(d => decided.Contains(Field(d, "id"))) - full,
                named.Except(decided).Count(),
                entries.Count - demands.Count - withdrawn,
                withdrawn,
                deciding.Select(r => Field(r, "check")).Distinct().Count(),
                rows.Select(r => Field(r, "check")).Distinct().Count(),
                [.. demands.Select(d => Field(d, "id")).Where(d => !named.Contains(d))]
            );
        }

        public IEnumerable<string> Lines(int checks) =>
            [
                $"{N(Demands)} requirements: {N(Full)} full, {N(Partial)} partial, {N(Demands - Full - Partial)} manual\n",
                $"decided by {Deciding} of {checks} checks, named by a row {Mapped}"
                    + (Related == 0 ? "\n" : $"; rows that do not decide lead to {Related} more\n"),
                $"not counted: {Headings} headings" + (Withdrawn == 0 ? "\n" : $" and {Withdrawn} withdrawn\n"),
            ];

        private static string Field(string row, string name) =>
            Regex.Match(row, $"[{{ ]{name}: (?:\"([^\"]*)\"|([^,}}]*))") is var m
                ? m.Groups[1].Value + m.Groups[2].Value
                : "";
    }

    /// <summary>Lines are broken at spaces.</summary>
    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"^  - \{.*\}$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
