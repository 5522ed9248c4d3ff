using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Anything that has a value.</summary>
public abstract record Term(SourceSpan Span);

/// <summary>A literal scalar, e.g. <c>"deny"</c>, <c>42</c>, <c>null</c>; raw strings too.</summary>
public sealed record Literal(SourceSpan Span, Value Value) : Term(Span);

/// <summary>A name, e.g. <c>container</c>, <c>input</c>; <c>_</c> is a fresh one at each place: <c>$1</c>, <c>$2</c>, ….</summary>
public sealed record Variable(SourceSpan Span, string Name) : Term(Span)
{
    /// <summary>Written as <c>_</c>.</summary>
    public bool IsWildcard => Name[0] == '$';

    /// <summary>As it stands in the text: a declared one has a name of its own once it is resolved, such as <c>x@3</c>.</summary>
    public string Written => IsWildcard ? "_" : Name.Split('@')[0];
}

/// <summary>A path into a value, e.g. <c>input.spec.containers[i].image</c>: a head and at least one operand.</summary>
/// <remarks><c>.name</c> and <c>["name"]</c> are the same: a string <see cref="Literal"/>.</remarks>
public sealed record Reference(SourceSpan Span, Term Head, ImmutableArray<Term> Path) : Term(Span);

/// <summary>e.g. <c>[1, x, "a"]</c>.</summary>
public sealed record ArrayTerm(SourceSpan Span, ImmutableArray<Term> Items) : Term(Span);

/// <summary>e.g. <c>{"name": x, key: 1}</c>.</summary>
public sealed record ObjectTerm(SourceSpan Span, ImmutableArray<(Term Key, Term Value)> Members) : Term(Span);

/// <summary>e.g. <c>{1, 2}</c>; <c>set()</c> is one without items.</summary>
public sealed record SetTerm(SourceSpan Span, ImmutableArray<Term> Items) : Term(Span);

/// <summary>e.g. <c>[x | some x in xs]</c>.</summary>
public sealed record ArrayComprehension(SourceSpan Span, Term Item, Body Body) : Term(Span);

/// <summary>e.g. <c>{x | some x in xs}</c>.</summary>
public sealed record SetComprehension(SourceSpan Span, Term Item, Body Body) : Term(Span);

/// <summary>e.g. <c>{k: v | some k, v in xs}</c>.</summary>
public sealed record ObjectComprehension(SourceSpan Span, Term Key, Term Value, Body Body) : Term(Span);

/// <summary>A function or builtin applied, e.g. <c>count(xs)</c>, <c>a + b</c> (which is <c>plus(a, b)</c>).</summary>
/// <remarks>
/// Operators are calls of OPA's builtins: <c>= eq</c>, <c>:= assign</c>, <c>== equal</c>, <c>!= neq</c>, <c>&lt; lt</c>,
/// <c>&lt;= lte</c>, <c>&gt; gt</c>, <c>&gt;= gte</c>, <c>+ plus</c>, <c>- minus</c>, <c>* mul</c>, <c>/ div</c>, <c>% rem</c>,
/// <c>&amp; and</c>, <c>| or</c>, <c>in internal.member_2 or internal.member_3</c>.
/// </remarks>
/// <param name="Name">The path of the operator, e.g. <c>["io", "jwt", "decode"]</c> or <c>["data", "lib", "f"]</c> as written.</param>
public sealed record Call(SourceSpan Span, ImmutableArray<string> Name, ImmutableArray<Term> Arguments) : Term(Span)
{
    /// <summary>True where it was written as an operator between its operands.</summary>
    public bool IsInfix { get; init; }

    public string Operator => string.Join('.', Name);
}

/// <summary>A template string, e.g. <c>$"{x} is not {y}"</c>: literals and terms in turn.</summary>
public sealed record TemplateString(SourceSpan Span, ImmutableArray<Term> Parts) : Term(Span);
