using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;

namespace Plumbline.Exchange.Reports;

/// <summary>What a report is made of: the assessment, and where its evidence lies.</summary>
/// <remarks>
/// Built from the assessment that was just made, or from the one that was sealed: both are the same, and so are their reports.
/// Nothing else goes in: no time of printing, no path of this machine.
/// </remarks>
public sealed class ReportModel
{
    private readonly ILookup<string, MappedRequirement> _byCheck;

    public ReportModel(Assessment assessment, ReportEvidence evidence)
    {
        Assessment = assessment;
        Evidence = evidence;
        Frameworks = [.. assessment.Input.Frameworks.OrderBy(f => f.Id, Ordinal.Comparer)];
        _byCheck = Frameworks
            .SelectMany(f => f.Mappings.Where(m => m.Decides).Select(m => (f, m)))
            .ToLookup(row => row.m.Check, row => MappedRequirement.Of(row.f, row.m.Requirement));
    }

    public Assessment Assessment { get; }

    public ReportEvidence Evidence { get; }

    /// <summary>In the order of their ids.</summary>
    public ImmutableArray<Framework> Frameworks { get; }

    /// <summary>Foreign packages that said nothing of any document, with the number of documents that they were asked about.</summary>
    /// <remarks>A policy that never says anything may be looking for what is not there; or all is well, or excepted.</remarks>
    public IReadOnlyList<(CheckInstance Instance, int Asked)> MatchedNothing =>
        [
            .. Assessment
                .Instances.Where(i => i.Check.IsForeign)
                .Select(i => (i, Vectors: Assessment.Findings.Vectors.Where(v => v.Instance.Label == i.Label).ToList()))
                .Where(p => p.Vectors.TrueForAll(v => v.Tally.Fail + v.Tally.Unknown == 0))
                .Select(p => (p.i, p.Vectors.Sum(v => v.Count))),
        ];

    /// <summary>Requirements that a check decides, in the order of framework and file.</summary>
    public IEnumerable<MappedRequirement> RequirementsOf(Check check) => _byCheck[check.Id];
}

/// <summary>A requirement that a check decides.</summary>
public sealed record MappedRequirement(Framework Framework, string Id, string Title)
{
    /// <summary><c>soc2/CC6.8</c>: how data names it.</summary>
    public string Key => $"{Framework.Id}/{Id}";

    internal static MappedRequirement Of(Framework framework, string id) =>
        new(framework, id, framework.Requirements.FirstOrDefault(r => r.Id == id)?.Title ?? "");
}

/// <summary>Where the proof of an assessment is.</summary>
public abstract record ReportEvidence
{
    private ReportEvidence() { }

    /// <summary>The assessment is leaf <paramref name="Entry"/> of the log <paramref name="Origin"/>.</summary>
    /// <param name="Label">n of <c>A-n</c>.</param>
    /// <param name="LeafHash">RFC 6962, section 2.1.</param>
    public sealed record Sealed(int Label, long Entry, string Origin, ReadOnlyMemory<byte> LeafHash) : ReportEvidence;

    /// <summary>It waits, signed, for the next writer to take it in.</summary>
    public sealed record Pending : ReportEvidence;

    /// <summary>Nothing was sealed.</summary>
    public sealed record None : ReportEvidence;
}
