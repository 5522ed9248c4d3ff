using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Json.Schema;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Scanning;
using Plumbline.Core.Authored;
using Plumbline.Core.Settings;
using Plumbline.Exchange.Reports;

namespace Plumbline.Cli.Tests;

/// <summary>Editors judge <c>plumbline.yaml</c> by the schema, <c>plumb</c> by its reader: both have to say the same.</summary>
public sealed class Settings_and_their_schema
{
    private static readonly string Text = File.ReadAllText(Repository.Path("docs/formats/plumbline.schema.json"));

    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);

    private static readonly string[] Sections = ["checks", "gate"];

    /// <summary>Keys with the values that they take, and values that only look like it.</summary>
    private static readonly Gen<JsonNode?> Any = Gen.OneOf<string>(
            "null",
            "true",
            "false",
            "1",
            "2",
            "1.0",
            "\"\"",
            "\"1\"",
            "\" \"",
            "\"a\"",
            "\"a b\"",
            "\"a//b\"",
            "\"a/\"",
            "\"/a\"",
            "\"host/a\"",
            "\"a\\u0000b\"",
            "\"high\"",
            "\"High\"",
            "\"none\"",
            "\"report\"",
            "\"fail\"",
            "\"cli\"",
            "\"sarif:out\"",
            "\"json:\"",
            "\"jsn:out\"",
            "[]",
            "[\"a\"]",
            "[\"a\", \"a\"]",
            "[\"\"]",
            "[1]",
            "[null]",
            "[\"cli\", \"json:a\"]",
            "[\"cli\", \"cli\"]",
            "[\"json:\\u0000\"]",
            "[[\"a\"]]",
            "{}",
            "{\"include\": [\"a\"]}",
            "{\"include\": \"a\"}",
            "{\"failOn\": \"low\", \"audit\": true}",
            "{\"unknown\": \"fail\"}",
            "{\"unknown\": \"Fail\"}",
            "{\"audit\": \"yes\"}",
            "{\"zzz\": 1}"
        )
        .Select(text => JsonNode.Parse(text));

    private static readonly Gen<string> Key = Gen.OneOf<string>(
        "version",
        "name",
        "targets",
        "frameworks",
        "checks",
        "gate",
        "reports",
        "store",
        "boundary",
        "frameworx",
        ""
    );

    private static readonly Gen<JsonObject> Settings = Gen.Select(Key, Any)
        .Array[0, 3]
        .Select(members =>
        {
            var settings = new JsonObject();
            foreach (var (key, value) in members)
            {
                settings[key] = value?.DeepClone();
            }

            return settings;
        });

    [Fact]
    public void Judge_alike()
    {
        var accepted = 0;
        var refused = 0;
        Settings.Sample(
            settings =>
            {
                var text = settings.ToJsonString(); // which is YAML too
                var (fits, read) = (Fits(text), IsRead(text, out var faults));
                Assert.True(
                    fits == read,
                    $"{text}: the schema {(fits ? "accepts" : "refuses")} it, the reader says {faults}"
                );
                _ = read ? Interlocked.Increment(ref accepted) : Interlocked.Increment(ref refused);
            },
            iter: 5_000
        );

        Assert.True(accepted > 500 && refused > 500, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void Know_the_same_keys()
    {
        using var schema = JsonDocument.Parse(Text);
        var properties = schema.RootElement.GetProperty("properties");
        var known = properties
            .EnumerateObject()
            .SelectMany(p =>
                Sections.Contains(p.Name)
                    ? p.Value.GetProperty("properties").EnumerateObject().Select(q => $"{p.Name}.{q.Name}")
                    : [p.Name]
            );

        Assert.Equal(KnownTo("").Concat(Sections.SelectMany(KnownTo)).Order(), known.Order());
    }

    [Fact]
    public void Know_the_same_formats() =>
        Assert.Contains($"\"^({string.Join('|', ReportOrder.Words)})(:", Text, StringComparison.Ordinal);

    [Fact]
    public void Explain_every_key()
    {
        using var schema = JsonDocument.Parse(Text);
        var properties = schema.RootElement.GetProperty("properties");
        var all = properties
            .EnumerateObject()
            .Concat(Sections.SelectMany(s => properties.GetProperty(s).GetProperty("properties").EnumerateObject()));

        Assert.All(all, p => Assert.NotEmpty(p.Value.GetProperty("description").GetString()!));
    }

    [Fact]
    public void Accept_the_example_of_the_page()
    {
        var page = File.ReadAllText(Repository.Path("docs/cli.md"));
        var start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        var example = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];

        Assert.True(IsRead(example, out var faults), faults);
        Assert.True(FitsYaml(example));
    }

    /// <summary>The reader of the file, and that of the formats in it.</summary>
    private static bool IsRead(string text, out string faults)
    {
        var isRead = SettingsFile.TryRead("f", Encoding.UTF8.GetBytes(text), out var settings, out var found);
        var wrong = new List<Fault>();
        foreach (var report in settings?.Reports ?? [])
        {
            _ = ReportOrder.Parse(report, "/", wrong);
        }

        faults = string.Join('\n', found.Select(f => f.ToString()).Concat(wrong.Select(f => f.Message)));
        return isRead && wrong.Count == 0;
    }

    internal static bool FitsYaml(string yaml)
    {
        Assert.True(
            Languages.Yaml.YamlReader.TryRead(
                Encoding.UTF8.GetBytes(yaml),
                Languages.Yaml.YamlOptions.Core,
                out var document,
                out _
            )
        );
        return Fits(Values.Jcs.ToText(document!.Root));
    }

    private static bool Fits(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    /// <summary>The keys of a section, from the fault that lists them.</summary>
    private static IEnumerable<string> KnownTo(string section)
    {
        var text = section.Length == 0 ? "zzzzzz: 1" : $"{section}: {{zzzzzz: 1}}";
        _ = SettingsFile.TryRead("f", Encoding.UTF8.GetBytes(text), out _, out ImmutableArray<FileFault> faults);
        var names = faults.Single().Message.Split('`').Where((_, i) => i % 2 == 1).SkipLast(1);
        return section.Length == 0 ? names.Where(n => !Sections.Contains(n)) : names.Select(n => $"{section}.{n}");
    }
}
