using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Rego.Syntax;

/// <summary>Statements that must all hold, e.g. <c>{ some x in xs; x &gt; 1 }</c>.</summary>
public sealed record Body(SourceSpan Span, ImmutableArray<Statement> Statements);

/// <summary>One line of a body, with the replacements under which it is asked.</summary>
public abstract record Statement(SourceSpan Span)
{
    /// <summary>e.g. <c>with input as {} with data.x as 1</c>, in the order written.</summary>
    public ImmutableArray<WithModifier> With { get; init; } = [];
}

/// <summary>A term that must be defined and not false, e.g. <c>input.on</c>, <c>x &lt; 3</c>, <c>x := 1</c>.</summary>
public sealed record ExpressionStatement(SourceSpan Span, Term Term) : Statement(Span);

/// <summary>Declares variables, e.g. <c>some i, j</c>.</summary>
public sealed record SomeDeclaration(SourceSpan Span, ImmutableArray<Variable> Variables) : Statement(Span);

/// <summary>Walks a collection and binds its members, e.g. <c>some name, port in input.ports</c>.</summary>
/// <remarks><see cref="Key"/> is null when the text names only the value.</remarks>
public sealed record SomeIn(SourceSpan Span, Term? Key, Term Value, Term Collection) : Statement(Span);

/// <summary>Holds where the body holds for every member, e.g. <c>every p in ports { p != 22 }</c>.</summary>
public sealed record Every(SourceSpan Span, Variable? Key, Variable Value, Term Domain, Body Body) : Statement(Span);

/// <summary>Holds where the body has no solution, e.g. <c>not input.on</c>.</summary>
public sealed record Not(SourceSpan Span, Body Body) : Statement(Span)
{
    /// <summary>Written in braces, <c>not { x = input.on }</c>: what the body binds is its own, and not to be bound around it.</summary>
    public bool IsBlock { get; init; }
}

/// <summary>Replaces a part of input or data, or a function, for one statement.</summary>
/// <param name="Target">e.g. <c>input.user</c>, <c>data.roles</c>, <c>time.now_ns</c> (a <see cref="Reference"/> or <see cref="Variable"/>).</param>
public sealed record WithModifier(SourceSpan Span, Term Target, Term Value);
