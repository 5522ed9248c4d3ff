using System.Text.Json;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Core.Resources;
using static Plumbline.Exchange.Reports.JsonWriting;

namespace Plumbline.Exchange.Reports.Sarif;

/// <summary>The assessment in the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0; <c>docs/reports.md</c>).</summary>
/// <remarks>
/// <code>
/// runs[0]
///   tool.driver         every check that was asked is a rule; codes of gaps are notifications   (SarifRules)
///   automationDetails   plumb/TARGET/A-n
///   invocations[0]      from … to; each gap a notification
///   originalUriBaseIds  %SRCROOT%, where relative files start: not told, since it is a path of this machine
///   results             one for each part that fails or may fail                                 (SarifResults)
///   taxonomies          frameworks, with the requirements that rules lead to
///   properties          the three counts, where the evidence lies
/// </code>
/// Passes are counted and not listed: GitHub shows every result as an alert whatever its kind, and takes 25,000 of them.
/// Members stand in this order; the same model gives the same bytes.
/// </remarks>
public sealed class SarifReport : IReport
{
    private const string SchemaUri = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>Where relative files start (SARIF 2.1.0, §3.14.14): the folder of the run, as a rule the repository's root.</summary>
    internal const string SourceRoot = "%SRCROOT%";

    public string Name => "sarif";

    public string Extension => "sarif";

    public void Write(ReportModel model, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", SchemaUri);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            WriteRun(json, model);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteRun(Utf8JsonWriter json, ReportModel model)
    {
        var rules = new SarifRules(model);
        json.WriteStartObject();
        rules.WriteTool(json);
        json.WriteStartObject("automationDetails");
        json.WriteString("id", RunIdOf(model));
        json.WriteEndObject();
        WriteInvocation(json, model.Assessment);
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(SourceRoot);
        json.WriteMessage("description", "the folder that plumb ran in");
        json.WriteEndObject();
        json.WriteEndObject();
        new SarifResults(model, rules).Write(json);
        rules.WriteTaxonomies(json);
        WriteProperties(json, model);
        json.WriteEndObject();
    }

    /// <summary>Category and run (§3.17.3): runs of one category replace each other where they are shown.</summary>
    private static string RunIdOf(ReportModel model)
    {
        var target = model.Assessment.Input.Snapshot.Target.Trim('/', '.', ' ');
        var category = target.Length > 0 ? $"plumb/{Visible.Of(target)}/" : "plumb/";
        return model.Evidence is ReportEvidence.Sealed { Label: var n } ? $"{category}A-{n}" : category;
    }

    private static void WriteInvocation(Utf8JsonWriter json, Assessment assessment)
    {
        var snapshot = assessment.Input.Snapshot;
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", assessment.State == AssessmentState.Complete);
        json.WriteString("startTimeUtc", LogTime.Format(snapshot.From));
        json.WriteString("endTimeUtc", LogTime.Format(snapshot.To));
        json.WriteStartArray("toolExecutionNotifications");
        if (assessment.State == AssessmentState.Interrupted)
        {
            WriteInterruption(json);
        }

        foreach (var gap in snapshot.Gaps)
        {
            WriteGap(json, gap);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteInterruption(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("level", "error");
        json.WriteMessage("message", "the run was interrupted: what was not judged is unknown");
        json.WriteEndObject();
    }

    /// <summary>What a gap leaves out is no pass, so it is an error; one that affects nothing that is asked is a note.</summary>
    private static void WriteGap(Utf8JsonWriter json, Gap gap)
    {
        json.WriteStartObject();
        json.WriteStartObject("descriptor");
        json.WriteString("id", gap.Code);
        json.WriteEndObject();
        json.WriteString("level", gap.Affects.IsEmpty ? "note" : "error");
        json.WriteMessage("message", $"not read: {Visible.Of(gap.Reason)}");
        json.WriteStartObject("properties");
        json.WriteString("operation", gap.Operation);
        json.WriteString("permission", gap.Permission);
        json.WriteTexts("affects", gap.Affects.Select(a => $"{a.What} {a.Where}{a.Pointer?.Text}".Trim()));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, ReportModel model)
    {
        var counts = model.Assessment.Counts;
        json.WriteStartObject("properties");
        json.WriteString("state", Word(model.Assessment.State));
        json.WriteString("target", model.Assessment.Input.Snapshot.Target);
        json.WriteString("clock", LogTime.Format(model.Assessment.Input.Clock));
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
        json.WriteEvidence(model.Evidence);
        json.WriteEndObject();
    }
}
