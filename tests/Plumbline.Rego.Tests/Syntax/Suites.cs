using System.Text.Json;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>A Rego text of an outside suite.</summary>
internal sealed record SuiteText(string Id, string Text, DialectChoice Dialect);

/// <summary>The texts of the outside suites that are about Rego.</summary>
internal static class Suites
{
    private static readonly string[] Libraries = ["gatekeeper-library", "opa-library", "trivy-checks"];

    public static IEnumerable<SuiteText> Evaluation() =>
        Lines("conformance/rego/cases.jsonl").SelectMany(line => Modules(line, line.GetProperty("case")));

    public static IEnumerable<SuiteText> Compilation() =>
        Lines("conformance/rego/compile-cases.jsonl").SelectMany(line => Modules(line, line.GetProperty("case")));

    public static IEnumerable<SuiteText> Queries() =>
        Lines("conformance/rego/cases.jsonl")
            .Where(line => line.GetProperty("case").TryGetProperty("query", out _))
            .Select(line => new SuiteText(
                Id(line),
                line.GetProperty("case").GetProperty("query").GetString()!,
                DialectChoice.V1
            ));

    /// <summary>Inputs of OPA's formatter, with what it makes of them.</summary>
    public static IEnumerable<JsonElement> Formatting() => Lines("conformance/rego/parse-cases.jsonl");

    public static IEnumerable<SuiteText> Units() =>
        Libraries
            .SelectMany(library => Lines($"conformance/rego-unit/{library}.jsonl"))
            .SelectMany(line => line.GetProperty("files").EnumerateArray(), (line, file) => (line, file))
            .Where(x => x.file.GetProperty("path").GetString()!.EndsWith(".rego", StringComparison.Ordinal))
            .Select(x => new SuiteText(
                $"{Id(x.line)} {x.file.GetProperty("path").GetString()}",
                x.file.GetProperty("text").GetString()!,
                Dialect(x.line)
            ));

    public static string Id(JsonElement line) => line.GetProperty("id").GetString()!;

    private static IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(Shared.Path(file)).Select(line => JsonDocument.Parse(line).RootElement);

    private static DialectChoice Dialect(JsonElement line) =>
        line.GetProperty("rego_version").GetString() == "v0" ? DialectChoice.V0 : DialectChoice.V1;

    private static IEnumerable<SuiteText> Modules(JsonElement line, JsonElement data) =>
        data.TryGetProperty("modules", out var modules)
            ? modules
                .EnumerateArray()
                .Select((m, n) => new SuiteText($"{Id(line)} #{n}", m.GetString()!, Dialect(line)))
            : [];
}
