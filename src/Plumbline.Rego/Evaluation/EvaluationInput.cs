using Plumbline.Rego.Tracing;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>What an evaluation is given.</summary>
/// <param name="Input">Undefined where there is none.</param>
/// <param name="Data">Base documents: an object.</param>
internal readonly record struct EvaluationInput(Value Input, Value Data)
{
    public long NowNanoseconds { get; init; }

    /// <summary>A builtin that fails ends the evaluation instead of being undefined.</summary>
    public bool StrictErrors { get; init; }

    /// <summary>Runs the plan for unknowns even where there are none: both must agree.</summary>
    public bool ForcesTracking { get; init; }

    /// <summary>Where what happens is recorded; null where nobody asked.</summary>
    public Trace? Trace { get; init; }

    /// <summary>Takes lines of <c>print</c>; null where nobody listens.</summary>
    public Action<PrintedLine>? Print { get; init; }
}
