using System.Text;
using System.Text.Json;
using Plumbline.Exchange.Reports;

namespace Plumbline.Exchange.Tests.Reports;

public sealed class Json_report
{
    [Fact]
    public void Is_what_the_format_says() => Golden.Matches("report.json", Write(Sample.Model()));

    [Fact]
    public void Is_the_same_whenever_it_is_written() => Assert.Equal(Write(Sample.Model()), Write(Sample.Model()));

    [Fact]
    public void Has_a_finding_for_every_pair_and_counts_that_agree()
    {
        using var report = JsonDocument.Parse(Write(Sample.Model()));
        var counts = report.RootElement.GetProperty("summary").GetProperty("findings");
        var findings = report.RootElement.GetProperty("findings").EnumerateArray().ToList();

        Assert.Equal(counts.GetProperty("total").GetInt32(), findings.Count);
        foreach (var verdict in new[] { "pass", "fail", "unknown", "not_applicable" })
        {
            Assert.Equal(
                counts.GetProperty(verdict).GetInt32(),
                findings.Count(f => f.GetProperty("verdict").GetString() == verdict)
            );
        }

        Assert.Equal(
            counts.GetProperty("waived").GetInt32(),
            findings.Count(f => f.GetProperty("waived").GetBoolean())
        );
    }

    [Theory]
    [InlineData("sealed")]
    [InlineData("pending")]
    [InlineData("none")]
    public void Fits_its_schema(string state)
    {
        ReportEvidence evidence = state switch
        {
            "sealed" => new ReportEvidence.Sealed(1, 0, "log", new byte[32]),
            "pending" => new ReportEvidence.Pending(),
            _ => new ReportEvidence.None(),
        };

        using var report = JsonDocument.Parse(Write(Sample.Model(evidence)));

        Assert.Empty(Schema.OfReports.Faults(report.RootElement));
        Assert.Equal(state, report.RootElement.GetProperty("evidence").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("\"verdict\": \"fail\"", "\"verdict\": \"bad\"")]
    [InlineData("\"line\": 0", "\"line\": -1")]
    [InlineData("\"gaps\":", "\"gap\":")]
    [InlineData("\"label\": \"A-3\"", "\"label\": 3")]
    public void Is_told_from_what_does_not_fit(string written, string changed)
    {
        var text = Write(Sample.Model());
        Assert.Contains(written, text);
        using var report = JsonDocument.Parse(text.Replace(written, changed, StringComparison.Ordinal));

        Assert.NotEmpty(Schema.OfReports.Faults(report.RootElement));
    }

    [Fact]
    public void Has_only_members_that_its_schema_names()
    {
        using var report = JsonDocument.Parse(Write(Sample.Model()));

        Assert.Empty(Schema.OfReports.Unnamed(report.RootElement));
    }

    private static string Write(ReportModel model)
    {
        using var bytes = new MemoryStream();
        new JsonReport().Write(model, bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
