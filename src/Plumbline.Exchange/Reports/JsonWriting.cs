using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Core.Assessments;

namespace Plumbline.Exchange.Reports;

/// <summary>What reports in JSON share: how the text looks, and how our words are spelt in it.</summary>
internal static class JsonWriting
{
    /// <summary>A report is written on as it grows: memory does not follow the number of findings.</summary>
    private const int FlushAt = 1 << 16;

    public static JsonWriterOptions Options { get; } =
        new()
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is no part of a page
        };

    extension(Utf8JsonWriter json)
    {
        /// <summary>The text, or <c>null</c>.</summary>
        public void WriteText(string name, string? text)
        {
            if (text is not null)
            {
                json.WriteString(name, text);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        public void WriteTexts(string name, IEnumerable<string> texts)
        {
            json.WriteStartArray(name);
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        /// <summary>One of the three counts, with what it is of.</summary>
        public void WriteCount(string name, VerdictCount count)
        {
            json.WriteStartObject(name);
            json.WriteNumber("total", count.Total);
            json.WriteNumber("pass", count.Pass);
            json.WriteNumber("fail", count.Fail);
            json.WriteNumber("unknown", count.Unknown);
            json.WriteNumber("not_applicable", count.NotApplicable);
            json.WriteNumber("waived", count.Waived);
            json.WriteEndObject();
        }

        /// <summary>Where the proof is, under <c>evidence</c>.</summary>
        public void WriteEvidence(ReportEvidence evidence)
        {
            json.WriteStartObject("evidence");
            switch (evidence)
            {
                case ReportEvidence.Sealed leaf:
                    json.WriteString("state", "sealed");
                    json.WriteString("label", $"A-{leaf.Label}");
                    json.WriteString("log", leaf.Origin);
                    json.WriteNumber("entry", leaf.Entry);
                    json.WriteBase64String("leaf_hash", leaf.LeafHash.Span);
                    break;
                case ReportEvidence.Pending:
                    json.WriteString("state", "pending");
                    break;
                default:
                    json.WriteString("state", "none");
                    break;
            }

            json.WriteEndObject();
        }

        public void FlushWhenFull()
        {
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }
    }

    /// <summary><c>NotApplicable</c> is <c>not_applicable</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
