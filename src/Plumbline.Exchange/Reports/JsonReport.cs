using System.Text.Json;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using static Plumbline.Exchange.Reports.JsonWriting;

namespace Plumbline.Exchange.Reports;

/// <summary>The whole assessment as one JSON document (CONTRACTS §8, "Report JSON"; <c>docs/formats/report-json.md</c>).</summary>
/// <remarks>
/// <code>
/// schema        "plumbline.dev/report/v1"
/// assessment    {label, state, target, from, to, clock, identity, files, duplicates}
/// summary       {findings: COUNT, checks: COUNT, frameworks: {id: COUNT}}
/// findings      one for each check instance and resource that it was put to
/// requirements  every demand of every framework
/// gaps          what should have been read and could not be
/// boundary      what was read and is out of scope, and why
/// exceptions    every exception that is written, and what it does
/// matched_nothing  packages of the user's own that said nothing of any document
/// evidence      {state: sealed | pending | none, …}
/// </code>
/// Members are written in the order of this table, findings in that of the sealed tables. Written as it goes: memory does not grow
/// with the number of findings.
/// </remarks>
public sealed class JsonReport : IReport
{
    public const string Schema = "plumbline.dev/report/v1";

    public string Name => "json";

    public string Extension => "json";

    public void Write(ReportModel model, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            WriteAssessment(json, model);
            WriteSummary(json, model.Assessment.Counts);
            WriteFindings(json, model);
            WriteRequirements(json, model);
            WriteGaps(json, model.Assessment.Input.Snapshot);
            WriteBoundary(json, model.Assessment.Input);
            WriteExceptions(json, model.Assessment.Input);
            json.WriteTexts("matched_nothing", model.MatchedNothing.Select(m => m.Instance.Label));
            json.WriteEvidence(model.Evidence);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteAssessment(Utf8JsonWriter json, ReportModel model)
    {
        var snapshot = model.Assessment.Input.Snapshot;
        json.WriteStartObject("assessment");
        json.WriteText("label", model.Evidence is ReportEvidence.Sealed { Label: var n } ? $"A-{n}" : null);
        json.WriteString("state", Word(model.Assessment.State));
        json.WriteString("target", snapshot.Target);
        json.WriteString("from", LogTime.Format(snapshot.From));
        json.WriteString("to", LogTime.Format(snapshot.To));
        json.WriteString("clock", LogTime.Format(model.Assessment.Input.Clock));
        json.WriteString("identity", snapshot.Identity);
        json.WriteStartObject("files");
        json.WriteNumber("read", snapshot.FilesRead);
        json.WriteNumber("without_resources", snapshot.FilesWithoutResources);
        json.WriteEndObject();
        json.WriteNumber("resources", snapshot.Resources.Length);
        json.WriteTexts("duplicates", snapshot.Duplicates);
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, AssessmentCounts counts)
    {
        json.WriteStartObject("summary");
        json.WriteCount("findings", counts.Findings);
        json.WriteCount("checks", counts.Checks);
        json.WriteStartObject("frameworks");
        foreach (var (id, count) in counts.Requirements)
        {
            json.WriteCount(id, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter json, ReportModel model)
    {
        json.WriteStartArray("findings");
        foreach (var finding in model.Assessment.Findings.All)
        {
            WriteFinding(json, finding, model);
            json.FlushWhenFull();
        }

        json.WriteEndArray();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding, ReportModel model)
    {
        var (check, resource) = (finding.Instance.Check, finding.Resource);
        json.WriteStartObject();
        json.WriteString("check", check.Id);
        json.WriteString("instance", finding.Instance.Name);
        json.WriteString("title", check.Title);
        json.WriteString("severity", Word(check.Impact.Severity));
        json.WriteString("resource", resource.Key.Text);
        json.WriteString("type", resource.Key.Type);
        json.WriteString("name", Naming.Of(resource.Key));
        json.WriteString("verdict", Word(finding.Verdict));
        json.WriteBoolean("waived", model.Assessment.Waivers.Covers(finding));
        json.WriteText("cause", finding.Cause is { } cause ? Word(cause) : null);
        json.WriteTexts("causes", finding.Causes);
        json.WriteBoolean("replayable", !finding.IsNotReplayable);
        json.WriteStartArray("parts");
        foreach (var part in finding.Parts)
        {
            WritePart(json, part, resource, model.Assessment);
        }

        json.WriteEndArray();
        json.WriteTexts("requirements", model.RequirementsOf(check).Select(r => r.Key));
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, FindingPart part, Resource resource, Assessment assessment)
    {
        var at = resource.Observed.PositionOf(part.Place);
        json.WriteStartObject();
        json.WriteString("key", part.Key);
        json.WriteString("place", part.Place.Text);
        json.WriteString("message", part.Message);
        json.WriteString("enforcement", Word(part.Enforcement));
        json.WriteBoolean("certain", part.IsCertain);
        json.WriteString("fingerprint", part.Fingerprint);
        json.WriteString("file", resource.Observed.File);
        json.WriteNumber("line", at.Line);
        json.WriteNumber("column", at.Column);
        json.WriteTexts("causes", part.Causes);
        json.WriteText("waiver", assessment.Waivers.For(part)?.Id);
        json.WriteText("claim", assessment.Claims.For(part)?.Id);
        json.WriteEndObject();
    }

    private static void WriteRequirements(Utf8JsonWriter json, ReportModel model)
    {
        json.WriteStartArray("requirements");
        foreach (var (framework, results) in model.Assessment.Frameworks)
        {
            foreach (var result in results)
            {
                WriteRequirement(json, framework, result);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteRequirement(Utf8JsonWriter json, string framework, RequirementResult result)
    {
        json.WriteStartObject();
        json.WriteString("framework", framework);
        json.WriteString("id", result.Requirement.Id);
        json.WriteString("title", result.Requirement.Title);
        json.WriteString("coverage", Word(result.Coverage));
        json.WriteString("raw", Word(result.Raw));
        json.WriteString("effective", Word(result.Effective));
        json.WriteString("reason", result.Reason);
        json.WriteNumber("exceptions", result.Exceptions);
        json.WriteTexts("checks", result.Decided);
        json.WriteEndObject();
    }

    private static void WriteBoundary(Utf8JsonWriter json, AssessmentInput input)
    {
        json.WriteStartObject("boundary");
        json.WriteNumber("read", input.Exclusions.Read);
        json.WriteNumber("excluded", input.Exclusions.Excluded);
        json.WriteStartArray("out");
        foreach (var row in input.Exclusions.Rows)
        {
            json.WriteStartObject();
            json.WriteString("match", row.Match);
            json.WriteString("reason", row.Reason);
            json.WriteNumber("count", row.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("requirements");
        foreach (var (requirement, reason) in input.OutOfBoundary)
        {
            json.WriteString(requirement, reason);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteExceptions(Utf8JsonWriter json, AssessmentInput input)
    {
        json.WriteStartArray("exceptions");
        foreach (var entry in input.Exceptions)
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteString("about", entry.About);
            json.WriteString("state", JsonWriting.Word(entry.StateAt(input.Clock)));
            json.WriteString("expires", LogTime.Format(entry.Expires));
            json.WriteBoolean("ends_soon", entry.IsEndingAt(input.Clock));
            json.WriteString("owner", entry.Owner);
            json.WriteString("requester", entry.Requester);
            json.WriteString("reason", entry.Reason);
            json.WriteString("ticket", entry.Ticket);
            json.WriteTexts("approved_by", entry.ApprovedBy);
            json.WriteString("why", entry.Why);
            json.WriteNumber("selected", entry.Selected);
            json.WriteNumber("covered", entry.Covered);
            json.WriteBoolean("broad", entry.IsBroad);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGaps(Utf8JsonWriter json, Snapshot snapshot)
    {
        json.WriteStartArray("gaps");
        foreach (var gap in snapshot.Gaps)
        {
            json.WriteStartObject();
            json.WriteString("code", gap.Code);
            json.WriteString("operation", gap.Operation);
            json.WriteString("permission", gap.Permission);
            json.WriteString("reason", gap.Reason);
            json.WriteStartArray("affects");
            foreach (var scope in gap.Affects)
            {
                json.WriteStartObject();
                json.WriteString("what", scope.What);
                json.WriteString("where", scope.Where);
                json.WriteText("pointer", scope.Pointer?.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
