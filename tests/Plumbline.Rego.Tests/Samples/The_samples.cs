using System.Text;
using Plumbline.Rego.Syntax;
using Plumbline.Rego.Testing;
using Plumbline.Rego.Tracing;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Samples;

/// <summary>CONTRACTS §9: policies that people copy out of guides run as OPA would run them, or are told what OPA tells and what to change.</summary>
/// <remarks>Of each sample: as it is printed, with what is wrong with it in either dialect; and corrected, with answers and traces.</remarks>
public sealed class The_samples
{
    [Theory]
    [InlineData("admission/printed.rego")]
    [InlineData("privileged/printed.rego")]
    [InlineData("privileged/printed.rego", "privileged/tests.printed.rego")]
    [InlineData("privileged/printed.rego", "privileged/tests.imported.rego")]
    [InlineData("privileged/printed.rego", "privileged/tests.corrected.rego")]
    [InlineData("latest/printed.rego")]
    [InlineData("admission/corrected.rego")]
    public void Load_or_are_told_why_not(params string[] files)
    {
        var text = new StringBuilder();
        foreach (var dialect in Enum.GetValues<DialectChoice>())
        {
            text.Append($"== {string.Join(", ", files)} as {dialect}\n{Loading(files, dialect)}\n");
        }

        Golden.Matches($"golden/load-{NameOf(files[^1])}.txt", text.ToString());
    }

    [Theory]
    [InlineData("admission/printed.rego", "data.kubernetes.admission.deny", "pod", "deployment", "fine")]
    [InlineData("admission/corrected.rego", "data.kubernetes.admission.deny", "pod", "deployment", "fine")]
    [InlineData("privileged/printed.rego", "data.k8sdisallowprivileged.violation", "pod")]
    [InlineData("latest/printed.rego", "data.k8sdisallowlatest.violation", "pod")]
    public void Answer_as_they_do_in_OPA(string file, string query, params string[] inputs)
    {
        var policy = Load([file], DialectChoice.Detect);
        var folder = Path.GetDirectoryName(file);
        var text = new StringBuilder();
        foreach (var input in inputs)
        {
            var trace = new Trace();
            var options = new EvaluationOptions { Input = Json.Parse(Read($"{folder}/{input}.json")), Trace = trace };
            var solution = Assert.Single(policy.Query($"x := {query}").Evaluate(options));
            text.Append($"== {input}: {solution.Bindings["x"]}\n");
            text.AppendJoin('\n', Explanation.Lines(trace, ExplanationKind.Full)).Append('\n');
        }

        Golden.Matches($"golden/run-{NameOf(file)}.txt", text.ToString());
    }

    [Fact]
    public void Answer_alike_as_printed_and_corrected()
    {
        foreach (var input in new[] { "pod", "deployment", "fine" })
        {
            var answers = new[] { "printed", "corrected" }
                .Select(form => Load([$"admission/{form}.rego"], DialectChoice.Detect))
                .Select(p =>
                    p.Query("x := data.kubernetes.admission.deny")
                        .Evaluate(new EvaluationOptions { Input = Json.Parse(Read($"admission/{input}.json")) })[0]
                        .Bindings["x"]
                );
            Assert.Single(answers.Distinct());
        }
    }

    [Theory]
    [InlineData("tests.imported.rego", "test_deny_privileged Pass, test_allow_unprivileged Fail")]
    [InlineData("tests.corrected.rego", "test_deny_privileged Pass, test_allow_unprivileged Pass")]
    public void Hold_where_their_tests_are_corrected(string tests, string expected)
    {
        var policy = Load(["privileged/printed.rego", $"privileged/{tests}"], DialectChoice.Detect);
        var results = TestRunner.Run(policy, new EvaluationOptions(), default);
        Assert.Equal(expected, string.Join(", ", results.Select(r => $"{r.Test.Name} {r.Verdict}")));
    }

    [Fact]
    public void Stand_in_the_template_whose_indentation_is_restored()
    {
        var printed = Read("privileged/template.printed.yaml").Split('\n');
        var restored = Read("privileged/template.restored.yaml").Split('\n')[1..];
        Assert.Equal(printed, restored.Select(l => l.TrimStart()));

        const string indentation = "        ";
        var rego = restored.SkipWhile(l => l.Trim() != "rego: |").Skip(1).Where(l => l.Length > 0).ToList();
        Assert.All(rego, l => Assert.StartsWith(indentation, l, StringComparison.Ordinal));
        var inside = Policy.Compile([
            SourceText.Of("template", string.Join('\n', rego.Select(l => l[indentation.Length..]))),
        ]);
        var outside = Load(["privileged/printed.rego"], DialectChoice.Detect);
        Assert.Equal(outside.Documents, inside.Documents);
    }

    private static string Loading(string[] files, DialectChoice dialect)
    {
        try
        {
            var policy = Load(files, dialect);
            return policy.Warnings.Count == 0 ? "loads" : string.Join('\n', policy.Warnings);
        }
        catch (PolicyException refused)
        {
            return string.Join('\n', refused.Diagnostics);
        }
    }

    private static Policy Load(string[] files, DialectChoice dialect) =>
        Policy.Compile(files.Select(f => SourceText.Of(Path.GetFileName(f), Read(f))), dialect);

    private static string Read(string file) =>
        File.ReadAllText(Repository.Path($"tests/Plumbline.Rego.Tests/Samples/fixtures/{file}"));

    private static string NameOf(string file) => file.Replace('/', '-').Replace(".rego", "", StringComparison.Ordinal);
}
