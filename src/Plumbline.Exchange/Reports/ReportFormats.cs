using System.Collections.Immutable;
using Plumbline.Exchange.Reports.Sarif;

namespace Plumbline.Exchange.Reports;

/// <summary>Every format that a report can be had in, for machines: the one list of them.</summary>
public static class ReportFormats
{
    public static ImmutableArray<IReport> All { get; } = [new JsonReport(), new SarifReport()];

    public static IReport? Find(string name) => All.FirstOrDefault(f => f.Name == name);
}
