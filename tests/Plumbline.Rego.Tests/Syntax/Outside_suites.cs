using System.Text.Json;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>Texts that OPA parses, from its own cases and from policy libraries.</summary>
public sealed class Outside_suites
{
    [Fact]
    public void Every_module_of_the_evaluation_cases_parses() => AllParse(Suites.Evaluation());

    [Fact]
    public void Every_module_of_the_compile_cases_parses() => AllParse(Suites.Compilation());

    [Fact]
    public void Every_policy_library_parses() => AllParse(Suites.Units());

    [Fact]
    public void A_policy_library_is_found_to_have_the_dialect_that_it_has()
    {
        foreach (var text in Suites.Units())
        {
            var parsed = RegoParser.Parse(SourceText.Of(text.Id, text.Text), DialectChoice.Detect);
            Assert.True(parsed.Diagnostics.IsEmpty, string.Join('\n', parsed.Diagnostics));
        }
    }

    [Fact]
    public void Every_query_of_the_evaluation_cases_parses()
    {
        foreach (var query in Suites.Queries())
        {
            var thrown = Record.Exception(() => RegoParser.ParseQuery(SourceText.Of(query.Id, query.Text)));
            Assert.True(thrown is null, $"{query.Text}\n{thrown?.Message}");
        }
    }

    [Fact]
    public void What_the_formatter_makes_of_a_text_is_the_same_tree()
    {
        var different = new List<string>();
        foreach (var line in Suites.Formatting())
        {
            var version = line.GetProperty("rego_version").GetString();
            var source = Tree(line, "source", version == "v1" ? DialectChoice.V1 : DialectChoice.V0);
            foreach (var name in new[] { "formatted", "formatted_no_keywords_in_refs" })
            {
                if (!line.TryGetProperty(name, out _))
                {
                    continue;
                }

                var formatted = Tree(line, name, version == "v0" ? DialectChoice.V0 : DialectChoice.V1);
                if (source != formatted)
                {
                    different.Add($"{Suites.Id(line)} {name}\n{Golden.Diff(source, formatted)}");
                }
            }
        }

        Assert.True(different.Count == 0, string.Join("\n\n", different));
    }

    private static string Tree(JsonElement line, string property, DialectChoice dialect)
    {
        var name = $"{Suites.Id(line)} {property}";
        var parsed = RegoParser.Parse(SourceText.Of(name, line.GetProperty(property).GetString()!), dialect);
        Assert.True(parsed.Module is not null, string.Join('\n', parsed.Diagnostics));
        return TreeDump.Of(parsed.Module.Rules, onlyMeaning: true);
    }

    private static void AllParse(IEnumerable<SuiteText> texts)
    {
        var failed = texts
            .Select(text => (text, RegoParser.Parse(SourceText.Of(text.Id, text.Text), text.Dialect).Diagnostics))
            .Where(x => !x.Diagnostics.IsEmpty)
            .Select(x => $"{string.Join('\n', x.Diagnostics)}\n{x.text.Text}")
            .ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} do not parse\n{string.Join("\n\n", failed.Take(10))}");
    }
}
