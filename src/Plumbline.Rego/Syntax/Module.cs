using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Which Rego a file is written in.</summary>
public enum Dialect
{
    /// <summary>Before OPA 1.0: <c>deny[msg] { … }</c>; <c>in</c>, <c>every</c>, <c>if</c>, <c>contains</c> only where imported.</summary>
    V0,

    /// <summary>OPA 1.0 and <c>import rego.v1</c>: <c>deny contains msg if { … }</c>.</summary>
    V1,
}

/// <summary>One file of policy.</summary>
/// <param name="Package">Path below <c>data</c>, e.g. <c>["kubernetes", "admission"]</c>.</param>
public sealed record Module(
    SourceText Source,
    Dialect Dialect,
    ImmutableArray<string> Package,
    SourceSpan PackageSpan,
    ImmutableArray<Import> Imports,
    ImmutableArray<Rule> Rules,
    ImmutableArray<Comment> Comments,
    ImmutableArray<Annotation> Annotations
);

/// <summary>e.g. <c>import data.lib.kubernetes as k8s</c>.</summary>
/// <param name="Path">From <c>data</c>, <c>input</c>, <c>rego</c> or <c>future</c> on.</param>
/// <param name="Alias">As written after <c>as</c>, else the last of the path.</param>
public sealed record Import(SourceSpan Span, ImmutableArray<string> Path, string Alias);

/// <summary>A comment, from <c>#</c> to the end of its line.</summary>
public sealed record Comment(SourceSpan Span, string Text);

/// <summary>A <c># METADATA</c> block: YAML text without the <c>#</c>, and the line after it, to which it belongs.</summary>
/// <param name="Yaml">Lines joined by line feeds; line n of it stands n lines below <see cref="Span"/>.</param>
/// <param name="Target">The package or rule that follows.</param>
public sealed record Annotation(SourceSpan Span, string Yaml, SourceSpan Target);

/// <summary>What a rule makes.</summary>
public enum RuleKind
{
    /// <summary>One value: <c>allow if { … }</c>, <c>x := 1</c>, <c>default allow := false</c>.</summary>
    Complete,

    /// <summary>A set: <c>deny contains msg if { … }</c>, v0 <c>deny[msg] { … }</c>.</summary>
    PartialSet,

    /// <summary>An object: <c>roles[name] := grants if { … }</c>, also by reference <c>a.b[x] := 1</c>.</summary>
    PartialObject,

    /// <summary>A function: <c>f(x) := y if { … }</c>.</summary>
    Function,
}

/// <summary>One rule as written; rules of one name together make its document.</summary>
public sealed record Rule(SourceSpan Span, RuleHead Head, Body Body)
{
    public bool IsDefault { get; init; }

    /// <summary>e.g. <c>else := 2 if { … }</c>, tried in order where the body before has no solution.</summary>
    public ImmutableArray<ElseBranch> Else { get; init; } = [];
}

/// <summary>Head of a rule.</summary>
/// <param name="Name">Path below the package, constant part: <c>["a", "b"]</c> of <c>a.b[x] := 1</c>.</param>
public sealed record RuleHead(SourceSpan Span, RuleKind Kind, ImmutableArray<string> Name)
{
    /// <summary>Parameters of a function.</summary>
    public ImmutableArray<Term> Parameters { get; init; } = [];

    /// <summary>Keys behind the constant part: <c>x</c> of <c>a.b[x] := 1</c>, <c>x, "k", y</c> of <c>a[x].k[y] := 1</c>; the member for a partial set (after such keys in general references).</summary>
    public ImmutableArray<Term> Keys { get; init; } = [];

    /// <summary>The value; <c>true</c> where none is written.</summary>
    public Term? Value { get; init; }

    /// <summary>The value was written with <c>:=</c>.</summary>
    public bool IsAssigned { get; init; }
}

/// <summary>One <c>else</c> of a rule.</summary>
/// <param name="Value">Null where none is written: true.</param>
public sealed record ElseBranch(SourceSpan Span, Term? Value, Body Body);
