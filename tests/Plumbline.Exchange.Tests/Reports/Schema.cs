using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plumbline.Exchange.Tests.Reports;

/// <summary>As much of JSON Schema (2020-12) as our schemas use; a keyword that it does not know is an error.</summary>
internal sealed class Schema(JsonElement root)
{
    private static readonly HashSet<string> Notes = ["$schema", "title", "description", "default", "$defs"];

    public static Schema OfReports { get; } =
        new(JsonDocument.Parse(File.ReadAllText(Repository.Path("docs/formats/report.schema.json"))).RootElement);

    /// <summary>What in <paramref name="value"/> does not fit, each with its place.</summary>
    public IEnumerable<string> Faults(JsonElement value) => Faults(root, value, "");

    /// <summary>Members of objects that the schema lists members of, without being listed.</summary>
    public IEnumerable<string> Unnamed(JsonElement value) => Unnamed(root, value, "");

    private IEnumerable<string> Faults(JsonElement schema, JsonElement value, string at)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            var found = keyword.Name switch
            {
                "$ref" => Faults(Defined(keyword.Value), value, at),
                "type" => Unless(IsOfType(keyword.Value, value), at, $"expected {keyword.Value}"),
                "const" => Unless(JsonElement.DeepEquals(keyword.Value, value), at, $"expected {keyword.Value}"),
                "enum" => Unless(
                    keyword.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)),
                    at,
                    $"expected one of {keyword.Value}"
                ),
                "pattern" => Unless(
                    value.ValueKind != JsonValueKind.String
                        || Regex.IsMatch(
                            value.GetString()!,
                            keyword.Value.GetString()!,
                            RegexOptions.None,
                            TimeSpan.FromSeconds(1)
                        ),
                    at,
                    $"expected {keyword.Value}"
                ),
                "minimum" => Unless(
                    value.ValueKind != JsonValueKind.Number || value.GetInt64() >= keyword.Value.GetInt64(),
                    at,
                    $"expected at least {keyword.Value}"
                ),
                "required" => keyword
                    .Value.EnumerateArray()
                    .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                    .Select(name => $"{at}: expected {name}"),
                "properties" => keyword
                    .Value.EnumerateObject()
                    .Where(p => value.TryGetProperty(p.Name, out _))
                    .SelectMany(p => Faults(p.Value, value.GetProperty(p.Name), $"{at}/{p.Name}")),
                "additionalProperties" => value
                    .EnumerateObject()
                    .SelectMany(p => Faults(keyword.Value, p.Value, $"{at}/{p.Name}")),
                "items" => value.EnumerateArray().SelectMany((item, i) => Faults(keyword.Value, item, $"{at}/{i}")),
                "if" => Faults(keyword.Value, value, at).Any() ? [] : Faults(schema.GetProperty("then"), value, at),
                "then" => [],
                var name when Notes.Contains(name) => [],
                var name => throw new NotSupportedException($"expected a keyword that this reader knows, got `{name}`"),
            };
            foreach (var fault in found)
            {
                yield return fault;
            }
        }
    }

    private IEnumerable<string> Unnamed(JsonElement schema, JsonElement value, string at)
    {
        schema = schema.TryGetProperty("$ref", out var reference) ? Defined(reference) : schema;
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            return value.EnumerateArray().SelectMany((item, i) => Unnamed(items, item, $"{at}/{i}"));
        }

        if (value.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties))
        {
            return [];
        }

        return value
            .EnumerateObject()
            .SelectMany(p =>
                properties.TryGetProperty(p.Name, out var inner)
                    ? Unnamed(inner, p.Value, $"{at}/{p.Name}")
                    : [$"{at}/{p.Name}"]
            );
    }

    private JsonElement Defined(JsonElement reference) =>
        root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);

    private static bool IsOfType(JsonElement type, JsonElement value) =>
        type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(t => IsOfType(t, value))
            : type.GetString() switch
            {
                "object" => value.ValueKind == JsonValueKind.Object,
                "array" => value.ValueKind == JsonValueKind.Array,
                "string" => value.ValueKind == JsonValueKind.String,
                "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
                "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
                "null" => value.ValueKind == JsonValueKind.Null,
                var other => throw new NotSupportedException($"expected a type that this reader knows, got `{other}`"),
            };

    private static IEnumerable<string> Unless(bool fits, string at, string fault) => fits ? [] : [$"{at}: {fault}"];
}
