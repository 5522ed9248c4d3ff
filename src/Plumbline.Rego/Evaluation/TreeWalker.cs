using System.Collections.Immutable;
using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Interprets a plan node by node: slow, plain, and the reference that the closures are held against.</summary>
internal sealed class TreeWalker(RuleRunner runner) : BackEnd
{
    public override Eval Compile(Expr expr) => frame => Evaluate(frame, expr);

    public override Step Compile(Block block, Step final) => frame => Run(frame, block.Ops, 0, final);

    private Value Evaluate(Frame frame, Expr expr)
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
                    ? RuleRunner.MakeObject(frame, pairs)
                    : default;
            case ComprehensionExpr comprehension:
            {
                var run = CompileGathering(
                    comprehension.Block,
                    comprehension.Key is null ? [] : [comprehension.Key],
                    comprehension.Item
                );
                return RuleRunner.Comprehend(frame, comprehension, run);
            }

            case TemplateExpr template:
                return frame.Built(Literals.Template([.. template.Parts.Select(p => Evaluate(frame, p))]));
            default:
                throw new InvalidOperationException($"no expression: {expr.GetType().Name}");
        }
    }

    /// <summary>Null where one of them is undefined.</summary>
    private Value[]? EvaluateAll(Frame frame, ImmutableArray<Expr> exprs)
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

    /// <summary>Runs the operations from <paramref name="at"/> on; doubt that a solution raised ends with it.</summary>
    private bool Run(Frame frame, ImmutableArray<Op> ops, int at, Step final)
    {
        if (at == ops.Length)
        {
            return final(frame);
        }

        frame.Charge(1);
        var doubt = frame.Doubt;
        var stops = Run(frame, ops[at], f => Run(f, ops, at + 1, final));
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
            case NotOp not:
            {
                var probe = Ask(frame, not.Block);
                if (probe.HasCertain)
                {
                    return false;
                }

                if (probe.Possible is not null)
                {
                    frame.Doubting(probe.Possible);
                }

                return next(frame);
            }

            case EveryOp every:
                return RunEvery(frame, every) && next(frame);
            case WithOp with:
                return RunWith(frame, with, next);
            default:
                throw new InvalidOperationException($"no operation: {op.GetType().Name}");
        }
    }

    private Probe Ask(Frame frame, Block block)
    {
        var (doubt, gather) = (frame.Doubt, frame.Gather);
        var probe = new Probe();
        frame.Doubt = null;
        Run(frame, block.Ops, 0, f => probe.Add(f, [], default));
        (frame.Doubt, frame.Gather) = (doubt, gather);
        return probe;
    }

    private bool RunEvery(Frame frame, EveryOp every)
    {
        var domain = Evaluate(frame, every.Domain);
        if (!EveryWatch.IsDomain(frame, domain))
        {
            return false;
        }

        var watch = new EveryWatch();
        var reading = frame.Doubt;
        frame.Doubt = null;
        Reading.Scan(
            frame,
            domain,
            isOrdered: false,
            (f, key, value) =>
            {
                var member = f.Doubt;
                f.Doubt = null;
                var matches = Compile(every.Key)(f, key) && Compile(every.Value)(f, value);
                var probe = matches ? Ask(f, every.Block) : new Probe();
                f.Doubt = member;
                return watch.Take(member, probe.HasCertain, probe.Possible);
            }
        );
        frame.Doubt = reading;
        if (watch.Doubt is not null)
        {
            frame.Doubting(watch.Doubt);
        }

        return !watch.Fails;
    }

    private bool RunWith(Frame frame, WithOp with, Step next)
    {
        var replacements = new List<(Replacement, Value)>();
        foreach (var replacement in with.Replacements)
        {
            var value = replacement switch
            {
                InputReplacement i => Evaluate(frame, i.Value),
                DataReplacement d => Evaluate(frame, d.Value),
                FunctionReplacement { Value: { } v } => Evaluate(frame, v),
                _ => Value.Null,
            };
            if (value.IsUndefined)
            {
                return false;
            }

            replacements.Add((replacement, value));
        }

        var outer = frame.World;
        frame.World = outer.With(frame, replacements);
        var stops = Run(
            frame,
            with.Block.Ops,
            0,
            f =>
            {
                var inner = f.World;
                f.World = outer;
                var stop = next(f);
                f.World = inner;
                return stop;
            }
        );
        frame.World = outer;
        return stops;
    }
}
