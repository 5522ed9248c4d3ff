using System.Collections.Immutable;
using System.Text;
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
                return frame => TryAll(frame, members, out var values) ? RuleRunner.MakeObject(frame, values) : default;
            }

            case ComprehensionExpr comprehension:
            {
                var run = CompileGathering(
                    comprehension.Block,
                    comprehension.Key is null ? [] : [comprehension.Key],
                    comprehension.Item
                );
                return frame => RuleRunner.Comprehend(frame, comprehension, run);
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
                return CompileScan(scan, next);
            case NotOp not:
                return CompileNot(not, next);
            case EveryOp every:
                return CompileEvery(every, next);
            case WithOp with:
                return CompileWith(with, next);
            default:
                throw new InvalidOperationException($"no operation: {op.GetType().Name}");
        }
    }

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

    private Step CompileScan(ScanOp scan, Step next)
    {
        var collection = Compile(scan.Collection);
        var visit = CompileVisit(scan, next);
        return frame =>
        {
            frame.Charge(1);
            var outer = frame.Doubt;
            var stops = Reading.Scan(frame, collection(frame), scan.IsOrdered, visit);
            frame.Doubt = outer;
            return stops;
        };
    }

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

    private Step CompileNot(NotOp not, Step next)
    {
        var probe = CompileProbe(not.Block);
        return frame =>
        {
            frame.Charge(1);
            var outer = frame.Doubt;
            var (hasCertain, possible) = probe(frame);
            if (possible is not null)
            {
                frame.Doubting(possible);
            }

            var stops = !hasCertain && next(frame);
            frame.Doubt = outer;
            return stops;
        };
    }

    /// <summary>Asks whether a block has a certain solution, and why others are only possible.</summary>
    private Func<Frame, (bool HasCertain, Causes? Possible)> CompileProbe(Block block)
    {
        var run = Compile(block, static frame => ((Probe)frame.Gather!).Add(frame, [], default));
        return frame =>
        {
            var (doubt, gather) = (frame.Doubt, frame.Gather);
            var probe = new Probe();
            (frame.Doubt, frame.Gather) = (null, probe);
            run(frame);
            (frame.Doubt, frame.Gather) = (doubt, gather);
            return (probe.HasCertain, probe.Possible);
        };
    }

    private Step CompileEvery(EveryOp every, Step next)
    {
        var domain = Compile(every.Domain);
        var (key, value) = (Compile(every.Key), Compile(every.Value));
        var probe = CompileProbe(every.Block);
        bool Visit(Frame frame, Value k, Value v)
        {
            // The member itself may be only possible: then it cannot fail the whole, only make it doubtful.
            var member = frame.Doubt;
            frame.Doubt = null;
            var matches = key(frame, k) && value(frame, v);
            var (hasCertain, possible) = matches ? probe(frame) : (false, null);
            frame.Doubt = member;
            return ((EveryWatch)frame.Gather!).Take(member, hasCertain, possible);
        }

        return frame =>
        {
            frame.Charge(1);
            var outer = frame.Doubt;
            var over = domain(frame);
            if (!EveryWatch.IsDomain(frame, over))
            {
                frame.Doubt = outer;
                return false;
            }

            var (gather, reading) = (frame.Gather, frame.Doubt);
            var watch = new EveryWatch();
            (frame.Gather, frame.Doubt) = (watch, null);
            Reading.Scan(frame, over, isOrdered: false, Visit);
            (frame.Gather, frame.Doubt) = (gather, reading);
            if (watch.Doubt is not null)
            {
                frame.Doubting(watch.Doubt);
            }

            var stops = !watch.Fails && next(frame);
            frame.Doubt = outer;
            return stops;
        };
    }

    private Step CompileWith(WithOp with, Step next)
    {
        var values = with
            .Replacements.Select(r =>
                r switch
                {
                    InputReplacement i => Compile(i.Value),
                    DataReplacement d => Compile(d.Value),
                    FunctionReplacement { Value: { } value } => Compile(value),
                    _ => static _ => Value.Null,
                }
            )
            .ToArray();
        var run = Compile(
            with.Block,
            frame =>
            {
                var inner = frame.World;
                frame.World = inner.Outer!;
                var stops = next(frame);
                frame.World = inner;
                return stops;
            }
        );
        return frame =>
        {
            frame.Charge(1);
            var doubt = frame.Doubt;
            var replacements = new (Replacement, Value)[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                replacements[i] = (with.Replacements[i], values[i](frame));
                if (replacements[i].Item2.IsUndefined)
                {
                    frame.Doubt = doubt;
                    return false;
                }
            }

            var outer = frame.World;
            frame.World = outer.With(frame, replacements);
            var stops = run(frame);
            frame.World = outer;
            frame.Doubt = doubt;
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

/// <summary>Notes whether a block has a certain solution, at which the search stops, and why others are possible.</summary>
internal sealed class Probe : Gatherer
{
    public bool HasCertain { get; private set; }

    /// <summary>Null where no solution is merely possible; without meaning where one is certain.</summary>
    public Causes? Possible { get; private set; }

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
    {
        if (frame.Doubt is { } doubt)
        {
            Possible = (Possible ?? Causes.None).With(doubt);
            return false;
        }

        HasCertain = true;
        Possible = null;
        return true;
    }
}

/// <summary>Rule 8: a certain member without a solution fails; anything short of certain for all is possible.</summary>
internal sealed class EveryWatch : Gatherer
{
    public bool Fails { get; private set; }

    public Causes? Doubt { get; private set; }

    /// <summary><c>every</c> over a scalar is undefined, so over an unknown that may be one it is only possible.</summary>
    public static bool IsDomain(Frame frame, Value domain)
    {
        if (domain.AsUnknown is not { } unknown)
        {
            return domain.IsCollection;
        }

        if (unknown.Kind is null)
        {
            frame.Doubting(unknown.Cause);
        }

        return Reading.MayBeCollection(unknown);
    }

    /// <param name="member">Why the member itself is only possible.</param>
    /// <returns>True where the rest cannot change the answer.</returns>
    public bool Take(Causes? member, bool hasCertain, Causes? possible)
    {
        if (hasCertain)
        {
            return false;
        }

        if (member is null && possible is null)
        {
            Fails = true;
            return true;
        }

        Doubt = (Doubt ?? Causes.None).With(member ?? Causes.None).With(possible ?? Causes.None);
        return false;
    }

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value) =>
        throw new InvalidOperationException("`every` gathers nothing");
}

/// <summary>Values of literals whose parts are not constant.</summary>
internal static class Literals
{
    public static Value SetOf(ReadOnlySpan<Value> items)
    {
        var set = new SetBuilder();
        foreach (var item in items)
        {
            set.Add(item);
        }

        return set.ToValue();
    }

    /// <summary>Strings as they are, other values as Rego writes them.</summary>
    public static Value Template(ReadOnlySpan<Value> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(
                part.IsString ? part.Utf8.ToString()
                : part.IsUndefined ? "<undefined>"
                : part.ToString()
            );
        }

        return text.ToString();
    }
}
