using System.Collections.Immutable;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego;

/// <summary>How a query is to be understood.</summary>
public sealed record QueryOptions
{
    public Plan Plan { get; init; } = Plan.Closures;

    public Dialect Dialect { get; init; } = Dialect.V1;

    /// <summary>The package whose rules may be named without their path, e.g. <c>kubernetes.admission</c>; none where it is empty.</summary>
    public string Package { get; init; } = "";

    /// <summary>As they stand behind <c>import</c>, e.g. <c>data.lib.kubernetes as k8s</c>.</summary>
    public ImmutableArray<string> Imports { get; init; } = [];

    /// <summary>Each solution tells the values of the query's statements, and they come in OPA's order.</summary>
    /// <remarks>As with <c>opa eval</c>, a query of one statement that does not iterate then has a solution though its value is false.</remarks>
    public bool KeepsValues { get; init; }
}

/// <summary>A statement of a query.</summary>
public readonly record struct QueryStatement(string Text, Values.SourceSpan Span);
