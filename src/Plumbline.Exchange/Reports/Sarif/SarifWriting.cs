using System.Text.Json;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;

namespace Plumbline.Exchange.Reports.Sarif;

/// <summary>Small forms of SARIF that stand in many places.</summary>
internal static class SarifWriting
{
    extension(Utf8JsonWriter json)
    {
        /// <summary>A message or multiformat message (§3.11, §3.12): plain text, and Markdown where it is given.</summary>
        public void WriteMessage(string name, string text, string? markdown = null)
        {
            json.WriteStartObject(name);
            json.WriteString("text", WithoutLinks(text));
            if (markdown is not null)
            {
                json.WriteString("markdown", markdown);
            }

            json.WriteEndObject();
        }
    }

    /// <summary>Critical and high <c>error</c>, medium <c>warning</c>, low and none <c>note</c> (CONTRACTS §8).</summary>
    public static string LevelOf(Severity severity) =>
        severity switch
        {
            Severity.Critical or Severity.High => "error",
            Severity.Medium => "warning",
            _ => "note",
        };

    /// <summary>What does not fail the gate is no error: a part that warns is a warning at most, one that is only audited a note.</summary>
    public static string LevelOf(Severity severity, Enforcement enforcement) =>
        (LevelOf(severity), enforcement) switch
        {
            (_, Enforcement.Audit) => "note",
            ("error", Enforcement.Warn) => "warning",
            (var level, _) => level,
        };

    /// <summary>Viewers make links of <c>[text](target)</c> in plain text too (§3.11.6); a name from a manifest is to be none.</summary>
    private static string WithoutLinks(string text) => text.Replace("](", "] (", StringComparison.Ordinal);
}
