using System.Collections.Immutable;
using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Interprets a plan node by node: slow, plain, and the reference that the closures are held against.</summary>
internal class TreeWalker(RuleRunner runner) : BackEnd
{
    public override Eval Compile(Expr expr) => frame => Evaluate(frame, expr);

    public override Step Compile(Block block, Step final) => frame => Run(frame, block, final);

    protected virtual bool Run(Frame frame, Block block, Step final) =>
        Run(frame, block.Ops, 0, block.Ops.Length, final);

    protected virtual Value Evaluate(Frame frame, Expr expr)
    {
        switch (expr)
        {
            case ConstExpr constant:
                return constant.Value;
            case SlotExpr slot:
                return frame.Slots[slot.Slot];
            case InputExpr:
                return frame.World.Input;
            case BaseExpr path:
                return path.Path.Aggregate(frame.World.Data, (value, name) => Reading.Member(frame, value, name));
            case PackageExpr package:
                return runner.Package(frame, package.Node, package.Path);
            case RuleExpr rule:
                return runner.Document(frame, rule.Rules);
            case DotExpr dot:
            {
                var target = Evaluate(frame, dot.Target);
                return target.IsUndefined ? default : Reading.Member(frame, target, Evaluate(frame, dot.Key));
            }

            case CallExpr call:
                return EvaluateAll(frame, call.Arguments) is { } arguments
                    ? runner.Call(frame, call.Function, arguments)
                    : default;
            case BuiltinExpr call:
                return EvaluateAll(frame, call.Arguments) is { } operands
                    ? runner.Call(frame, call, operands)
                    : default;
            case ArrayExpr array:
                return EvaluateAll(frame, array.Items) is { } items ? frame.Built(Value.ArrayOf(items)) : default;
            case SetExpr set:
                return EvaluateAll(frame, set.Items) is { } members ? frame.Built(Literals.SetOf(members)) : default;
            case ObjectExpr map:
                return EvaluateAll(frame, [.. map.Members.SelectMany(m => new[] { m.Key, m.Value })]) is { } pairs
                    ? frame.Built(Literals.ObjectOf(frame, pairs))
                    : default;
            case ComprehensionExpr comprehension:
            {
                var run = CompileGathering(
                    comprehension.Block,
                    comprehension.Key is null ? [] : [comprehension.Key],
                    comprehension.Item
                );
                return Comprehensions.Run(frame, comprehension, run);
            }

            case TemplateExpr template:
                return frame.Built(Literals.Template([.. template.Parts.Select(p => Evaluate(frame, p))]));
            default:
                throw new InvalidOperationException($"no expression: {expr.GetType().Name}");
        }
    }

    /// <summary>Null where one of them is undefined.</summary>
    protected Value[]? EvaluateAll(Frame frame, ImmutableArray<Expr> exprs)
    {
        var values = new Value[exprs.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Evaluate(frame, exprs[i]);
            if (values[i].IsUndefined)
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>Runs the operations from <paramref name="at"/> to before <paramref name="end"/>; doubt that a solution raised ends with it.</summary>
    protected bool Run(Frame frame, ImmutableArray<Op> ops, int at, int end, Step final)
    {
        if (at == end)
        {
            return final(frame);
        }

        if (at % GuardEvery == GuardEvery - 1)
        {
            Frame.GuardStack();
        }

        frame.Charge(1);
        var doubt = frame.Doubt;
        var stops = Run(frame, ops[at], f => Run(f, ops, at + 1, end, final));
        frame.Doubt = doubt;
        return stops;
    }

    private bool Run(Frame frame, Op op, Step next)
    {
        switch (op)
        {
            case TestOp test:
                return Reading.Holds(frame, Evaluate(frame, test.Value)) && next(frame);
            case EqualOp equal:
                return Reading.AreEqual(frame, Evaluate(frame, equal.Left), Evaluate(frame, equal.Right))
                    && next(frame);
            case MatchOp match:
            {
                var value = Evaluate(frame, match.Value);
                return value.IsDefined && Compile(match.Pattern)(frame, value) && next(frame);
            }

            case ScanOp scan:
                return Reading.Scan(
                    frame,
                    Evaluate(frame, scan.Collection),
                    scan.IsOrdered,
                    (f, key, value) =>
                    {
                        var doubt = f.Doubt;
                        var stops = Compile(scan.Key)(f, key) && Compile(scan.Value)(f, value) && next(f);
                        f.Doubt = doubt;
                        return stops;
                    }
                );
            case PrintOp print:
                Printing.Print(frame, print, [.. print.Operands.Select(Compile)]);
                return next(frame);
            case NotOp not:
                return Probe.HasNone(frame, Compile(not.Block, Gatherer.Take)) && next(frame);
            case EveryOp every:
                return EveryWatch.Holds(
                        frame,
                        Evaluate(frame, every.Domain),
                        Compile(every.Key),
                        Compile(every.Value),
                        Compile(every.Block, Gatherer.Take)
                    ) && next(frame);
            case WithOp with:
                return World.Run(frame, with, CompileValues(with), Compile(with.Block, f => World.Leave(f, next)));
            default:
                throw new InvalidOperationException($"no operation: {op.GetType().Name}");
        }
    }
}
