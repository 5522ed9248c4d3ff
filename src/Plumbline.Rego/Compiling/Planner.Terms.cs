using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Compiling;

internal sealed partial class Planner
{
    /// <summary>Plans a term that has a value; what its references iterate over is added to the context's operations.</summary>
    private Expr PlanTerm(Term term, PlanContext context)
    {
        switch (term)
        {
            case Literal literal:
                return new ConstExpr(literal.Span, literal.Value);
            case Variable { Name: "input" }:
                return new InputExpr(term.Span);
            case Variable { Name: "data" }:
                return DataExpr(term.Span, [], out _);
            case Variable variable:
                return PlanVariable(variable, context);
            case Reference reference:
                return PlanReference(reference, context);
            case ArrayTerm array:
                return Folded(new ArrayExpr(array.Span, PlanAll(array.Items, context)));
            case SetTerm set:
                return Folded(new SetExpr(set.Span, PlanAll(set.Items, context)));
            case ObjectTerm map:
            {
                var terms = PlanAll([.. map.Members.SelectMany(m => new[] { m.Key, m.Value })], context);
                var members = map.Members.Select((_, i) => (terms[2 * i], terms[(2 * i) + 1]));
                return Folded(new ObjectExpr(map.Span, [.. members]));
            }

            case Call call:
                return PlanCall(call, context);
            case TemplateString template:
                return new TemplateExpr(template.Span, PlanAll(template.Parts, context));
            case ArrayComprehension c:
                return Comprehension(c.Span, ValueKind.Array, null, c.Item, c.Body, context);
            case SetComprehension c:
                return Comprehension(c.Span, ValueKind.Set, null, c.Item, c.Body, context);
            case ObjectComprehension c:
                return Comprehension(c.Span, ValueKind.Object, c.Key, c.Value, c.Body, context);
            default:
                throw new InvalidOperationException($"no term: {term.GetType().Name}");
        }
    }

    private Expr PlanVariable(Variable variable, PlanContext context)
    {
        if (!context.Has(variable.Name))
        {
            ReportUnsafe(variable, context, isNegated: false);
            return new ConstExpr(variable.Span, Value.Null);
        }

        return new SlotExpr(variable.Span, SlotOf(variable.Name));
    }

    /// <summary>Operands in an order in which what one binds is bound for the others.</summary>
    private ImmutableArray<Expr> PlanAll(ImmutableArray<Term> terms, PlanContext context)
    {
        var planned = new Expr[terms.Length];
        var moved = true;
        while (moved && planned.Contains(null))
        {
            moved = false;
            for (var i = 0; i < terms.Length; i++)
            {
                if (planned[i] is null && Needs(terms[i], context).IsReady(context))
                {
                    planned[i] = PlanTerm(terms[i], context);
                    moved = true;
                }
            }
        }

        for (var i = 0; i < terms.Length; i++)
        {
            if (planned[i] is null)
            {
                ReportUnsafe(terms[i], context);
                planned[i] = new ConstExpr(terms[i].Span, Value.Null);
            }
        }

        return [.. planned];
    }

    private Expr PlanReference(Reference reference, PlanContext context)
    {
        Expr target;
        var path = reference.Path;
        if (reference.Head is Variable { Name: "data" })
        {
            target = DataExpr(reference.Span, path, out var used);
            path = path[used..];
        }
        else
        {
            target = PlanTerm(reference.Head, context);
        }

        foreach (var operand in path)
        {
            target = IsPattern(operand, context)
                ? PlanScan(operand, target, context)
                : new DotExpr(operand.Span, target, PlanTerm(operand, context));
        }

        return target;
    }

    /// <summary>Visits the members of <paramref name="target"/> whose keys fit; the value is that member's.</summary>
    private SlotExpr PlanScan(Term key, Expr target, PlanContext context)
    {
        var member = world.NewSlot();
        var pattern = PlanPattern(key, context);
        context.Ops.Add(new ScanOp(key.Span, target, pattern, new BindPattern(member), context.IsOrdered));
        return new SlotExpr(key.Span, member);
    }

    /// <summary>The document that the constant start of a path below <c>data</c> names.</summary>
    /// <param name="used">Operands that it covers.</param>
    private Expr DataExpr(SourceSpan span, ImmutableArray<Term> path, out int used)
    {
        var node = world.Root;
        var names = ImmutableArray.CreateBuilder<string>();
        for (used = 0; used < path.Length; used++)
        {
            if (path[used] is Literal { Value.IsString: false } literal)
            {
                // Packages have only names for keys, and OPA's store takes a number for one: `data[2]` is `data["2"]`.
                if (literal.Value.IsNumber && names.Count == 0)
                {
                    names.Add(literal.Value.ToString());
                    used++;
                }

                return new BaseExpr(span, names.ToImmutable());
            }

            if (path[used] is not Literal { Value: { IsString: true } name })
            {
                node = node.Reached([.. path[used..].Select(NameOf)]);
                break;
            }

            names.Add(name.Utf8.ToString());
            if (!node.Children.TryGetValue(names[^1], out var child))
            {
                // No rule at or below: base documents alone, as far as the path is constant.
                while (++used < path.Length && path[used] is Literal { Value: { IsString: true } next })
                {
                    names.Add(next.Utf8.ToString());
                }

                return new BaseExpr(span, names.ToImmutable());
            }

            node = child;
            if (node.Rules is { } rules)
            {
                used++;
                _reads.Add(rules);
                if (rules.Kind == RuleKind.Function)
                {
                    world.Faults.Type(source, span, $"function {rules.Name} used as reference, not called");
                }

                return new RuleExpr(span, rules);
            }
        }

        _reads.UnionWith(node.All().Where(r => r.Kind != RuleKind.Function));
        return node is { Children.Count: 0, IsPackage: false }
            ? new BaseExpr(span, names.ToImmutable())
            : new PackageExpr(span, names.ToImmutable(), node);
    }

    /// <summary>Null for an operand that may be any name.</summary>
    private static string? NameOf(Term operand) =>
        operand is Literal { Value: { IsString: true } name } ? name.Utf8.ToString() : null;

    private Expr PlanCall(Call call, PlanContext context)
    {
        var arity = ArityOf(call);
        if (arity is null)
        {
            world.Faults.Type(source, call.Span, $"undefined function {call.Operator}", HintForFunction(call));
            return new ConstExpr(call.Span, Value.Null);
        }

        if (arity != call.Arguments.Length)
        {
            var wanted = string.Create(CultureInfo.InvariantCulture, $"{arity} argument{(arity == 1 ? "" : "s")}");
            world.Faults.Type(
                source,
                call.Span,
                $"{call.Operator}: arity mismatch: expected {wanted}, got {call.Arguments.Length}"
            );
            return new ConstExpr(call.Span, Value.Null);
        }

        var arguments = PlanAll(call.Arguments, context);
        if (call.Name[0] == "data")
        {
            var function = world.FindRules([.. call.Name[1..]])!;
            _reads.Add(function);
            return new CallExpr(call.Span, function, arguments);
        }

        return new BuiltinExpr(call.Span, world.Builtins[call.Operator], arguments, source);
    }

    /// <summary>How many operands the function takes; null where there is none of that name.</summary>
    private int? ArityOf(Call call)
    {
        if (call.Name[0] == "data")
        {
            return world.FindRules([.. call.Name[1..]]) is { Kind: RuleKind.Function } function ? function.Arity : null;
        }

        return world.Builtins.TryGetValue(call.Operator, out var builtin) ? builtin.Arity : null;
    }

    private string? HintForFunction(Call call)
    {
        var functions = world.Root.All().Where(r => r.Kind == RuleKind.Function);
        var near = world
            .Builtins.Keys.Where(n => Distance(n, call.Operator) <= 2)
            .Concat(functions.Where(f => Distance(f.Path[^1], call.Name[^1]) <= 2).Select(f => f.Name))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        return near is null ? null : $"did you mean `{near}`?";
    }

    /// <summary>Edits that turn one name into the other (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var edited = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(edited, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    private ComprehensionExpr Comprehension(
        SourceSpan span,
        ValueKind kind,
        Term? key,
        Term item,
        Body body,
        PlanContext context
    )
    {
        var inner = new PlanContext([.. context.Bound], [.. context.Visible], kind == ValueKind.Array);
        foreach (var head in key is null ? [item] : new[] { key, item })
        {
            Variables.Direct(head, v => inner.Visible.Add(v.Name));
        }

        PlanStatements(body.Statements, inner);
        var keyExpr = key is null ? null : PlanHead(key, inner);
        var itemExpr = PlanHead(item, inner);
        return new ComprehensionExpr(span, kind, keyExpr, itemExpr, new Block([.. inner.Ops]) { Body = body });
    }

    /// <summary>What a value is held against; variables that are not bound yet are bound by it.</summary>
    private Pattern PlanPattern(Term term, PlanContext context)
    {
        switch (term)
        {
            case Variable { IsWildcard: true } wildcard when !context.Has(wildcard.Name):
                return AnyPattern.Instance;
            case Variable variable when Variables.IsVariable(variable) && !context.Has(variable.Name):
                context.Bound.Add(variable.Name);
                return new BindPattern(SlotOf(variable.Name));
            case ArrayTerm array when IsPattern(array, context):
                return new ArrayPattern([.. array.Items.Select(i => PlanPattern(i, context))]);
            case ObjectTerm map when IsPattern(map, context):
                return new ObjectPattern([
                    .. map.Members.Select(m => (PlanTerm(m.Key, context), PlanPattern(m.Value, context))),
                ]);
            default:
                return new EqualPattern(PlanTerm(term, context));
        }
    }

    /// <summary>A literal collection of constants is a constant.</summary>
    private static Expr Folded(Expr expr)
    {
        switch (expr)
        {
            case ArrayExpr array when array.Items.All(i => i is ConstExpr):
                return new ConstExpr(expr.Span, Value.ArrayOf([.. array.Items.Select(i => ((ConstExpr)i).Value)]));
            case SetExpr set when set.Items.All(i => i is ConstExpr):
            {
                var builder = new SetBuilder();
                foreach (var item in set.Items)
                {
                    builder.Add(((ConstExpr)item).Value);
                }

                return new ConstExpr(expr.Span, builder.ToValue());
            }

            case ObjectExpr map when map.Members.All(m => m is { Key: ConstExpr, Value: ConstExpr }):
            {
                var builder = new ObjectBuilder();
                foreach (var (key, value) in map.Members)
                {
                    builder[((ConstExpr)key).Value] = ((ConstExpr)value).Value;
                }

                return new ConstExpr(expr.Span, builder.ToValue());
            }

            default:
                return expr;
        }
    }
}
