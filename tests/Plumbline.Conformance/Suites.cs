using Plumbline.Rego;

namespace Plumbline.Conformance;

/// <summary>How the cases are run.</summary>
/// <param name="Tracking">Runs the plan for unknowns even where there are none: it must answer alike.</param>
internal sealed record SuiteOptions(Plan Plan, bool Tracking);

internal enum OutcomeKind
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>What became of one case.</summary>
internal sealed record Outcome(string Id, OutcomeKind Kind, string Detail = "");

/// <summary>The formats of cases; a line of JSON in, an outcome out.</summary>
internal static class Suites
{
    public static SortedDictionary<string, Func<string, SuiteOptions, Outcome>> All { get; } =
        new(StringComparer.Ordinal) { ["rego"] = RegoSuite.Run };
}
