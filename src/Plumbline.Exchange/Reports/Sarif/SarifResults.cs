using System.Text.Json;
using Plumbline.Core.Evidence;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;
using static Plumbline.Exchange.Reports.JsonWriting;

namespace Plumbline.Exchange.Reports.Sarif;

/// <summary>Parts of findings as results (SARIF 2.1.0, §3.27).</summary>
/// <remarks>
/// <code>
/// finding, part                      kind            level
/// fails, certain                     fail            by severity and enforcement
/// fails or unknown, may hold         open            none
/// unknown without a part             open            none
/// not applicable                     notApplicable   none
/// passes                             is not listed
/// </code>
/// An unknown is never a pass, so it is never left out. A waived part has its waiver as a suppression, and still fails; every
/// result says whether it has one, since a log in which only some do says nothing about the others (§3.27.23).
/// </remarks>
internal sealed class SarifResults(ReportModel model, SarifRules rules)
{
    /// <summary>Names what our fingerprint is made of; another recipe will have another name (§3.27.17).</summary>
    private const string FingerprintName = "plumblineFingerprint/v1";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("results");
        foreach (var finding in model.Assessment.Findings.All.Where(f => f.Verdict != Verdict.Pass))
        {
            if (finding.Parts.IsEmpty)
            {
                WriteResult(json, finding, null);
            }

            foreach (var part in finding.Parts)
            {
                WriteResult(json, finding, part);
            }

            json.FlushWhenFull();
        }

        json.WriteEndArray();
    }

    private void WriteResult(Utf8JsonWriter json, Finding finding, FindingPart? part)
    {
        var check = finding.Instance.Check;
        var (kind, level) =
            finding.Verdict == Verdict.NotApplicable ? ("notApplicable", "none")
            : finding.Verdict == Verdict.Fail && part is { IsCertain: true }
                ? ("fail", SarifWriting.LevelOf(check.Impact.Severity, part.Enforcement))
            : ("open", "none");
        json.WriteStartObject();
        json.WriteString("ruleId", check.Id);
        json.WriteNumber("ruleIndex", rules.IndexOf(check));
        json.WriteString("kind", kind);
        json.WriteString("level", level);
        json.WriteMessage("message", MessageOf(finding, part));
        WriteLocation(json, finding.Resource, part);
        json.WriteStartObject("partialFingerprints");
        json.WriteString(FingerprintName, FingerprintOf(finding, part));
        json.WriteEndObject();
        WriteSuppressions(json, part);
        WriteProperties(json, finding, part);
        json.WriteEndObject();
    }

    private static string MessageOf(Finding finding, FindingPart? part)
    {
        var name = Naming.Of(finding.Resource.Key);
        var causes = string.Join("; ", part is { Causes.IsEmpty: false } ? part.Causes : finding.Causes);
        var text = (finding.Verdict, part) switch
        {
            (Verdict.NotApplicable, _) => $"not applicable: {finding.Instance.Check.Title}",
            (_, null) => $"unknown: {finding.Instance.Check.Title} (not told: {causes})",
            (_, { IsCertain: true }) => part.Message,
            _ => $"perhaps: {part.Message} (not told: {causes})",
        };
        return Visible.Of(Visible.Shortened($"{name}: {text}"));
    }

    /// <summary>Without a part, the fingerprint of the whole document.</summary>
    private static string FingerprintOf(Finding finding, FindingPart? part) =>
        part?.Fingerprint ?? Fingerprint.Of(finding.Instance, finding.Resource.Key, "");

    private static void WriteLocation(Utf8JsonWriter json, Resource resource, FindingPart? part)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        if (resource.Observed.File is { Length: > 0 } file)
        {
            WriteFile(json, file, resource.Observed.PositionOf(part?.Place ?? default));
        }

        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", Visible.Of(Naming.Of(resource.Key)));
        json.WriteString("fullyQualifiedName", resource.Key.Text);
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteFile(Utf8JsonWriter json, string file, Values.Position at)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        var path = string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
        if (file.StartsWith('/'))
        {
            json.WriteString("uri", $"file://{path}");
        }
        else
        {
            json.WriteString("uri", path);
            json.WriteString("uriBaseId", SarifReport.SourceRoot);
        }

        json.WriteEndObject();
        if (at.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", at.Line);
            if (at.Column > 0)
            {
                json.WriteNumber("startColumn", at.Column);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>A waiver is accepted; a claim, which nobody verifiably approved, is under review, and suppresses nothing (§3.35.3).</summary>
    private void WriteSuppressions(Utf8JsonWriter json, FindingPart? part)
    {
        json.WriteStartArray("suppressions");
        if (part is not null && model.Assessment.Waivers.For(part) is { } waiver)
        {
            WriteSuppression(json, "accepted", waiver, "approvedBy", waiver.ApprovedBy);
        }
        else if (part is not null && model.Assessment.Claims.For(part) is { } claim)
        {
            WriteSuppression(json, "underReview", claim, "why", claim.Why);
        }

        json.WriteEndArray();
    }

    private static void WriteSuppression(
        Utf8JsonWriter json,
        string status,
        Acceptance acceptance,
        string name,
        string value
    )
    {
        json.WriteStartObject();
        json.WriteString("kind", "external");
        json.WriteString("status", status);
        json.WriteString("justification", Visible.Of(acceptance.Reason));
        json.WriteStartObject("properties");
        json.WriteString("id", acceptance.Id);
        json.WriteString("expires", LogTime.Format(acceptance.Expires));
        json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, Finding finding, FindingPart? part)
    {
        json.WriteStartObject("properties");
        json.WriteString("instance", finding.Instance.Name);
        json.WriteString("verdict", Word(finding.Verdict));
        json.WriteString("severity", Word(finding.Instance.Check.Impact.Severity));
        json.WriteString("resource", finding.Resource.Key.Text);
        if (part is not null)
        {
            json.WriteString("part", part.Key);
            json.WriteString("place", part.Place.Text);
            json.WriteString("enforcement", Word(part.Enforcement));
        }

        if (finding.Cause is { } cause)
        {
            json.WriteString("cause", Word(cause));
            json.WriteTexts("causes", finding.Causes);
        }

        json.WriteEndObject();
    }
}
