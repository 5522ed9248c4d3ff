using System.Globalization;
using Plumbline.Rego.Evaluation;
using Plumbline.Rego.Tracing;
using Plumbline.Values;

namespace Plumbline.Rego;

/// <summary>What an evaluation is given and what it may cost.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Undefined where there is none.</summary>
    public Value Input { get; init; }

    /// <summary>Base documents: an object.</summary>
    public Value Data { get; init; } = Value.EmptyObject;

    /// <summary>The clock that <c>time.now_ns</c> tells: the assessment's, never the machine's.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>A builtin that fails ends the evaluation instead of being undefined.</summary>
    public bool StrictErrors { get; init; }

    /// <summary>Runs the plan for unknowns even where none occur: both must answer alike.</summary>
    public bool ForcesTracking { get; init; }

    /// <summary>Takes what <c>print</c> says, line by line, in the thread that evaluates; without it nothing is shown.</summary>
    public Action<PrintedLine>? Print { get; init; }

    /// <summary>Records what happens, for an explanation: the reference then evaluates, whichever plan was asked for.</summary>
    public Trace? Trace { get; init; }

    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>Measures <see cref="Limits.MaxTime"/>; policies never see it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal Frame NewFrame(int slots, int rules, CancellationToken cancel) =>
        new(
            slots,
            rules,
            new EvaluationInput(Input, Data)
            {
                NowNanoseconds = (Now - DateTimeOffset.UnixEpoch).Ticks * 100,
                StrictErrors = StrictErrors,
                ForcesTracking = ForcesTracking,
                Print = Print,
                Trace = Trace,
            },
            Limits,
            Time,
            cancel
        );
}

/// <summary>A line of <c>print</c>.</summary>
/// <param name="Text">The operands as OPA writes them: strings as they are, other values as terms, a space between.</param>
public readonly record struct PrintedLine(SourceText Source, SourceSpan Span, string Text)
{
    /// <summary>The text behind its place, <c>p.rego:3: …</c>, as conftest shows it; <c>opa eval</c> and <c>opa test</c> show the text alone.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Source.Name}:{Span.Line}: {Text}");
}
