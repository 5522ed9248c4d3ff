using System.Collections.Immutable;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Compiling;

/// <summary>What must be bound before a term or statement can be planned, and what it binds itself.</summary>
internal sealed class NeedSet
{
    private readonly HashSet<string> _needs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gives = new(StringComparer.Ordinal);

    public void Need(string variable) => _needs.Add(variable);

    public void Give(string variable) => _gives.Add(variable);

    public bool IsReady(PlanContext context) => _needs.All(n => context.Has(n) || _gives.Contains(n));
}

internal sealed partial class Planner
{
    private NeedSet Needs(Term term, PlanContext context)
    {
        var needs = new NeedSet();
        Collect(term, context, needs);
        return needs;
    }

    private void Collect(ImmutableArray<Term> terms, PlanContext context, NeedSet needs)
    {
        foreach (var term in terms)
        {
            Collect(term, context, needs);
        }
    }

    /// <summary>A term that is evaluated: its variables are needed, those in brackets of references are given.</summary>
    private void Collect(Term term, PlanContext context, NeedSet needs)
    {
        switch (term)
        {
            case Variable variable when Variables.IsVariable(variable):
                needs.Need(variable.Name);
                break;
            case Reference reference:
                Collect(reference.Head, context, needs);
                foreach (var operand in reference.Path)
                {
                    CollectPattern(operand, context, needs);
                }

                break;
            case ArrayTerm array:
                Collect(array.Items, context, needs);
                break;
            case SetTerm set:
                Collect(set.Items, context, needs);
                break;
            case ObjectTerm map:
                foreach (var (key, value) in map.Members)
                {
                    Collect(key, context, needs);
                    Collect(value, context, needs);
                }

                break;
            case Call call:
                Collect(call.Arguments, context, needs);
                break;
            case TemplateString template:
                Collect(template.Parts, context, needs);
                break;
            case ArrayComprehension c:
                CollectClosure(c, context, needs);
                break;
            case SetComprehension c:
                CollectClosure(c, context, needs);
                break;
            case ObjectComprehension c:
                CollectClosure(c, context, needs);
                break;
        }
    }

    /// <summary>A term that is held against a value: a variable in it is given.</summary>
    private void CollectPattern(Term term, PlanContext context, NeedSet needs)
    {
        switch (term)
        {
            case Variable variable when Variables.IsVariable(variable):
                needs.Give(variable.Name);
                break;
            case ArrayTerm array:
                foreach (var item in array.Items)
                {
                    CollectPattern(item, context, needs);
                }

                break;
            case ObjectTerm map:
                foreach (var (key, value) in map.Members)
                {
                    Collect(key, context, needs);
                    CollectPattern(value, context, needs);
                }

                break;
            default:
                Collect(term, context, needs);
                break;
        }
    }

    /// <summary>A closure needs what it shares with the bodies around it; the rest is its own.</summary>
    private static void CollectClosure(Term closure, PlanContext context, NeedSet needs) =>
        Variables.All(
            closure,
            v =>
            {
                if (context.Visible.Contains(v.Name))
                {
                    needs.Need(v.Name);
                }
            }
        );

    private static void CollectClosure(Body body, PlanContext context, NeedSet needs) =>
        Variables.All(
            body,
            v =>
            {
                if (context.Visible.Contains(v.Name))
                {
                    needs.Need(v.Name);
                }
            }
        );

    /// <summary>The variables of a statement that are no closure's own: what the bodies inside see.</summary>
    private static void DirectVariables(Statement statement, HashSet<string> visible)
    {
        void Add(Variable v) => visible.Add(v.Name);

        foreach (var with in statement.With)
        {
            Variables.Direct(with.Value, Add);
        }

        switch (statement)
        {
            case ExpressionStatement expression:
                Variables.Direct(expression.Term, Add);
                break;
            case SomeIn some:
                Variables.Direct(some.Value, Add);
                Variables.Direct(some.Collection, Add);
                if (some.Key is not null)
                {
                    Variables.Direct(some.Key, Add);
                }

                break;
            case Every every:
                Variables.Direct(every.Domain, Add);
                break;
            case Not { IsBlock: false, Body.Statements.Length: 1 } not:
                // What is not declared inside belongs to the body around, where it must be bound.
                foreach (var inner in not.Body.Statements)
                {
                    var names = new HashSet<string>(StringComparer.Ordinal);
                    DirectVariables(inner, names);
                    visible.UnionWith(names.Where(n => n[0] != '$' && !n.Contains('@', StringComparison.Ordinal)));
                }

                break;
        }
    }
}
