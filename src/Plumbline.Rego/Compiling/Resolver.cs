using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Compiling;

/// <summary>Gives every name its meaning: the first stage after parsing.</summary>
/// <remarks>
/// After it a term holds only these names: <c>input</c> and <c>data</c> at the head of references; variables, the
/// declared ones (<c>some</c>, <c>:=</c>, <c>every</c>, parameters) under a name of their own such as <c>x@3</c>. Rules
/// and imports have become references from <c>data</c> or <c>input</c>; functions are called by their whole path;
/// <c>:=</c> has become <c>=</c> and <c>some x</c> is gone. Parts: this file, rules and statements, and what declares;
/// <c>Resolver.Terms</c>, what is meant by a name that is used.
/// </remarks>
internal sealed partial class Resolver
{
    private readonly Module _module;
    private readonly Faults _faults;
    private readonly Dictionary<string, ImmutableArray<string>> _globals;
    private readonly Func<ImmutableArray<string>, bool> _isFunction;
    private readonly List<(Variable Parameter, Term Term)> _computed = [];
    private Scope? _scope;
    private int _fresh;

    /// <summary>Names declared in one body, and those that were used in it before they were.</summary>
    private sealed class Scope(Scope? outer)
    {
        public Scope? Outer { get; } = outer;

        public Dictionary<string, string> Declared { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Used { get; } = new(StringComparer.Ordinal);
    }

    /// <param name="globals">Names of the package's rules and of imports, with the path each stands for.</param>
    /// <param name="isFunction">Whether a function is defined under a path below <c>data</c>.</param>
    public Resolver(
        Module module,
        Faults faults,
        Dictionary<string, ImmutableArray<string>> globals,
        Func<ImmutableArray<string>, bool> isFunction
    )
    {
        _module = module;
        _faults = faults;
        _globals = globals;
        _isFunction = isFunction;
    }

    /// <summary>Resolves one rule; keys are those behind the constant part of its document's path.</summary>
    public ResolvedRule Rule(Rule rule, ImmutableArray<Term> keys)
    {
        _scope = new Scope(null);
        var parameters = rule.Head.Parameters.Select(Parameter).ToImmutableArray();
        var branches = ImmutableArray.CreateBuilder<ResolvedBranch>();
        branches.Add(Branch(rule.Body, keys, rule.Head.Value, rule.Span));
        foreach (var other in rule.Else)
        {
            branches.Add(Branch(other.Body, keys, other.Value, other.Span));
        }

        return new ResolvedRule(parameters, branches.ToImmutable());
    }

    /// <summary>Resolves a query, whose undeclared variables keep their names.</summary>
    /// <param name="declared">What its declared variables are called now, by the names written.</param>
    public Body Query(Body body, out IReadOnlyDictionary<string, string> declared)
    {
        _scope = new Scope(null);
        declared = _scope.Declared;
        return body with { Statements = Statements(body.Statements) };
    }

    private ResolvedBranch Branch(Body body, ImmutableArray<Term> keys, Term? value, SourceSpan span)
    {
        var outer = _scope;
        _scope = new Scope(outer);
        var statements = Statements([.. _computed.Select(Computed), .. body.Statements]);
        var resolved = new ResolvedBranch(
            new Body(body.Span, statements),
            [.. keys.Select(Resolve)],
            Resolve(value ?? new Literal(span, Value.True)),
            span
        );
        _scope = outer;
        return resolved;
    }

    private Term Parameter(Term term) =>
        term switch
        {
            Variable variable => Declare(variable),
            ArrayTerm array => array with { Items = [.. array.Items.Select(Parameter)] },
            ObjectTerm map => map with { Members = [.. map.Members.Select(m => (Resolve(m.Key), Parameter(m.Value)))] },
            Literal => term,
            _ => ComputedParameter(term),
        };

    /// <summary>
    /// A parameter that is computed, e.g. <c>f($"{x}!")</c>: a variable, which each body begins by comparing with the
    /// term, because what the body binds may stand in it.
    /// </summary>
    private Variable ComputedParameter(Term term)
    {
        var parameter = new Variable(term.Span, FreshName("parameter"));
        _computed.Add((parameter, term));
        return parameter;
    }

    private static Statement Computed((Variable Parameter, Term Term) computed) =>
        new ExpressionStatement(
            computed.Term.Span,
            new Call(computed.Term.Span, ["eq"], [computed.Parameter, computed.Term]) { IsInfix = true }
        );

    private Body Resolve(Body body)
    {
        var outer = _scope;
        _scope = new Scope(outer);
        var statements = Statements(body.Statements);
        _scope = outer;
        return body with { Statements = statements };
    }

    private ImmutableArray<Statement> Statements(ImmutableArray<Statement> statements)
    {
        var resolved = ImmutableArray.CreateBuilder<Statement>(statements.Length);
        foreach (var statement in statements)
        {
            if (Resolve(statement) is { } result)
            {
                resolved.Add(result);
            }
        }

        return resolved.ToImmutable();
    }

    /// <summary>Null for a statement that only declares.</summary>
    private Statement? Resolve(Statement statement)
    {
        var with = statement.With.Select(Resolve).ToImmutableArray();
        switch (statement)
        {
            case SomeDeclaration some:
                foreach (var variable in some.Variables)
                {
                    Declare(variable);
                }

                return null;
            case SomeIn some:
            {
                var collection = Resolve(some.Collection);
                var key = some.Key is null ? null : Pattern(some.Key);
                return some with { Key = key, Value = Pattern(some.Value), Collection = collection, With = with };
            }

            case Every every:
                return Resolve(every) with { With = with };
            case Not not:
                return not with { Body = Resolve(not.Body), With = with };
            case ExpressionStatement { Term: Call { IsInfix: true, Operator: "assign" } assign } expression:
            {
                // The right side is read before the left declares: `x := x` reads an outer x.
                var value = Resolve(assign.Arguments[1]);
                var pattern = Assigned(assign.Arguments[0]);
                return expression with
                {
                    Term = assign with { Name = ["eq"], Arguments = [pattern, value] },
                    With = with,
                };
            }

            case ExpressionStatement expression:
                return expression with { Term = Resolve(expression.Term), With = with };
            default:
                throw new InvalidOperationException($"no statement: {statement.GetType().Name}");
        }
    }

    private Every Resolve(Every every)
    {
        var domain = Resolve(every.Domain);
        var outer = _scope;
        _scope = new Scope(outer);
        var key = every.Key is null ? null : Declare(every.Key);
        var value = Declare(every.Value);
        var body = Resolve(every.Body);
        _scope = outer;
        return every with { Key = key, Value = value, Domain = domain, Body = body };
    }

    private WithModifier Resolve(WithModifier with)
    {
        var value = Resolve(with.Value);
        return with with { Target = WithTarget(with.Target), Value = value };
    }

    /// <summary>A builtin's name stays as it is: it is no variable.</summary>
    private Term WithTarget(Term target)
    {
        var head = target is Reference reference ? reference.Head : target;
        return head is Variable variable && IsVariable(variable.Name) ? target : Resolve(target);
    }

    /// <summary>The left side of <c>:=</c>: every variable in it is new.</summary>
    private Term Assigned(Term term)
    {
        switch (term)
        {
            case Variable { IsWildcard: true }:
                return term;
            case Variable variable:
                return Declare(variable);
            case ArrayTerm array:
                return array with { Items = [.. array.Items.Select(Assigned)] };
            case ObjectTerm map:
                return map with { Members = [.. map.Members.Select(m => (Resolve(m.Key), Assigned(m.Value)))] };
            case Literal:
                return term;
            default:
                _faults.Compile(_module.Source, term.Span, $"cannot assign to {Describe(term)}");
                return Resolve(term);
        }
    }

    /// <summary>The variables of <c>some … in</c>: names not declared before are.</summary>
    private Term Pattern(Term term) =>
        term switch
        {
            Variable { IsWildcard: true } => term,
            Variable variable => Declare(variable),
            ArrayTerm array => array with { Items = [.. array.Items.Select(Pattern)] },
            ObjectTerm map => map with { Members = [.. map.Members.Select(m => (Resolve(m.Key), Pattern(m.Value)))] },
            _ => Resolve(term),
        };

    private Variable Declare(Variable variable)
    {
        if (variable.IsWildcard)
        {
            return variable;
        }

        if (_scope!.Declared.ContainsKey(variable.Name))
        {
            _faults.Compile(_module.Source, variable.Span, $"var {variable.Name} assigned above");
        }
        else if (_scope.Used.Contains(variable.Name))
        {
            _faults.Compile(_module.Source, variable.Span, $"var {variable.Name} referenced above");
        }

        var name = FreshName(variable.Name);
        _scope.Declared[variable.Name] = name;
        return variable with { Name = name };
    }

    private string FreshName(string written) => string.Create(CultureInfo.InvariantCulture, $"{written}@{++_fresh}");
}

/// <summary>A rule whose names have their meaning.</summary>
internal sealed record ResolvedRule(ImmutableArray<Term> Parameters, ImmutableArray<ResolvedBranch> Branches);

/// <summary>One body with the head it gives; the first of a rule, or an <c>else</c>.</summary>
internal sealed record ResolvedBranch(Body Body, ImmutableArray<Term> Keys, Term Value, SourceSpan Span);
