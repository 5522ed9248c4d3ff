using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>The three counts, as leaf and statement state them.</summary>
/// <remarks>
/// <code>
/// {"checks": count, "findings": count, "requirements": {framework: count}}
/// count = {"fail", "not_applicable", "pass", "total", "unknown", "waived"}
/// </code>
/// </remarks>
internal static class StoredCounts
{
    public static Value ToValue(AssessmentCounts counts) =>
        new ObjectBuilder
        {
            ["checks"] = ToValue(counts.Checks),
            ["findings"] = ToValue(counts.Findings),
            ["requirements"] = StoredValue.Map(counts.Requirements, ToValue),
        }.ToValue();

    public static AssessmentCounts Read(StoredObject counts) =>
        new(
            ReadCount(counts.Inner("findings")),
            ReadCount(counts.Inner("checks")),
            counts
                .ObjectEntries("requirements")
                .ToImmutableSortedDictionary(c => c.Key, c => ReadCount(c.Value), Ordinal.Comparer)
        );

    private static Value ToValue(VerdictCount count) =>
        new ObjectBuilder
        {
            ["fail"] = count.Fail,
            ["not_applicable"] = count.NotApplicable,
            ["pass"] = count.Pass,
            ["total"] = count.Total,
            ["unknown"] = count.Unknown,
            ["waived"] = count.Waived,
        }.ToValue();

    private static VerdictCount ReadCount(StoredObject count) =>
        new(
            count.Count("total"),
            count.Count("pass"),
            count.Count("fail"),
            count.Count("unknown"),
            count.Count("not_applicable"),
            count.Count("waived")
        );
}
