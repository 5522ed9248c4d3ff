using System.Collections.Concurrent;
using System.Text.Json;
using Json.Schema;

namespace Plumbline.Exchange.Tests.Reports;

/// <summary>A JSON Schema that somebody else published, from a file: nothing is fetched.</summary>
internal sealed class PublishedSchema
{
    private static readonly EvaluationOptions Options = new()
    {
        OutputFormat = OutputFormat.List,
        RequireFormatValidation = true,
    };

    // Schemas register themselves under their name, which is refused the second time: each is read once.
    private static readonly ConcurrentDictionary<string, Lazy<JsonSchema>> Read = new(StringComparer.Ordinal);

    private readonly JsonSchema _schema;

    private PublishedSchema(string file) =>
        _schema = Read.GetOrAdd(file, f => new(() => JsonSchema.FromText(File.ReadAllText(f)))).Value;

    /// <summary>SARIF 2.1.0 in its draft-07 edition; skips the test where the outside schemas are missing.</summary>
    public static PublishedSchema Sarif() => new(Shared.Path("schemas/sarif/sarif-2.1.0-schemastore-draft07.json"));

    /// <summary>What does not fit, each with its place; empty where all does.</summary>
    public IReadOnlyList<string> Faults(JsonElement document)
    {
        var result = _schema.Evaluate(document, Options);
        return result.IsValid
            ? []
            :
            [
                .. (result.Details ?? [])
                    .Where(d => d.Errors is { Count: > 0 })
                    .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Key}: {e.Value}")),
            ];
    }
}
