using System.Collections.Immutable;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Compiling;

/// <summary>Which variables stand in a resolved term or statement.</summary>
internal static class Variables
{
    public static bool IsVariable(Term term) => term is Variable { Name: not ("input" or "data") };

    /// <summary>Those outside of closures: of comprehensions, <c>not</c> and <c>every</c> only what leads to them.</summary>
    public static void Direct(Term term, Action<Variable> found) => Walk(term, found, closures: false);

    /// <summary>All, closures included.</summary>
    public static void All(Term term, Action<Variable> found) => Walk(term, found, closures: true);

    public static void All(Body body, Action<Variable> found)
    {
        foreach (var statement in body.Statements)
        {
            All(statement, found);
        }
    }

    public static void All(Statement statement, Action<Variable> found)
    {
        foreach (var with in statement.With)
        {
            All(with.Value, found);
            WalkWithTarget(with.Target, found);
        }

        switch (statement)
        {
            case ExpressionStatement expression:
                All(expression.Term, found);
                break;
            case SomeIn some:
                if (some.Key is not null)
                {
                    All(some.Key, found);
                }

                All(some.Value, found);
                All(some.Collection, found);
                break;
            case Every every:
                All(every.Domain, found);
                if (every.Key is not null)
                {
                    found(every.Key);
                }

                found(every.Value);
                All(every.Body, found);
                break;
            case Not not:
                All(not.Body, found);
                break;
        }
    }

    private static void WalkWithTarget(Term target, Action<Variable> found)
    {
        if (target is Reference reference)
        {
            foreach (var operand in reference.Path)
            {
                All(operand, found);
            }
        }
    }

    private static void Walk(Term term, Action<Variable> found, bool closures)
    {
        switch (term)
        {
            case Variable variable when IsVariable(variable):
                found(variable);
                break;
            case Reference reference:
                Walk(reference.Head, found, closures);
                Walk(reference.Path, found, closures);
                break;
            case ArrayTerm array:
                Walk(array.Items, found, closures);
                break;
            case SetTerm set:
                Walk(set.Items, found, closures);
                break;
            case ObjectTerm map:
                foreach (var (key, value) in map.Members)
                {
                    Walk(key, found, closures);
                    Walk(value, found, closures);
                }

                break;
            case Call call:
                Walk(call.Arguments, found, closures);
                break;
            case TemplateString template:
                Walk(template.Parts, found, closures);
                break;
            case ArrayComprehension c when closures:
                Walk(c.Item, found, closures);
                All(c.Body, found);
                break;
            case SetComprehension c when closures:
                Walk(c.Item, found, closures);
                All(c.Body, found);
                break;
            case ObjectComprehension c when closures:
                Walk(c.Key, found, closures);
                Walk(c.Value, found, closures);
                All(c.Body, found);
                break;
        }
    }

    private static void Walk(ImmutableArray<Term> terms, Action<Variable> found, bool closures)
    {
        foreach (var term in terms)
        {
            Walk(term, found, closures);
        }
    }
}
