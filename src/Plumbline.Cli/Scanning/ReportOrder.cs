using Plumbline.Cli.Faults;
using Plumbline.Core.Authored;
using Plumbline.Exchange.Reports;

namespace Plumbline.Cli.Scanning;

/// <summary>A report that was asked for, and where it shall go.</summary>
/// <param name="Format">Null for the text that people read.</param>
/// <param name="File">Absolute path; null for standard output.</param>
internal sealed record ReportOrder(IReport? Format, string? File)
{
    private const string Text = "cli";

    private static readonly IReport[] Formats = [new JsonReport()];

    /// <summary>What is printed when nobody asks for anything.</summary>
    public static ReportOrder Usual { get; } = new(null, null);

    /// <summary>Reads <c>FORMAT</c>, <c>FORMAT:FILE</c>, <c>FORMAT:-</c>; null and a fault where it is none of them.</summary>
    /// <param name="folder">What a relative path is relative to.</param>
    public static ReportOrder? Parse(string text, string folder, List<Fault> faults)
    {
        var colon = text.IndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        var file = colon < 0 ? "-" : text[(colon + 1)..];
        var format = Array.Find(Formats, f => f.Name == name);
        if (format is null && name != Text)
        {
            string[] words = [Text, .. Formats.Select(f => f.Name)];
            var expected = string.Join(", ", words.Select(w => $"`{w}`"));
            faults.Add(
                new Fault(
                    CliFaults.Value,
                    $"expected a report format ({expected}), got `{name}`{Nearest.Hint(name, words)}"
                )
            );
            return null;
        }

        if (file.Length == 0)
        {
            faults.Add(new Fault(CliFaults.Value, $"expected a file after `{name}:`, or `-` for standard output"));
            return null;
        }

        return new ReportOrder(format, file == "-" ? null : Path.GetFullPath(file, folder));
    }

    /// <summary>Refuses two reports for one place.</summary>
    public static IEnumerable<Fault> Contradictions(IEnumerable<ReportOrder> orders) =>
        orders
            .GroupBy(o => o.File, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => new Fault(
                CliFaults.Contradiction,
                $"expected one report for {(g.Key is null ? "standard output" : $"`{g.Key}`")}, got {g.Count()}: give each of the others a file, `FORMAT:FILE`"
            ));
}
