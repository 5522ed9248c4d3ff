using System.Collections.Immutable;
using Plumbline.Rego.Builtins;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Plans;

/// <summary>What a policy is compiled to, and what every back end runs: expressions, operations, patterns, rules.</summary>
/// <remarks>
/// An <see cref="Expr"/> has one value or is undefined. An <see cref="Op"/> has any number of solutions, for each of
/// which it runs the rest of its block. Every variable has a slot; whether it is bound at a point is known when the
/// plan is made, so nothing asks at run time. Steps of the budget: one for each operation entered, each member visited by a
/// scan, each body of a rule entered.
/// </remarks>
internal abstract record Expr(SourceSpan Span);

/// <summary>e.g. <c>"deny"</c>, <c>[1, 2]</c>: known when the plan is made.</summary>
internal sealed record ConstExpr(SourceSpan Span, Value Value) : Expr(Span);

/// <summary>A bound variable.</summary>
internal sealed record SlotExpr(SourceSpan Span, int Slot) : Expr(Span);

/// <summary><c>input</c>.</summary>
internal sealed record InputExpr(SourceSpan Span) : Expr(Span);

/// <summary>e.g. <c>data.roles</c>: base documents alone, where no rule lies at, above or below the path.</summary>
internal sealed record BaseExpr(SourceSpan Span, ImmutableArray<string> Path) : Expr(Span);

/// <summary>e.g. <c>data</c>, <c>data.lib</c>: everything below a package, rules evaluated and base documents merged.</summary>
internal sealed record PackageExpr(SourceSpan Span, ImmutableArray<string> Path, VirtualNode Node) : Expr(Span);

/// <summary>The document that a set of rules makes.</summary>
internal sealed record RuleExpr(SourceSpan Span, RuleSet Rules) : Expr(Span);

/// <summary>A member, e.g. <c>x.name</c>, <c>xs[i]</c> with <c>i</c> bound, <c>set[x]</c>.</summary>
internal sealed record DotExpr(SourceSpan Span, Expr Target, Expr Key) : Expr(Span);

/// <summary>A function applied.</summary>
internal sealed record CallExpr(SourceSpan Span, RuleSet Function, ImmutableArray<Expr> Arguments) : Expr(Span);

/// <summary>A builtin applied.</summary>
/// <param name="Caller">The file of the call, for a host's builtin.</param>
internal sealed record BuiltinExpr(
    SourceSpan Span,
    Builtin Builtin,
    ImmutableArray<Expr> Arguments,
    SourceText? Caller = null
) : Expr(Span);

internal sealed record ArrayExpr(SourceSpan Span, ImmutableArray<Expr> Items) : Expr(Span);

internal sealed record SetExpr(SourceSpan Span, ImmutableArray<Expr> Items) : Expr(Span);

internal sealed record ObjectExpr(SourceSpan Span, ImmutableArray<(Expr Key, Expr Value)> Members) : Expr(Span);

/// <summary>Collects the solutions of a block; <see cref="Key"/> only for objects.</summary>
internal sealed record ComprehensionExpr(SourceSpan Span, ValueKind Kind, Expr? Key, Expr Item, Block Block)
    : Expr(Span);

/// <summary>e.g. <c>$"{x} of {y}"</c>: an undefined part is written <c>&lt;undefined&gt;</c>.</summary>
internal sealed record TemplateExpr(SourceSpan Span, ImmutableArray<Expr> Parts) : Expr(Span);

/// <summary>Operations one after the other.</summary>
internal sealed record Block(ImmutableArray<Op> Ops)
{
    /// <summary>The body of a closure or query, for a trace; null where the block is a part of another body, or a rule's.</summary>
    public Body? Body { get; init; }
}

internal abstract record Op(SourceSpan Span)
{
    /// <summary>The statement it belongs to, for a trace: the same one for all its operations; null in heads of rules.</summary>
    public Statement? Statement { get; init; }
}

/// <summary>Holds where the value is defined and not false.</summary>
internal sealed record TestOp(SourceSpan Span, Expr Value) : Op(Span);

/// <summary>Holds where both values are equal: <c>=</c> and <c>==</c> between bound terms.</summary>
internal sealed record EqualOp(SourceSpan Span, Expr Left, Expr Right) : Op(Span);

/// <summary>Binds a value to the variables of a pattern, where it fits.</summary>
internal sealed record MatchOp(SourceSpan Span, Pattern Pattern, Expr Value) : Op(Span);

/// <summary>Visits each member of a collection.</summary>
/// <param name="IsOrdered">The order can be seen in the result, so sets and objects are visited in the order of their keys.</param>
internal sealed record ScanOp(SourceSpan Span, Expr Collection, Pattern Key, Pattern Value, bool IsOrdered) : Op(Span);

/// <summary>Holds where the block has no solution.</summary>
internal sealed record NotOp(SourceSpan Span, Block Block) : Op(Span);

/// <summary>Holds where the block has a solution for every member.</summary>
internal sealed record EveryOp(SourceSpan Span, Pattern Key, Pattern Value, Expr Domain, Block Block) : Op(Span);

/// <summary><c>print(…)</c>: hands its operands on and holds.</summary>
/// <param name="Operands">Each the set of the operand's values: empty where it is undefined.</param>
internal sealed record PrintOp(SourceSpan Span, SourceText Source, ImmutableArray<Expr> Operands) : Op(Span);

/// <summary>Runs a block under replacements.</summary>
internal sealed record WithOp(SourceSpan Span, ImmutableArray<Replacement> Replacements, Block Block) : Op(Span);

/// <summary>One <c>with</c>.</summary>
/// <param name="Value">Null where a function is replaced by a function.</param>
internal abstract record Replacement(SourceSpan Span, Expr? Value);

/// <summary><c>with input.a.b as …</c>; the empty path is the whole input.</summary>
internal sealed record InputReplacement(SourceSpan Span, ImmutableArray<string> Path, Expr? Value)
    : Replacement(Span, Value);

/// <summary><c>with data.a.b as …</c>.</summary>
internal sealed record DataReplacement(SourceSpan Span, ImmutableArray<string> Path, Expr? Value)
    : Replacement(Span, Value);

/// <summary>A function or builtin replaced by a value, a function or a builtin.</summary>
/// <param name="Replaced">A <see cref="RuleSet"/> or a <see cref="Builtin"/>.</param>
/// <param name="Function">A <see cref="RuleSet"/> or a <see cref="Builtin"/>; null where it is a value.</param>
internal sealed record FunctionReplacement(SourceSpan Span, object Replaced, object? Function, Expr? Value)
    : Replacement(Span, Value);

/// <summary>What a value is held against, binding variables on the way.</summary>
internal abstract record Pattern;

/// <summary>Fits everything and binds nothing: <c>_</c>.</summary>
internal sealed record AnyPattern : Pattern
{
    public static AnyPattern Instance { get; } = new();
}

/// <summary>Fits everything and binds it.</summary>
internal sealed record BindPattern(int Slot) : Pattern;

/// <summary>Fits what is equal to a value.</summary>
internal sealed record EqualPattern(Expr Value) : Pattern;

/// <summary>Fits arrays of that length whose members fit.</summary>
internal sealed record ArrayPattern(ImmutableArray<Pattern> Items) : Pattern;

/// <summary>Fits objects that have exactly these keys and whose members fit.</summary>
internal sealed record ObjectPattern(ImmutableArray<(Expr Key, Pattern Value)> Members) : Pattern;

/// <summary>All rules of one document, compiled.</summary>
/// <param name="Default">Null where there is none.</param>
/// <param name="StopsEarly">All bodies give the same constant, so the first certain solution decides.</param>
internal sealed record RulePlan(
    RuleSet Rules,
    RuleKindPlan Kind,
    ImmutableArray<BodyPlan> Bodies,
    Expr? Default,
    int Arity,
    bool StopsEarly
);

internal enum RuleKindPlan
{
    Complete,
    Function,

    /// <summary>Keys and a member (set) or a value (object) below keys.</summary>
    Partial,
}

/// <summary>One rule with its <c>else</c> branches.</summary>
internal sealed record BodyPlan(
    SourceText Source,
    SourceSpan Span,
    ImmutableArray<Pattern> Parameters,
    ImmutableArray<BranchPlan> Branches
)
{
    /// <summary>True where the last key is a set's member: <c>p contains x</c>.</summary>
    public bool IsSetMember { get; init; }
}

/// <summary>A block and what the document gets for each of its solutions.</summary>
internal sealed record BranchPlan(SourceSpan Span, Block Block, ImmutableArray<Expr> Keys, Expr Value);
