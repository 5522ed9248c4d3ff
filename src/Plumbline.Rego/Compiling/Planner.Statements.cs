using System.Collections.Immutable;
using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Compiling;

internal sealed partial class Planner
{
    /// <summary>Adds the statement's operations where all it needs is bound.</summary>
    private bool TryPlan(Statement statement, PlanContext context)
    {
        var withReady = statement.With.All(w =>
            FindFunction(w.Value, context) is not null || Needs(w.Value, context).IsReady(context)
        );
        if (!withReady || !IsReady(statement, context))
        {
            return false;
        }

        if (statement.With.Length == 0)
        {
            Plan(statement, context);
            return true;
        }

        var replacements = statement.With.Select(w => PlanWith(w, context)).OfType<Replacement>().ToImmutableArray();
        // What the statement binds stays bound behind it, so it shares the context's bindings, not its operations.
        var inner = new PlanContext(context.Bound, context.Visible, context.IsOrdered);
        Plan(statement, inner);
        context.Ops.Add(new WithOp(statement.Span, replacements, new Block([.. inner.Ops])));
        return true;
    }

    private bool IsReady(Statement statement, PlanContext context)
    {
        switch (statement)
        {
            case ExpressionStatement { Term: Call { Operator: "eq", IsInfix: true, Arguments: [var left, var right] } }:
                return IsReady(left, right, context) || IsReady(right, left, context);
            case ExpressionStatement expression:
                return Needs(expression.Term, context).IsReady(context);
            case SomeIn some:
            {
                var needs = Needs(some.Collection, context);
                if (some.Key is not null)
                {
                    CollectPattern(some.Key, context, needs);
                }

                CollectPattern(some.Value, context, needs);
                return needs.IsReady(context);
            }

            case Every every:
            {
                var needs = Needs(every.Domain, context);
                CollectClosure(every.Body, context, needs);
                return needs.IsReady(context);
            }

            case Not not:
            {
                var needs = new NeedSet();
                CollectClosure(not.Body, context, needs);
                return needs.IsReady(context);
            }

            default:
                return true;
        }
    }

    /// <summary>Whether one side can be evaluated and the other held against it.</summary>
    private bool IsReady(Term value, Term pattern, PlanContext context)
    {
        var needs = new NeedSet();
        Collect(value, context, needs);
        if (!needs.IsReady(context))
        {
            return false;
        }

        CollectPattern(pattern, context, needs);
        return needs.IsReady(context);
    }

    private void Plan(Statement statement, PlanContext context)
    {
        switch (statement)
        {
            case ExpressionStatement { Term: Call { Operator: "eq", IsInfix: true, Arguments: [var left, var right] } }:
                PlanEqual(statement.Span, left, right, context);
                break;
            case ExpressionStatement kept when _kept.TryGetValue(kept, out var slot):
                context.Ops.Add(new MatchOp(kept.Span, new BindPattern(slot), PlanTerm(kept.Term, context)));
                if (!_keepsUntrue)
                {
                    context.Ops.Add(new TestOp(kept.Span, new SlotExpr(kept.Span, slot)));
                }

                break;
            case ExpressionStatement { Term: Call { Arguments: [ArrayTerm operands] } print } when IsPrint(print):
                var values = operands.Items.Select(o => Silent((ComprehensionExpr)PlanTerm(o, context)));
                context.Ops.Add(new PrintOp(statement.Span, source, [.. values]));
                break;
            case ExpressionStatement expression:
                context.Ops.Add(new TestOp(expression.Span, PlanTerm(expression.Term, context)));
                break;
            case SomeIn some:
                PlanSomeIn(some, context);
                break;
            case Every every:
                PlanEvery(every, context);
                break;
            case Not not:
                var block = PlanInner(not.Body, context);
                WarnOfSet(not, block);
                context.Ops.Add(new NotOp(not.Span, block));
                break;
        }
    }

    /// <summary>Nobody wrote this closure, so a trace does not show it.</summary>
    private static Expr Silent(ComprehensionExpr values) =>
        values with
        {
            Block = new Block([.. values.Block.Ops.Select(op => op with { Statement = null })]),
        };

    /// <summary>As <see cref="Printed"/> makes it.</summary>
    private static bool IsPrint(Call call) => call.Operator == "internal.print";

    private void PlanEqual(SourceSpan span, Term left, Term right, PlanContext context)
    {
        var (value, pattern) =
            IsReady(left, right, context) && !IsPattern(left, context) ? (left, right) : (right, left);
        if (!IsReady(value, pattern, context))
        {
            (value, pattern) = (pattern, value);
        }

        if (IsWalk(value))
        {
            PlanWalk(span, (Call)value, pattern, context);
            return;
        }

        if (IsWalk(pattern))
        {
            PlanWalk(span, (Call)pattern, value, context);
            return;
        }

        var expr = PlanTerm(value, context);
        context.Ops.Add(
            PlanPattern(pattern, context) switch
            {
                EqualPattern equal => new EqualOp(span, expr, equal.Value),
                var other => new MatchOp(span, other, expr),
            }
        );
    }

    /// <summary>Holds a variable that is not bound yet, at a place where it can be.</summary>
    private static bool IsPattern(Term term, PlanContext context) =>
        term switch
        {
            Variable variable => Variables.IsVariable(variable) && !context.Has(variable.Name),
            ArrayTerm array => array.Items.Any(i => IsPattern(i, context)),
            ObjectTerm map => map.Members.Any(m => IsPattern(m.Value, context)),
            _ => false,
        };

    /// <summary><c>walk</c> is a relation: it has a solution for each value inside its operand.</summary>
    private static bool IsWalk(Term term) => term is Call { Operator: "walk", Arguments.Length: 1 };

    private void PlanWalk(SourceSpan span, Call walk, Term pattern, PlanContext context)
    {
        var pairs = PlanTerm(walk, context);
        context.Ops.Add(new ScanOp(span, pairs, AnyPattern.Instance, PlanPattern(pattern, context), context.IsOrdered));
    }

    private void PlanSomeIn(SomeIn some, PlanContext context)
    {
        var collection = PlanTerm(some.Collection, context);
        var key = some.Key is null ? AnyPattern.Instance : PlanPattern(some.Key, context);
        var value = PlanPattern(some.Value, context);
        context.Ops.Add(new ScanOp(some.Span, collection, key, value, context.IsOrdered));
    }

    private void PlanEvery(Every every, PlanContext context)
    {
        var domain = PlanTerm(every.Domain, context);
        var inner = context.Inner(isOrdered: false);
        var key = every.Key is null ? AnyPattern.Instance : PlanPattern(every.Key, inner);
        var value = PlanPattern(every.Value, inner);
        var body = new PlanContext(inner.Bound, [.. inner.Visible, .. inner.Bound], false);
        PlanStatements(every.Body.Statements, body);
        context.Ops.Add(new EveryOp(every.Span, key, value, domain, new Block([.. body.Ops]) { Body = every.Body }));
    }

    private Block PlanInner(Body body, PlanContext context)
    {
        var inner = new PlanContext([.. context.Bound], [.. context.Visible], false);
        PlanStatements(body.Statements, inner);
        return new Block([.. inner.Ops]) { Body = body };
    }

    /// <summary>Null where it is wrong, which is then reported.</summary>
    private Replacement? PlanWith(WithModifier with, PlanContext context)
    {
        var (head, path) = with.Target switch
        {
            Reference { Head: Variable root } reference => (root.Name, reference.Path),
            Variable root => (root.Name, []),
            _ => ("", ImmutableArray<Term>.Empty),
        };
        var names = path.Select(p => p is Literal { Value.IsString: true } l ? l.Value.Utf8.ToString() : null)
            .ToArray();
        if (names.Contains(null))
        {
            world.Faults.Compile(
                source,
                with.Span,
                "with keyword target must be a constant path below `input` or `data`"
            );
            return null;
        }

        ImmutableArray<string> constant = [.. names.OfType<string>()];
        switch (head)
        {
            case "input":
                return new InputReplacement(with.Span, constant, PlanTerm(with.Value, context));
            case "data" when world.FindRules([.. constant]) is { Kind: RuleKind.Function } function:
                return PlanFunctionWith(with, function, context);
            case "data":
                return new DataReplacement(with.Span, constant, PlanTerm(with.Value, context));
            default:
                var name = string.Join('.', constant.Insert(0, head));
                if (world.Builtins.TryGetValue(name, out var builtin))
                {
                    return PlanFunctionWith(with, builtin, context);
                }

                world.Faults.Type(
                    source,
                    with.Span,
                    $"undefined function {name}",
                    "`with` replaces `input`, `data`, a function or a builtin"
                );
                return null;
        }
    }

    private FunctionReplacement PlanFunctionWith(WithModifier with, object replaced, PlanContext context)
    {
        var function = FindFunction(with.Value, context);
        if (function is RuleSet set)
        {
            _reads.Add(set);
        }

        return new FunctionReplacement(
            with.Span,
            replaced,
            function,
            function is null ? PlanTerm(with.Value, context) : null
        );
    }

    /// <summary>The function or builtin that a term names; null where it is a value.</summary>
    private object? FindFunction(Term term, PlanContext context)
    {
        switch (term)
        {
            case Reference { Head: Variable { Name: "data" } } reference when ConstantPath(reference) is { } path:
                return world.FindRules([.. path]) is { Kind: RuleKind.Function } rules ? rules : null;
            case Reference { Head: Variable root } reference when ConstantPath(reference) is { } path:
                return world.Builtins.GetValueOrDefault(string.Join('.', path.Insert(0, root.Name)));
            case Variable root when !context.Has(root.Name):
                return world.Builtins.GetValueOrDefault(root.Name);
            default:
                return null;
        }
    }

    private static ImmutableArray<string>? ConstantPath(Reference reference) =>
        reference.Path.All(p => p is Literal { Value.IsString: true })
            ? [.. reference.Path.Select(p => ((Literal)p).Value.Utf8.ToString())]
            : null;
}
