using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Cli.Tests.Evidence;

/// <summary>Gives the same statement on any machine: real processes under other zones, locales, numbers of cores and orders of files.</summary>
/// <remarks>Each has the machine's clock, so that alone differs: it is masked, and the times of the observation.</remarks>
public sealed class The_same_input : IDisposable
{
    private const int Pods = 700; // more than one stretch of work, so that several cores have some

    private static readonly ImmutableDictionary<string, string> Usual = ImmutableDictionary<string, string>.Empty;

    private readonly List<Estate> _estates = [];

    public void Dispose() => _estates.ForEach(e => e.Dispose());

    [Fact]
    public async Task Gives_the_same_statement_everywhere()
    {
        var usual = await StatementAsync(Usual);
        (string What, ImmutableDictionary<string, string> Variables, bool Backwards)[] others =
        [
            ("a zone east", Usual.Add("TZ", "Pacific/Kiritimati").Add("DOTNET_PROCESSOR_COUNT", "1"), false),
            ("a zone west and Turkish", In("tr_TR").Add("TZ", "America/St_Johns"), false),
            ("Arabic on two cores", In("ar_SA").Add("DOTNET_PROCESSOR_COUNT", "2"), false),
            ("German on eight", In("de_DE").Add("DOTNET_PROCESSOR_COUNT", "8"), false),
            ("files in another order", Usual, true),
        ];
        foreach (var (what, variables, backwards) in others)
        {
            var other = await StatementAsync(variables, backwards);
            Assert.True(usual == other, $"{what}:\n{Golden.Diff(usual, other)}");
        }

        Golden.Matches("statement.json", WithoutEngineAndUser(usual) + "\n");
    }

    private static ImmutableDictionary<string, string> In(string locale) =>
        Usual
            .Add("LANG", $"{locale}.UTF-8")
            .Add("LC_ALL", $"{locale}.UTF-8")
            .Add("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0");

    private async Task<string> StatementAsync(ImmutableDictionary<string, string> variables, bool backwards = false)
    {
        var estate = new Estate();
        _estates.Add(estate);
        Fill(estate, backwards);

        var run = await estate.RunProcessAsync(variables, "scan");

        Assert.Equal(ExitCode.Failed, run.Exit);
        return await estate.ReadAsync(
            1,
            async assessment =>
            {
                var read = await assessment.ReadAsync(default);
                var statement = JsonNode.Parse(assessment.StatementBytes.Span)!.AsObject();
                statement["clock"] = "";
                statement["observed"] = string.Join(
                    '\n',
                    read.Findings.Rows.Select(f =>
                        $"{f.Resource.Key} {f.Resource.Observed.File} {string.Join(' ', f.Parts.Select(p => f.Resource.Observed.PositionOf(p.Place)))}"
                    )
                )
                    is { Length: > 0 } places
                    ? $"{places.Length} characters of places, {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(places)))}"
                    : "";
                return statement.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
            }
        );
    }

    private static void Fill(Estate estate, bool backwards)
    {
        estate.WriteShop();
        var files = Enumerable
            .Range(0, 20)
            .Select(i =>
                (
                    $"i{i % 3}/İ-{i}.yaml",
                    string.Concat(
                        Enumerable
                            .Range(0, Pods / 20)
                            .Select(n =>
                                $"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: web-{i}-{n}, namespace: n{n % 4}}}\n"
                                + $"spec: {{weight: 1.50, containers: [{{name: I{n}, securityContext: {{privileged: {(n % 5 == 0 ? "true" : "false")}}}}}]}}\n"
                            )
                    )
                )
            );
        foreach (var (path, text) in backwards ? files.Reverse() : files)
        {
            estate.Write(path, text);
        }
    }

    /// <summary>The engine is another one after every build, and files are read under a user's number.</summary>
    private static string WithoutEngineAndUser(string statement)
    {
        var masked = JsonNode.Parse(statement)!.AsObject();
        masked["engine"] = "";
        masked["snapshot"] = "";
        return masked.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}
