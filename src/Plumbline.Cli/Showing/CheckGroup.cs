using Plumbline.Core;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Exchange.Reports;

namespace Plumbline.Cli.Showing;

/// <summary>How a group of findings is shown, the worst first.</summary>
internal enum Standing
{
    Fails,
    Waived,
    Unknown,
}

/// <summary>What one instance says of the resources that stand alike: the unit that people read.</summary>
/// <param name="Population">Resources that it was put to.</param>
internal sealed record CheckGroup(
    CheckInstance Instance,
    Standing Standing,
    IReadOnlyList<Finding> Findings,
    int Population,
    IReadOnlyList<string> Types
)
{
    public Severity Severity => Instance.Check.Impact.Severity;

    /// <summary>Failing before waived before unknown; in each the more severe first, then the more frequent.</summary>
    public static IReadOnlyList<CheckGroup> Of(ReportModel model)
    {
        var groups = new List<CheckGroup>();
        foreach (var vectors in model.Assessment.Findings.ByInstance())
        {
            var population = vectors.Sum(v => v.Count);
            var types = vectors.Select(v => v.Type).ToList();
            groups.AddRange(
                vectors
                    .SelectMany(v => v.Rows)
                    .GroupBy(f => StandingOf(f, model))
                    .Select(g => new CheckGroup(
                        vectors.Key,
                        g.Key,
                        [.. g.OrderBy(f => f.Resource.Key)],
                        population,
                        types
                    ))
            );
        }

        return
        [
            .. groups
                .OrderBy(g => g.Standing)
                .ThenByDescending(g => g.Severity)
                .ThenByDescending(g => g.Findings.Count)
                .ThenBy(g => g.Instance.Label, Ordinal.Comparer),
        ];
    }

    private static Standing StandingOf(Finding finding, ReportModel model) =>
        finding.Verdict == Verdict.Unknown ? Standing.Unknown
        : model.Assessment.Waivers.Covers(finding) ? Standing.Waived
        : Standing.Fails;
}
