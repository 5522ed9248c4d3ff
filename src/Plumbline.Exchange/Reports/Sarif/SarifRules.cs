using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Plumbline.Core;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;

namespace Plumbline.Exchange.Reports.Sarif;

/// <summary>Checks as rules of a tool, and frameworks as taxonomies that the rules point into (SARIF 2.1.0, §3.19 and §3.49).</summary>
/// <remarks>
/// A rule is a check; which of its instances spoke stands at the result. GitHub sorts by <c>security-severity</c> (0.0 to 10.0, ten
/// times the impact) where the tag <c>security</c> is set, and takes 20 tags; requirements are therefore no tags.
/// </remarks>
internal sealed class SarifRules
{
    private readonly ReportModel _model;
    private readonly ImmutableArray<Check> _checks;
    private readonly FrozenDictionary<string, int> _indexes;

    /// <summary>Per framework, the requirements that a rule leads to, in the order of its file.</summary>
    private readonly ImmutableArray<(Framework Framework, ImmutableArray<Requirement> Taxa)> _taxonomies;

    public SarifRules(ReportModel model)
    {
        _model = model;
        _checks = [.. model.Assessment.Instances.Select(i => i.Check).DistinctBy(c => c.Id)];
        _indexes = _checks.Select((c, i) => (c.Id, i)).ToFrozenDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        var answered = _checks.SelectMany(model.RequirementsOf).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        _taxonomies =
        [
            .. model
                .Frameworks.Select(f =>
                    (f, f.Requirements.Where(r => answered.Contains($"{f.Id}/{r.Id}")).ToImmutableArray())
                )
                .Where(t => !t.Item2.IsEmpty),
        ];
    }

    public int IndexOf(Check check) => _indexes[check.Id];

    public void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "plumb");
        json.WriteString("semanticVersion", Assembly.GetExecutingAssembly().GetName().Version!.ToString(3));
        json.WriteStartArray("rules");
        foreach (var check in _checks)
        {
            WriteRule(json, check);
            json.FlushWhenFull();
        }

        json.WriteEndArray();
        json.WriteStartArray("notifications");
        foreach (
            var code in _model.Assessment.Input.Snapshot.Gaps.Select(g => g.Code).Distinct().Order(Ordinal.Comparer)
        )
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("supportedTaxonomies");
        foreach (var (framework, _) in _taxonomies)
        {
            WriteComponent(json, framework.Id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteTaxonomies(Utf8JsonWriter json)
    {
        json.WriteStartArray("taxonomies");
        foreach (var (framework, taxa) in _taxonomies)
        {
            json.WriteStartObject();
            json.WriteString("name", framework.Id);
            json.WriteString("fullName", framework.Title);
            if (framework.Publisher.Length > 0)
            {
                json.WriteString("organization", framework.Publisher);
            }

            json.WriteMessage("shortDescription", framework.Title);
            json.WriteBoolean("isComprehensive", false); // requirements that no rule leads to are left out
            json.WriteStartArray("taxa");
            foreach (var requirement in taxa)
            {
                json.WriteStartObject();
                json.WriteString("id", requirement.Id);
                json.WriteMessage("shortDescription", requirement.Title);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteRule(Utf8JsonWriter json, Check check)
    {
        var requirements = _model.RequirementsOf(check).DistinctBy(r => r.Key).ToList();
        json.WriteStartObject();
        json.WriteString("id", check.Id);
        if (!check.Formerly.IsEmpty)
        {
            json.WriteTexts("deprecatedIds", check.Formerly);
        }

        json.WriteMessage("shortDescription", check.Title);
        json.WriteMessage("fullDescription", check.Rationale.Length > 0 ? check.Rationale.Trim() : check.Title);
        WriteHelp(json, check, requirements);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", SarifWriting.LevelOf(check.Impact.Severity));
        json.WriteEndObject();
        WriteRelationships(json, requirements);
        WriteProperties(json, check, requirements);
        json.WriteEndObject();
    }

    private static void WriteHelp(Utf8JsonWriter json, Check check, List<MappedRequirement> requirements)
    {
        (string Head, string Text)[] sections =
        [
            ("What is asked", check.Description.Trim()),
            ("Why it matters", check.Rationale.Trim()),
            ("What to do", check.Fix.Trim()),
            (
                "Which requirements it answers",
                string.Join("\n", requirements.Select(r => $"{Naming.Of(r.Framework)} {r.Id} {r.Title}"))
            ),
        ];
        var written = sections.Where(s => s.Text.Length > 0).ToList();
        json.WriteMessage(
            "help",
            written.Count == 0 ? check.Title : string.Join("\n\n", written.Select(s => $"{s.Head}: {s.Text}")),
            string.Join("\n\n", written.Select(s => $"## {s.Head}\n\n{Lines(s.Text)}"))
        );
    }

    /// <summary>Lines stay lines, so that what stands one below the other in the file does in the help.</summary>
    private static string Lines(string text) => MarkdownText.Of(text).Replace("\n", "  \n", StringComparison.Ordinal);

    private void WriteRelationships(Utf8JsonWriter json, List<MappedRequirement> requirements)
    {
        json.WriteStartArray("relationships");
        foreach (var requirement in requirements)
        {
            var taxonomy = Index(_taxonomies, t => t.Framework.Id == requirement.Framework.Id);
            if (taxonomy < 0)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteStartObject("target");
            json.WriteString("id", requirement.Id);
            json.WriteNumber("index", Index(_taxonomies[taxonomy].Taxa, r => r.Id == requirement.Id));
            json.WritePropertyName("toolComponent");
            WriteComponent(json, requirement.Framework.Id);
            json.WriteEndObject();
            json.WriteTexts("kinds", ["relevant"]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter json, Check check, List<MappedRequirement> requirements)
    {
        json.WriteStartObject("properties");
        string[] tags = ["security", check.Family, .. requirements.Select(r => r.Framework.Id).Distinct()];
        json.WriteTexts("tags", tags.Where(t => t.Length > 0).Take(10));
        json.WriteString("security-severity", (10 * check.Impact.Value).ToString("0.0", CultureInfo.InvariantCulture));
        json.WriteString("precision", "very-high");
        json.WriteString("severity", JsonWriting.Word(check.Impact.Severity));
        json.WriteNumber("revision", check.Revision);
        json.WriteTexts("resources", check.Resources);
        json.WriteTexts("aliases", check.Aliases);
        json.WriteTexts("requirements", requirements.Select(r => r.Key));
        json.WriteEndObject();
    }

    private void WriteComponent(Utf8JsonWriter json, string framework)
    {
        json.WriteStartObject();
        json.WriteString("name", framework);
        json.WriteNumber("index", Index(_taxonomies, t => t.Framework.Id == framework));
        json.WriteEndObject();
    }

    private static int Index<T>(ImmutableArray<T> items, Func<T, bool> isIt)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (isIt(items[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
