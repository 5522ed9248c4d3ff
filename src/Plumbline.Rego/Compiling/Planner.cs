using System.Collections.Immutable;
using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Compiling;

/// <summary>Turns the resolved rules of one document into a plan.</summary>
/// <remarks>
/// Statements are put in an order in which every variable is bound before it is needed, keeping the written order where
/// it allows that (OPA's safety ordering); a variable that no order binds is unsafe. Parts: this file, rules and the
/// order of statements; <c>Planner.Statements</c>, each kind of statement; <c>Planner.Terms</c>, terms;
/// <c>Planner.Needs</c>, what has to be bound before; <c>Planner.Safety</c>, what nothing binds.
/// </remarks>
internal sealed partial class Planner(PlanWorld world, SourceText source)
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<RuleSet> _reads = [];
    private readonly Dictionary<Statement, int> _kept = new(ReferenceEqualityComparer.Instance);
    private bool _keepsUntrue;

    /// <summary>Documents that what was planned so far reads.</summary>
    public IReadOnlySet<RuleSet> Reads => _reads;

    /// <summary>Names of the query's variables with their slots, wildcards and those of its closures aside.</summary>
    /// <param name="declared">What declared variables are called, by the names written.</param>
    public IEnumerable<KeyValuePair<string, int>> NamedSlots(IReadOnlyDictionary<string, string> declared) =>
        _slots
            .Where(s => s.Key[0] != '$' && !s.Key.Contains('@', StringComparison.Ordinal))
            .Concat(
                declared
                    .Where(d => _slots.ContainsKey(d.Value))
                    .Select(d => KeyValuePair.Create(d.Key, _slots[d.Value]))
            );

    /// <summary>Where the values of the statements stand that have one, as <see cref="QueryKeeping"/> planned them.</summary>
    public IReadOnlyDictionary<Statement, int> KeptSlots => _kept;

    public BodyPlan Rule(Rule rule, ResolvedRule resolved, bool isSetMember)
    {
        var parameters = new PlanContext([], [], false);
        CollectVisible(resolved.Parameters, parameters.Visible);
        var patterns = resolved.Parameters.Select(p => PlanPattern(p, parameters)).ToImmutableArray();
        var branches = resolved.Branches.Select(b => Branch(b, parameters)).ToImmutableArray();
        return new BodyPlan(source, rule.Span, patterns, branches) { IsSetMember = isSetMember };
    }

    /// <summary>A value that may not depend on anything: of a <c>default</c>.</summary>
    public Expr Constant(Term term)
    {
        var context = new PlanContext([], [], false);
        return PlanTerm(term, context);
    }

    /// <summary>A query: its block binds the variables of <see cref="NamedSlots"/>.</summary>
    public Block Query(Body body)
    {
        var context = new PlanContext([], [], false);
        PlanStatements(body.Statements, context);
        return new Block([.. context.Ops]) { Body = body };
    }

    /// <summary>A query whose statements have values, which its block puts into <see cref="KeptSlots"/>; solutions come in OPA's order.</summary>
    public Block QueryKeeping(Body body)
    {
        _keepsUntrue = body.Statements is [ExpressionStatement { Term: var only }] && !Iterates(only);
        foreach (var statement in body.Statements.OfType<ExpressionStatement>().Where(HasValue))
        {
            _kept.Add(statement, world.NewSlot());
        }

        var context = new PlanContext([], [], isOrdered: true);
        PlanStatements(body.Statements, context);
        return new Block([.. context.Ops]) { Body = body };
    }

    /// <summary>Equations and relations merely hold.</summary>
    private bool HasValue(ExpressionStatement statement) =>
        statement.Term is not Call call || (call.Operator != "eq" && call.Arguments.Length == ArityOf(call));

    /// <summary>Has a solution for each of several values; what closures do inside themselves aside.</summary>
    private static bool Iterates(Term term) =>
        term switch
        {
            Reference reference => reference.Path.Any(Variables.IsVariable) || reference.Path.Any(Iterates),
            Call call => call.Operator == "walk" || call.Arguments.Any(Iterates),
            ArrayTerm array => array.Items.Any(Iterates),
            SetTerm set => set.Items.Any(Iterates),
            ObjectTerm map => map.Members.Any(m => Iterates(m.Key) || Iterates(m.Value)),
            TemplateString template => template.Parts.Any(Iterates),
            _ => false,
        };

    private BranchPlan Branch(ResolvedBranch branch, PlanContext parameters)
    {
        var context = parameters.Inner(isOrdered: false);
        var inner = new PlanContext(context.Bound, [.. context.Visible], false);
        foreach (var term in branch.Keys.Add(branch.Value))
        {
            Variables.Direct(term, v => inner.Visible.Add(v.Name));
        }

        PlanStatements(branch.Body.Statements, inner);
        var keys = branch.Keys.Select(k => PlanHead(k, inner)).ToImmutableArray();
        var value = PlanHead(branch.Value, inner);
        return new BranchPlan(branch.Span, new Block([.. inner.Ops]), keys, value);
    }

    private Expr PlanHead(Term term, PlanContext context)
    {
        if (!Needs(term, context).IsReady(context))
        {
            ReportUnsafe(term, context);
            return new ConstExpr(term.Span, Value.Null);
        }

        return PlanTerm(term, context);
    }

    private static void CollectVisible(ImmutableArray<Term> terms, HashSet<string> visible)
    {
        foreach (var term in terms)
        {
            Variables.Direct(term, v => visible.Add(v.Name));
        }
    }

    /// <summary>Plans a body's statements in an order that binds before it needs.</summary>
    private void PlanStatements(ImmutableArray<Statement> statements, PlanContext context)
    {
        var pending = new List<Statement>();
        foreach (var statement in statements)
        {
            Flatten(statement, pending);
        }

        foreach (var statement in pending)
        {
            DirectVariables(statement, context.Visible);
        }

        var moved = true;
        while (pending.Count > 0 && moved)
        {
            moved = false;
            for (var i = 0; i < pending.Count; )
            {
                var first = context.Ops.Count;
                if (TryPlan(pending[i], context))
                {
                    Mark(context.Ops, first, pending[i]);
                    pending.RemoveAt(i);
                    moved = true;
                }
                else
                {
                    i++;
                }
            }
        }

        foreach (var statement in pending)
        {
            ReportUnsafe(statement, context);
        }
    }

    private static void Mark(List<Op> ops, int first, Statement statement)
    {
        var shown = AsWritten(statement);
        for (var i = first; i < ops.Count; i++)
        {
            ops[i] = ops[i] with { Statement = shown };
        }
    }

    /// <summary>
    /// Takes <c>[a, b] = [c, d]</c> apart into <c>a = c; b = d</c>, so that each part can wait for its own variables, and
    /// turns a call with one operand too many, <c>f(x, y)</c>, into <c>y = f(x)</c>.
    /// </summary>
    private void Flatten(Statement statement, List<Statement> into)
    {
        if (statement is not ExpressionStatement { Term: Call call } expression)
        {
            into.Add(statement);
            return;
        }

        if (call.Operator == "print")
        {
            into.Add(expression with { Term = Printed(call) });
            return;
        }

        if (!call.IsInfix && ArityOf(call) is { } arity && call.Arguments.Length == arity + 1)
        {
            var value = call with { Arguments = call.Arguments[..arity] };
            var equal = new Call(call.Span, ["eq"], [call.Arguments[arity], value]) { IsInfix = true };
            Flatten(expression with { Term = equal }, into);
            return;
        }

        if (call is not { Operator: "eq", Arguments: [var left, var right] })
        {
            into.Add(statement);
            return;
        }

        switch (left, right)
        {
            case (ArrayTerm a, ArrayTerm b) when a.Items.Length == b.Items.Length && a.Items.Length > 0:
                for (var i = 0; i < a.Items.Length; i++)
                {
                    Flatten(Equal(expression, a.Items[i], b.Items[i]), into);
                }

                break;
            case (ObjectTerm a, ObjectTerm b) when SameLiteralKeys(a, b):
                foreach (var (key, value) in a.Members)
                {
                    Flatten(Equal(expression, value, b.Members.First(m => KeyOf(m.Key) == KeyOf(key)).Value), into);
                }

                break;
            default:
                into.Add(statement);
                break;
        }
    }

    /// <summary><c>print(x, y)</c> takes any number of operands and holds whether they are defined or not: each becomes the set of its values.</summary>
    private static Call Printed(Call print) =>
        print with
        {
            Name = ["internal", "print"],
            Arguments = [new ArrayTerm(print.Span, [.. print.Arguments.Select(Values)])],
        };

    /// <summary>Undoes <see cref="Printed"/>.</summary>
    private static Statement AsWritten(Statement statement) =>
        statement is ExpressionStatement { Term: Call { Arguments: [ArrayTerm operands] } call } print && IsPrint(call)
            ? print with
            {
                Term = call with
                {
                    Name = ["print"],
                    Arguments = [.. operands.Items.Cast<SetComprehension>().Select(Operand)],
                },
            }
            : statement;

    private static Term Operand(SetComprehension values) =>
        ((Call)((ExpressionStatement)values.Body.Statements[0]).Term).Arguments[1];

    private static Term Values(Term operand)
    {
        var value = new Variable(operand.Span, "printed@");
        var equal = new Call(operand.Span, ["eq"], [value, operand]) { IsInfix = true };
        var body = new Body(operand.Span, [new ExpressionStatement(operand.Span, equal)]);
        return new SetComprehension(operand.Span, value, body);
    }

    private static ExpressionStatement Equal(ExpressionStatement of, Term left, Term right) =>
        of with
        {
            Term = new Call(of.Span, ["eq"], [left, right]) { IsInfix = true },
        };

    private static bool SameLiteralKeys(ObjectTerm left, ObjectTerm right) =>
        left.Members.Length > 0
        && left.Members.Length == right.Members.Length
        && left.Members.All(m => KeyOf(m.Key).IsDefined && right.Members.Count(o => KeyOf(o.Key) == KeyOf(m.Key)) == 1);

    private static Value KeyOf(Term key) => key is Literal literal ? literal.Value : default;

    private int SlotOf(string variable)
    {
        if (!_slots.TryGetValue(variable, out var slot))
        {
            _slots.Add(variable, slot = world.NewSlot());
        }

        return slot;
    }
}
