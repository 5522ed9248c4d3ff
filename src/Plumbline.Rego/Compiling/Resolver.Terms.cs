using System.Collections.Immutable;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Compiling;

internal sealed partial class Resolver
{
    private Term Resolve(Term term) =>
        term switch
        {
            Literal => term,
            Variable variable => Resolve(variable),
            Reference reference => Resolve(reference),
            ArrayTerm array => array with { Items = [.. array.Items.Select(Resolve)] },
            SetTerm set => set with { Items = [.. set.Items.Select(Resolve)] },
            ObjectTerm map => map with { Members = [.. map.Members.Select(m => (Resolve(m.Key), Resolve(m.Value)))] },
            ArrayComprehension c => Comprehension(c.Body, body => c with { Body = body, Item = Resolve(c.Item) }),
            SetComprehension c => Comprehension(c.Body, body => c with { Body = body, Item = Resolve(c.Item) }),
            ObjectComprehension c => Comprehension(
                c.Body,
                body => c with { Body = body, Key = Resolve(c.Key), Value = Resolve(c.Value) }
            ),
            Call call => Resolve(call),
            TemplateString template => template with { Parts = [.. template.Parts.Select(Resolve)] },
            _ => throw new InvalidOperationException($"no term: {term.GetType().Name}"),
        };

    /// <summary>The head of a comprehension sees what its body declares.</summary>
    private Term Comprehension(Body body, Func<Body, Term> make)
    {
        var outer = _scope;
        _scope = new Scope(outer);
        var statements = Statements(body.Statements);
        var term = make(body with { Statements = statements });
        _scope = outer;
        return term;
    }

    private Term Resolve(Variable variable)
    {
        if (variable.IsWildcard)
        {
            return variable;
        }

        if (Find(variable.Name) is { } declared)
        {
            return variable with { Name = declared };
        }

        if (_globals.TryGetValue(variable.Name, out var path))
        {
            return Global(variable.Span, path);
        }

        return variable;
    }

    private Term Resolve(Reference reference)
    {
        var head = Resolve(reference.Head);
        var path = reference.Path.Select(Resolve).ToImmutableArray();
        return head is Reference inner
            ? new Reference(reference.Span, inner.Head, inner.Path.AddRange(path))
            : reference with
            {
                Head = head,
                Path = path,
            };
    }

    private Call Resolve(Call call)
    {
        var arguments = call.Arguments.Select(Resolve).ToImmutableArray();
        var name = call.Name;
        if (!call.IsInfix && name[0] is not "data" && _globals.TryGetValue(name[0], out var path))
        {
            var whole = path.AddRange(name[1..]);
            if (whole[0] == "data" && (_isFunction(whole[1..]) || name.Length > 1 || path.Length > 1))
            {
                name = whole;
            }
        }

        return call with
        {
            Name = name,
            Arguments = arguments,
        };
    }

    private static Term Global(SourceSpan span, ImmutableArray<string> path)
    {
        var head = new Variable(span, path[0]);
        return path.Length == 1
            ? head
            : new Reference(span, head, [.. path[1..].Select(Term (p) => new Literal(span, Value.Of(p)))]);
    }

    /// <summary>The innermost declaration; notes the use of a name without one, for "referenced above". A closure's uses are its own.</summary>
    private string? Find(string name)
    {
        if (Peek(name) is { } declared)
        {
            return declared;
        }

        _scope!.Used.Add(name);
        return null;
    }

    private bool IsVariable(string name) => !IsRoot(name) && Peek(name) is null && !_globals.ContainsKey(name);

    private string? Peek(string name)
    {
        for (var scope = _scope; scope is not null; scope = scope.Outer)
        {
            if (scope.Declared.TryGetValue(name, out var declared))
            {
                return declared;
            }
        }

        return null;
    }

    private static bool IsRoot(string name) => name is "input" or "data";

    private static string Describe(Term term) =>
        term switch
        {
            Reference => "ref",
            Call => "call",
            SetTerm => "set",
            Literal literal => TypeNames.Of(literal.Value),
            _ => "comprehension",
        };
}
