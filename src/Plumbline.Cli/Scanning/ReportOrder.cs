using Plumbline.Cli.Faults;
using Plumbline.Core.Authored;
using Plumbline.Exchange.Reports;

namespace Plumbline.Cli.Scanning;

/// <summary>A report that was asked for, and where it shall go.</summary>
/// <param name="Format">Null for the text that people read.</param>
/// <param name="File">Absolute path; null for standard output.</param>
internal sealed record ReportOrder(IReport? Format, string? File)
{
    /// <summary>The format for people.</summary>
    public const string Text = "cli";

    /// <summary>What is printed when nobody asks for anything.</summary>
    public static ReportOrder Usual { get; } = new(null, null);

    /// <summary>What may stand before the colon.</summary>
    public static IReadOnlyList<string> Words { get; } = [Text, .. ReportFormats.All.Select(f => f.Name)];

    /// <summary>Where it goes, as a message names it.</summary>
    public string Destination => File is null ? "standard output" : $"`{File}`";

    /// <summary>Reads <c>FORMAT</c>, <c>FORMAT:FILE</c>, <c>FORMAT:-</c>; null and a fault where it is none of them.</summary>
    /// <param name="folder">What a relative path is relative to.</param>
    public static ReportOrder? Parse(string text, string folder, List<Fault> faults)
    {
        var colon = text.IndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        var file = colon < 0 ? "-" : text[(colon + 1)..];
        if (!Words.Contains(name))
        {
            var expected = string.Join(", ", Words.Select(w => $"`{w}`"));
            faults.Add(
                new Fault(
                    CliFaults.Value,
                    $"expected a report format ({expected}), got `{name}`{Nearest.Hint(name, Words)}"
                )
            );
            return null;
        }

        if (file.Length == 0 || file.Contains('\0'))
        {
            faults.Add(new Fault(CliFaults.Value, $"expected a file after `{name}:`, or `-` for standard output"));
            return null;
        }

        return new ReportOrder(ReportFormats.Find(name), file == "-" ? null : Path.GetFullPath(file, folder));
    }

    /// <summary>Refuses two reports for one place, and places that cannot be written to.</summary>
    public static IEnumerable<Fault> FaultsOf(IReadOnlyList<ReportOrder> orders)
    {
        foreach (var place in orders.GroupBy(o => o.File, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return new Fault(
                CliFaults.Contradiction,
                $"expected one report for {place.First().Destination}, got {place.Count()}: give each of the others a file, `FORMAT:FILE`"
            );
        }

        foreach (var file in orders.Select(o => o.File).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (new ReportFile(file).Obstacle() is { } obstacle)
            {
                yield return new Fault(CliFaults.File, $"the report `{file}` cannot be written: {obstacle}");
            }
        }
    }
}
