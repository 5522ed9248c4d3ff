using Plumbline.Rego;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign.Opa;

/// <summary>Solutions as a table: a column to each variable, and to each statement whose value is more than true or false.</summary>
internal static class ResultTable
{
    public static void Write(EvalResult result, int limit, TextWriter output)
    {
        var columns = Columns(result).ToList();
        if (columns.Count == 0)
        {
            return;
        }

        var rows = result.Solutions.Select(s =>
            columns.Select(c => Cut(EvalOutput.Compact(c.Value(s)), limit)).ToArray()
        );
        Write(columns.Select(c => c.Head).ToArray(), [.. rows], output);
    }

    private static IEnumerable<(string Head, Func<Solution, Value> Value)> Columns(EvalResult result)
    {
        var first = result.Solutions[0];
        foreach (var name in first.Bindings.Keys)
        {
            yield return (name, s => s.Bindings[name]);
        }

        for (var i = 0; i < first.Values.Length; i++)
        {
            var at = i;
            if (!first.Values[i].IsTrue && !first.Values[i].IsFalse)
            {
                yield return (result.Statements[i].Text, s => s.Values[at]);
            }
        }
    }

    private static void Write(string[] heads, IReadOnlyList<string[]> rows, TextWriter output)
    {
        heads = [.. heads.Select(OneLine)];
        var widths = heads.Select((h, i) => rows.Select(r => r[i].Length).Append(h.Length).Max()).ToArray();
        var rule = $"+{string.Concat(widths.Select(w => $"{new string('-', w + 2)}+"))}";
        output.WriteLine(rule);
        output.WriteLine($"|{string.Concat(heads.Select((h, i) => $" {Centred(h, widths[i])} |"))}");
        output.WriteLine(rule);
        foreach (var row in rows)
        {
            output.WriteLine($"|{string.Concat(row.Select((c, i) => $" {c.PadRight(widths[i])} |"))}");
        }

        output.WriteLine(rule);
    }

    private static string OneLine(string head) =>
        Shown.Of(string.Join(' ', head.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)));

    private static string Centred(string text, int width) =>
        text.PadLeft(text.Length + ((width - text.Length + 1) / 2)).PadRight(width);

    private static string Cut(string text, int limit) =>
        limit > 0 && text.Length > limit ? $"{text[..limit]}..." : text;
}
