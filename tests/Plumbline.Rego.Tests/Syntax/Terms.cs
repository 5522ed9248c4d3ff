using System.Collections;
using System.Runtime.CompilerServices;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>All terms of a tree, outer ones before inner ones.</summary>
internal static class Terms
{
    public static IEnumerable<Term> In(object? tree)
    {
        switch (tree)
        {
            case string:
                return [];
            case IEnumerable items:
                return items.Cast<object?>().SelectMany(In);
            case ITuple tuple:
                return Enumerable.Range(0, tuple.Length).SelectMany(i => In(tuple[i]));
            case Term or Statement or Body or WithModifier or Rule or RuleHead or ElseBranch:
                var inner = tree.GetType().GetProperties().Where(p => p.CanWrite).SelectMany(p => In(p.GetValue(tree)));
                return tree is Term term ? inner.Prepend(term) : inner;
            default:
                return [];
        }
    }
}
