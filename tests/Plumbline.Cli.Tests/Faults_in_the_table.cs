using System.Text.RegularExpressions;
using Plumbline.Cli.Faults;

namespace Plumbline.Cli.Tests;

public sealed partial class Faults_in_the_table
{
    [Fact]
    public void Are_those_of_the_code() =>
        Assert.Equal(
            Directory
                .EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith("FaultTable.cs", StringComparison.Ordinal))
                .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
                .Distinct()
                .Order(StringComparer.Ordinal),
            FaultTable.Rows.Select(r => r.Code)
        );

    [Fact]
    public void Are_those_of_the_document()
    {
        var path = Repository.Path("docs/faults.md");
        var text = File.ReadAllText(path);
        var head = text[..text.IndexOf("\n## ", StringComparison.Ordinal)];
        Golden.Matches("../../docs/faults.md", head + FaultTable.ToMarkdown());
    }

    [Fact]
    public void Belong_to_a_room_each() =>
        Assert.All(
            FaultTable.Rows,
            r =>
                Assert.Contains(FaultTable.Rooms, t => r.Code.StartsWith($"PLB-{t.Thousand}", StringComparison.Ordinal))
        );

    [GeneratedRegex("\"(PLB-[0-9]{4})\"")]
    private static partial Regex Code();
}
