using Plumbline.Values;

namespace Plumbline.Rego.Tracing;

/// <summary>What happened; the words of OPA's <c>--explain</c>.</summary>
public enum TraceOperation
{
    /// <summary>The rules of a document were found.</summary>
    Index,

    /// <summary>A body is tried: of a rule, a query or a closure.</summary>
    Enter,

    /// <summary>A statement is tried.</summary>
    Eval,

    /// <summary>It has no solution.</summary>
    Fail,

    /// <summary>A body has a solution.</summary>
    Exit,

    /// <summary>Another solution is looked for.</summary>
    Redo,

    /// <summary>What <c>trace(…)</c> says.</summary>
    Note,
}

/// <summary>One event of an evaluation.</summary>
/// <param name="Depth">How far it is indented.</param>
/// <param name="Text">The statement, the body, or the path of the rule; of a note, what it says.</param>
public readonly record struct TraceEvent(
    TraceOperation Operation,
    SourceText Source,
    SourceSpan Span,
    int Depth,
    string Text
)
{
    /// <summary>What besides is to be said, e.g. <c>(matched 2 rules)</c>; empty where nothing is.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether it begins or resumes a body: what stands below it follows.</summary>
    public bool LeadsIn { get; init; }
}
