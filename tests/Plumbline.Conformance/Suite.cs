using Plumbline.Rego;
using Plumbline.Values;

namespace Plumbline.Conformance;

/// <summary>A format of cases: one JSON object a line, each with an <c>id</c>.</summary>
/// <param name="Name">As it is typed; also the folder of its <c>owed.txt</c> and <c>declined.txt</c>, capitalised.</param>
/// <param name="Run">Runs one line. What it throws is that case's failure.</param>
internal sealed record Suite(string Name, Func<Value, SuiteOptions, Outcome> Run)
{
    /// <summary>What a line belongs to besides: an owed <c>category:</c> line speaks of all of one.</summary>
    public Func<Value, string> Category { get; init; } =
        line => line["category"].IsString ? line["category"].Utf8.ToString() : "";
}

/// <summary>How the cases are run.</summary>
/// <param name="Tracking">Runs the plan for unknowns even where there are none: it must answer alike.</param>
internal sealed record SuiteOptions(Plan Plan = Plan.Closures, bool Tracking = false);

internal enum OutcomeKind
{
    Passed,
    Failed,

    /// <summary>Counted apart, and never as passed: the case asks for something that this machine lacks.</summary>
    Skipped,
}

/// <summary>What became of one case.</summary>
/// <param name="Detail">What was wanted, and what came.</param>
internal readonly record struct Outcome(OutcomeKind Kind, string Detail = "")
{
    public static Outcome Passed => new(OutcomeKind.Passed);

    public static Outcome Failed(string detail) => new(OutcomeKind.Failed, detail);

    public static Outcome Skipped(string why) => new(OutcomeKind.Skipped, why);
}
