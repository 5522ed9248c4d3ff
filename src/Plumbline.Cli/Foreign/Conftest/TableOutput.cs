using System.Globalization;
using Plumbline.Policies.Conftest;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>A table of results, files, packages and messages. Nothing where there is no result.</summary>
internal static class TableOutput
{
    private static readonly string[] Head = ["RESULT", "FILE", "NAMESPACE", "MESSAGE"];

    public static void Write(IReadOnlyList<CheckResult> results, OutputOptions options, TextWriter output)
    {
        var rows = results.SelectMany(Rows).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        var widths = Head.Select((h, i) => rows.Select(r => Width(r[i])).Append(h.Length).Max()).ToArray();
        WriteRule(output, widths, '┌', '┬', '┐');
        WriteRow(output, widths, Head);
        WriteRule(output, widths, '├', '┼', '┤');
        rows.ForEach(row => WriteRow(output, widths, row));
        WriteRule(output, widths, '└', '┴', '┘');
    }

    private static IEnumerable<string[]> Rows(CheckResult result)
    {
        return
        [
            .. Enumerable.Repeat("SUCCESS", result.Successes).Select(m => Row("success", m)),
            .. result.Exceptions.Select(m => Row("exception", m.Message)),
            .. result.Warnings.Select(m => Row("warning", m.Message)),
            .. result.Skipped.Select(m => Row("skipped", m.Message)),
            .. result.Failures.Select(m => Row("failure", m.Message)),
        ];

        string[] Row(string word, string message) =>
            [word, result.FileName, result.Namespace, Shown.Of(message).ReplaceLineEndings(" ")];
    }

    private static int Width(string text) => new StringInfo(text).LengthInTextElements;

    private static void WriteRow(TextWriter output, int[] widths, string[] cells) =>
        output.WriteLine(
            $"│{string.Join('│', cells.Select((c, i) => $" {c}{new string(' ', widths[i] - Width(c))} "))}│"
        );

    private static void WriteRule(TextWriter output, int[] widths, char left, char middle, char right) =>
        output.WriteLine($"{left}{string.Join(middle, widths.Select(w => new string('─', w + 2)))}{right}");
}
