using System.Text;
using System.Text.Json;
using CsCheck;
using Plumbline.Core.Assessments;
using Plumbline.Core.Judging;
using Plumbline.Exchange.Reports;
using Plumbline.Exchange.Reports.Sarif;

namespace Plumbline.Exchange.Tests.Reports;

public sealed class Sarif_report
{
    [Fact]
    public void Is_what_its_page_says() => Golden.Matches("report.sarif", WithoutVersion(Write(Sample.Model())));

    [Fact]
    public void Fits_the_published_schema() => Assert.Empty(FaultsOf(Sample.Model()));

    [Fact]
    public void Of_anything_fits_the_published_schema()
    {
        _ = PublishedSchema.Sarif(); // skips here, and not in the middle of a sample
        AnyModel.Model.Sample(model => Assert.Empty(FaultsOf(model)), iter: 300, seed: "0N0XIzNsQ0O2");
    }

    [Theory]
    [InlineData("\"kind\": \"fail\"", "\"kind\": \"bad\"")]
    [InlineData("\"ruleIndex\": 0", "\"ruleIndex\": -2")]
    [InlineData("\"startTimeUtc\": \"2026-11-24T", "\"startTimeUtc\": \"24 Nov 2026 ")]
    [InlineData("\"executionSuccessful\"", "\"successful\"")]
    public void Is_told_from_what_does_not_fit(string written, string changed)
    {
        var text = Write(Sample.Model());
        Assert.Contains(written, text);
        using var log = JsonDocument.Parse(text.Replace(written, changed, StringComparison.Ordinal));

        Assert.NotEmpty(PublishedSchema.Sarif().Faults(log.RootElement));
    }

    [Fact]
    public void Is_the_same_whenever_it_is_written() =>
        AnyModel.Model.Sample(model => Assert.Equal(Write(model), Write(model)), iter: 50);

    [Fact]
    public void Lists_whatever_is_no_pass_and_calls_nothing_unknown_a_failure_or_a_pass() =>
        AnyModel.Model.Sample(
            model =>
            {
                using var log = JsonDocument.Parse(Write(model));
                var kinds = ResultsOf(log).Select(r => r.GetProperty("kind").GetString()).ToList();
                var findings = model.Assessment.Findings.All.ToList();
                var parts = findings.SelectMany(f => f.Parts.Select(p => (f.Verdict, p.IsCertain))).ToList();

                Assert.DoesNotContain("pass", kinds);
                Assert.Equal(parts.Count(p => p is (Verdict.Fail, true)), kinds.Count("fail".Equals));
                Assert.Equal(
                    parts.Count(p => p is not (Verdict.Fail, true))
                        + findings.Count(f => f.Verdict == Verdict.Unknown && f.Parts.IsEmpty),
                    kinds.Count("open".Equals)
                );
                Assert.Equal(
                    findings.Count(f => f.Verdict == Verdict.NotApplicable),
                    kinds.Count("notApplicable".Equals)
                );
                Assert.All(
                    ResultsOf(log).Where(r => r.GetProperty("kind").GetString() != "fail"),
                    r => Assert.Equal("none", r.GetProperty("level").GetString())
                );
            },
            iter: 200
        );

    [Fact]
    public void Points_from_results_to_rules_and_from_rules_to_requirements() =>
        AnyModel.Model.Sample(
            model =>
            {
                using var log = JsonDocument.Parse(Write(model));
                var run = log.RootElement.GetProperty("runs")[0];
                var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
                Assert.All(
                    ResultsOf(log),
                    r =>
                        Assert.Equal(
                            r.GetProperty("ruleId").GetString(),
                            rules[r.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()
                        )
                );
                foreach (var rule in rules.EnumerateArray())
                {
                    foreach (var relationship in rule.GetProperty("relationships").EnumerateArray())
                    {
                        var target = relationship.GetProperty("target");
                        var taxonomy = run.GetProperty("taxonomies")[
                            target.GetProperty("toolComponent").GetProperty("index").GetInt32()
                        ];
                        var taxon = taxonomy.GetProperty("taxa")[target.GetProperty("index").GetInt32()];
                        Assert.Equal(target.GetProperty("id").GetString(), taxon.GetProperty("id").GetString());
                    }
                }
            },
            iter: 100
        );

    [Fact]
    public void Has_a_suppression_for_what_is_waived_and_for_nothing_else()
    {
        using var log = JsonDocument.Parse(Write(Sample.Model()));

        var suppressed = ResultsOf(log).Where(r => r.GetProperty("suppressions").GetArrayLength() > 0).ToList();

        var result = Assert.Single(suppressed);
        Assert.Equal("fail", result.GetProperty("kind").GetString());
        Assert.Equal("accepted", result.GetProperty("suppressions")[0].GetProperty("status").GetString());
    }

    [Fact]
    public void Says_of_a_claim_that_it_is_no_waiver()
    {
        var accepted = 0;
        var claimed = 0;
        AnyModel.Model.Sample(
            model =>
            {
                using var log = JsonDocument.Parse(Write(model));
                foreach (var result in ResultsOf(log).Where(r => r.GetProperty("suppressions").GetArrayLength() > 0))
                {
                    var isWaived =
                        result.GetProperty("suppressions")[0].GetProperty("status").GetString() == "accepted";
                    _ = isWaived ? Interlocked.Increment(ref accepted) : Interlocked.Increment(ref claimed);
                    Assert.Equal("fail", result.GetProperty("kind").GetString());
                }

                var parts = model.Assessment.Findings.Rows.SelectMany(f => f.Parts).ToList();
                Assert.Equal(
                    parts.Count(p => model.Assessment.Waivers.For(p) is not null),
                    ResultsOf(log)
                        .SelectMany(r => r.GetProperty("suppressions").EnumerateArray())
                        .Count(s => s.GetProperty("status").GetString() == "accepted")
                );
            },
            iter: 200
        );

        Assert.True(accepted > 0 && claimed > 0, $"{accepted} accepted, {claimed} claimed");
    }

    [Fact]
    public void Says_nothing_that_hides_turns_round_or_links() =>
        AnyModel.Model.Sample(
            model =>
            {
                using var log = JsonDocument.Parse(Write(model));
                foreach (var result in ResultsOf(log))
                {
                    var text = result.GetProperty("message").GetProperty("text").GetString()!;
                    Assert.DoesNotContain(text.EnumerateRunes(), Visible.IsHidden);
                    Assert.DoesNotContain("](", text);
                }

                foreach (
                    var rule in log
                        .RootElement.GetProperty("runs")[0]
                        .GetProperty("tool")
                        .GetProperty("driver")
                        .GetProperty("rules")
                        .EnumerateArray()
                )
                {
                    var help = rule.GetProperty("help").GetProperty("markdown").GetString()!;
                    Assert.DoesNotContain("](", help.Replace("\\]", "", StringComparison.Ordinal));
                    Assert.DoesNotContain("<", help.Replace("\\<", "", StringComparison.Ordinal));
                }
            },
            iter: 200
        );

    [Theory]
    [InlineData("deploy/my pod#1.yaml", "deploy/my%20pod%231.yaml", true)]
    [InlineData("/srv/a:b.yaml", "file:///srv/a%3Ab.yaml", false)]
    [InlineData("c:x.yaml", "c%3Ax.yaml", true)]
    public void Names_a_file_by_a_uri(string file, string uri, bool isRelative)
    {
        using var log = JsonDocument.Parse(Write(Sample.Model(file: file)));
        var artifact = ResultsOf(log)
            .First()
            .GetProperty("locations")[0]
            .GetProperty("physicalLocation")
            .GetProperty("artifactLocation");

        Assert.Equal(uri, artifact.GetProperty("uri").GetString());
        Assert.Equal(isRelative, artifact.TryGetProperty("uriBaseId", out _));
    }

    [Fact]
    public void Tells_an_interrupted_run_from_a_whole_one()
    {
        var model = Sample.Model();
        var stopped = new ReportModel(
            model.Assessment with
            {
                State = AssessmentState.Interrupted,
            },
            new ReportEvidence.None()
        );

        Assert.Contains("\"executionSuccessful\": true", Write(model));
        Assert.Contains("\"executionSuccessful\": false", Write(stopped));
        Assert.Empty(FaultsOf(stopped));
    }

    private static IReadOnlyList<string> FaultsOf(ReportModel model)
    {
        using var log = JsonDocument.Parse(Write(model));
        return PublishedSchema.Sarif().Faults(log.RootElement);
    }

    private static IEnumerable<JsonElement> ResultsOf(JsonDocument log) =>
        log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray();

    private static string WithoutVersion(string log)
    {
        var version = typeof(SarifReport).Assembly.GetName().Version!.ToString(3);
        return log.Replace(
            $"\"semanticVersion\": \"{version}\"",
            "\"semanticVersion\": \"0.0.0\"",
            StringComparison.Ordinal
        );
    }

    private static string Write(ReportModel model)
    {
        using var bytes = new MemoryStream();
        new SarifReport().Write(model, bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
