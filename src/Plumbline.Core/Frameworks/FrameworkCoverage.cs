namespace Plumbline.Core.Frameworks;

/// <summary>How much of a framework checks answer, in numbers.</summary>
/// <remarks><see cref="Total"/> is <see cref="Full"/> + <see cref="Partial"/> + <see cref="Manual"/>: every demand is one of them.</remarks>
public sealed record FrameworkCoverage
{
    /// <summary>Requirements that are counted (<see cref="Framework.Demands"/>).</summary>
    public required int Total { get; init; }

    /// <summary>Checks alone decide.</summary>
    public required int Full { get; init; }

    /// <summary>Checks decide a part.</summary>
    public required int Partial { get; init; }

    /// <summary>No check decides.</summary>
    public required int Manual { get; init; }

    /// <summary>Of <see cref="Manual"/>, those that rows lead to which do not decide.</summary>
    public required int Related { get; init; }

    /// <summary>Titles over other requirements, not counted.</summary>
    public required int Headings { get; init; }

    /// <summary>What the publisher has withdrawn, not counted.</summary>
    public required int Withdrawn { get; init; }

    /// <summary>Checks that decide a requirement here.</summary>
    public required int DecidingChecks { get; init; }

    /// <summary>Checks that a row names, whatever its state.</summary>
    public required int MappedChecks { get; init; }

    public static FrameworkCoverage Of(Framework framework)
    {
        var demands = framework.Demands.ToList();
        var deciding = framework.Mappings.Where(m => m.Decides).ToList();
        var decided = deciding.Select(m => m.Requirement).ToHashSet(StringComparer.Ordinal);
        var named = framework.Mappings.Select(m => m.Requirement).ToHashSet(StringComparer.Ordinal);
        var withdrawn = framework.Requirements.Count(r => r.Withdrawn is not null);
        return new FrameworkCoverage
        {
            Total = demands.Count,
            Full = In(Coverage.Full),
            Partial = In(Coverage.Partial),
            Manual = In(Coverage.Manual),
            Related = demands.Count(d => named.Contains(d.Id) && !decided.Contains(d.Id)),
            Headings = framework.Requirements.Length - demands.Count - withdrawn,
            Withdrawn = withdrawn,
            DecidingChecks = deciding.Select(m => m.Check).Distinct().Count(),
            MappedChecks = framework.Mappings.Select(m => m.Check).Distinct().Count(),
        };

        int In(Coverage coverage) => demands.Count(d => d.CoveredBy(decided.Contains(d.Id)) == coverage);
    }
}
