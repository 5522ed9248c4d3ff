using System.Collections.Immutable;
using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Compiles a plan into delegates that call each other: the evaluator.</summary>
/// <remarks>
/// A block is compiled from its end: each operation gets the rest of the block as a <see cref="Step"/> and runs it once
/// for each of its solutions. Doubt that arises in a solution ends with it, so every operation that may raise it puts
/// back what it found.
/// </remarks>
internal sealed class Closures(RuleRunner runner) : BackEnd
{
    public override Eval Compile(Expr expr)
    {
        switch (expr)
        {
            case ConstExpr { Value: var value }:
                return _ => value;
            case SlotExpr { Slot: var slot }:
                return frame => frame.Slots[slot];
            case InputExpr:
                return static frame => frame.World.Input;
            case BaseExpr { Path: var path }:
                return CompileBase([.. path.Select(Value.Of)]);
            case PackageExpr package:
                return frame => runner.Package(frame, package.Node, package.Path);
            case RuleExpr { Rules: var rules }:
                return frame => runner.Document(frame, rules);
            case DotExpr { Key: ConstExpr { Value: var key } } dot:
            {
                var target = Compile(dot.Target);
                return frame => Reading.Member(frame, target(frame), key);
            }

            case DotExpr dot:
            {
                var (target, key) = (Compile(dot.Target), Compile(dot.Key));
                return frame =>
                {
                    var from = target(frame);
                    return from.IsUndefined ? default : Reading.Member(frame, from, key(frame));
                };
            }

            case CallExpr call:
            {
                var operands = CompileAll(call.Arguments);
                return frame =>
                    TryAll(frame, operands, out var values) ? runner.Call(frame, call.Function, values) : default;
            }

            case BuiltinExpr call:
            {
                var operands = CompileAll(call.Arguments);
                return frame => TryAll(frame, operands, out var values) ? runner.Call(frame, call, values) : default;
            }

            case ArrayExpr array:
            {
                var items = CompileAll(array.Items);
                return frame => TryAll(frame, items, out var values) ? frame.Built(Value.ArrayOf(values)) : default;
            }

            case SetExpr set:
            {
                var items = CompileAll(set.Items);
                return frame => TryAll(frame, items, out var values) ? frame.Built(Literals.SetOf(values)) : default;
            }

            case ObjectExpr map:
            {
                var members = CompileAll([.. map.Members.SelectMany(m => new[] { m.Key, m.Value })]);
                return frame =>
                    TryAll(frame, members, out var values) ? frame.Built(Literals.ObjectOf(frame, values)) : default;
            }

            case ComprehensionExpr comprehension:
            {
                var run = CompileGathering(
                    comprehension.Block,
                    comprehension.Key is null ? [] : [comprehension.Key],
                    comprehension.Item
                );
                return frame => Comprehensions.Run(frame, comprehension, run);
            }

            case TemplateExpr template:
            {
                var parts = CompileAll(template.Parts);
                return frame => frame.Built(Literals.Template([.. parts.Select(p => p(frame))]));
            }

            default:
                throw new InvalidOperationException($"no expression: {expr.GetType().Name}");
        }
    }

    public override Step Compile(Block block, Step final)
    {
        var next = final;
        for (var i = block.Ops.Length - 1; i >= 0; i--)
        {
            next = Compile(block.Ops[i], next);
            if (i % GuardEvery == GuardEvery - 1)
            {
                next = Guarded(next);
            }
        }

        return next;
    }

    private Step Compile(Op op, Step next)
    {
        switch (op)
        {
            case TestOp test:
                return CompileTest(Compile(test.Value), next);
            case EqualOp equal:
                return CompileEqual(Compile(equal.Left), Compile(equal.Right), next);
            case MatchOp { Pattern: BindPattern { Slot: var slot } } bind:
                return CompileBind(slot, Compile(bind.Value), next);
            case MatchOp match:
                return CompileMatch(Compile(match.Value), Compile(match.Pattern), next);
            case ScanOp scan:
            {
                var (collection, visit) = (Compile(scan.Collection), CompileVisit(scan, next));
                return Entered(frame => Reading.Scan(frame, collection(frame), scan.IsOrdered, visit));
            }

            case PrintOp print:
            {
                var operands = CompileAll(print.Operands);
                return Entered(frame =>
                {
                    Printing.Print(frame, print, operands);
                    return next(frame);
                });
            }

            case NotOp not:
            {
                var block = Compile(not.Block, Gatherer.Take);
                return Entered(frame => Probe.HasNone(frame, block) && next(frame));
            }

            case EveryOp every:
            {
                var (domain, block) = (Compile(every.Domain), Compile(every.Block, Gatherer.Take));
                var (key, value) = (Compile(every.Key), Compile(every.Value));
                return Entered(frame => EveryWatch.Holds(frame, domain(frame), key, value, block) && next(frame));
            }

            case WithOp with:
            {
                var values = CompileValues(with);
                var block = Compile(with.Block, frame => World.Leave(frame, next));
                return Entered(frame => World.Run(frame, with, values, block));
            }

            default:
                throw new InvalidOperationException($"no operation: {op.GetType().Name}");
        }
    }

    /// <summary>An operation entered; the commoner ones below do the same without a call between.</summary>
    private static Step Entered(Step step) =>
        frame =>
        {
            frame.Charge(1);
            var outer = frame.Doubt;
            var stops = step(frame);
            frame.Doubt = outer;
            return stops;
        };

    private static Step Guarded(Step step) =>
        frame =>
        {
            Frame.GuardStack();
            return step(frame);
        };

    private static Step CompileTest(Eval value, Step next) =>
        frame =>
        {
            frame.Charge(1);
            var outer = frame.Doubt;
            var stops = Reading.Holds(frame, value(frame)) && next(frame);
            frame.Doubt = outer;
            return stops;
        };

    private static Step CompileEqual(Eval left, Eval right, Step next) =>
        frame =>
        {
            frame.Charge(1);
            var outer = frame.Doubt;
            var stops = Reading.AreEqual(frame, left(frame), right(frame)) && next(frame);
            frame.Doubt = outer;
            return stops;
        };

    private static Step CompileBind(int slot, Eval value, Step next) =>
        frame =>
        {
            frame.Charge(1);
            var outer = frame.Doubt;
            var found = value(frame);
            frame.Slots[slot] = found;
            var stops = found.IsDefined && next(frame);
            frame.Doubt = outer;
            return stops;
        };

    private static Step CompileMatch(Eval value, Match match, Step next) =>
        frame =>
        {
            frame.Charge(1);
            var outer = frame.Doubt;
            var found = value(frame);
            var stops = found.IsDefined && match(frame, found) && next(frame);
            frame.Doubt = outer;
            return stops;
        };

    private Func<Frame, Value, Value, bool> CompileVisit(ScanOp scan, Step next)
    {
        var (key, value) = (Compile(scan.Key), Compile(scan.Value));
        if (scan is { Key: AnyPattern, Value: BindPattern { Slot: var slot } })
        {
            return (frame, _, member) =>
            {
                frame.Slots[slot] = member;
                return next(frame);
            };
        }

        return (frame, k, v) =>
        {
            var outer = frame.Doubt;
            var stops = key(frame, k) && value(frame, v) && next(frame);
            frame.Doubt = outer;
            return stops;
        };
    }

    private static Eval CompileBase(ImmutableArray<Value> path) =>
        frame =>
        {
            var value = frame.World.Data;
            foreach (var key in path)
            {
                value = Reading.Member(frame, value, key);
            }

            return value;
        };

    private Eval[] CompileAll(ImmutableArray<Expr> exprs) => [.. exprs.Select(Compile)];

    /// <summary>False where one of them is undefined.</summary>
    private static bool TryAll(Frame frame, Eval[] exprs, out Value[] values)
    {
        values = new Value[exprs.Length];
        for (var i = 0; i < exprs.Length; i++)
        {
            values[i] = exprs[i](frame);
            if (values[i].IsUndefined)
            {
                return false;
            }
        }

        return true;
    }
}
