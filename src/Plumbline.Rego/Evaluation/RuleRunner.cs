using System.Collections.Immutable;
using Plumbline.Rego.Builtins;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Evaluates documents, functions, packages and comprehensions, whichever back end runs their bodies.</summary>
internal sealed class RuleRunner
{
    private readonly RunnableRule[] _rules;

    private sealed record RunnableRule(RulePlan Plan, RunnableBody[] Bodies, Eval? Default);

    private sealed record RunnableBody(BodyPlan Plan, Match[] Parameters, Step[] Branches);

    /// <summary>Compiles every rule of a plan for a back end that <paramref name="make"/> gives for this runner.</summary>
    public RuleRunner(PolicyPlan plan, Func<RuleRunner, BackEnd> make)
    {
        BackEnd = make(this);
        _rules = new RunnableRule[plan.Rules.Length];
        foreach (var rule in plan.Rules)
        {
            _rules[rule.Id] = new RunnableRule(
                rule.Plan,
                [.. rule.Plan.Bodies.Select(Runnable)],
                rule.Plan.Default is null ? null : BackEnd.Compile(rule.Plan.Default)
            );
        }
    }

    public BackEnd BackEnd { get; }

    private RunnableBody Runnable(BodyPlan body) =>
        new(
            body,
            [.. body.Parameters.Select(BackEnd.Compile)],
            [.. body.Branches.Select(b => BackEnd.CompileGathering(b.Block, b.Keys, b.Value))]
        );

    /// <summary>The document of a rule, as <c>with</c> left it; makes the solution possible where the document is only possible.</summary>
    public Value Document(Frame frame, RuleSet rules)
    {
        if (frame.World.Overlay is not null && Replaced(frame, rules, out var replaced))
        {
            return replaced;
        }

        var result = Evaluate(frame, rules);
        if (result.Doubt is not null)
        {
            frame.Doubting(result.Doubt);
        }

        return frame.World.Overlay is null ? result.Value : Patched(frame, rules, result.Value);
    }

    /// <summary>What the rules come to, from memory where they were asked before; a hit costs what the first time did.</summary>
    public RuleResult Evaluate(Frame frame, RuleSet rules)
    {
        if (frame.World.Memo[rules.Id] is { } known)
        {
            frame.Charge(known.Steps);
            frame.ChargeBytes(known.Bytes);
            return known;
        }

        var (steps, bytes) = (frame.Steps, frame.ValueBytes);
        var rule = _rules[rules.Id];
        var result = rule.Plan.Kind == RuleKindPlan.Partial ? RunPartial(frame, rule) : RunComplete(frame, rule, []);
        result = result with { Steps = frame.Steps - steps, Bytes = frame.ValueBytes - bytes };
        frame.World.Memo[rules.Id] = result;
        return result;
    }

    /// <summary>Applies a function to operands that are all defined.</summary>
    public Value Call(Frame frame, RuleSet function, ReadOnlySpan<Value> operands)
    {
        if (frame.World.Mocks is not null && frame.World.Mocks.TryGetValue(function, out var mock))
        {
            return CallMock(frame, mock, operands);
        }

        var result = RunComplete(frame, _rules[function.Id], operands);
        if (result.Doubt is not null)
        {
            frame.Doubting(result.Doubt);
        }

        return result.Value;
    }

    /// <summary>Applies a builtin to operands that are all defined.</summary>
    public Value Call(Frame frame, BuiltinExpr call, ReadOnlySpan<Value> operands)
    {
        if (frame.World.Mocks is not null && frame.World.Mocks.TryGetValue(call.Builtin, out var mock))
        {
            return CallMock(frame, mock, operands);
        }

        return CallBuiltin(frame, call.Builtin, call.Span, operands);
    }

    /// <summary>What <paramref name="run"/> gathers, apart from the solution it is asked in.</summary>
    public static Value Comprehend(Frame frame, ComprehensionExpr expr, Step run)
    {
        var (doubt, gather, coincides) = (frame.Doubt, frame.Gather, frame.Coincides);
        (frame.Doubt, frame.Coincides) = (null, null);
        Gatherer gatherer = expr.Kind switch
        {
            ValueKind.Array => new ArrayGatherer(),
            ValueKind.Set => new SetGatherer(),
            _ => new ObjectGatherer("object keys must be unique"),
        };
        frame.Gather = gatherer;
        try
        {
            run(frame);
        }
        catch (ConflictException conflict)
        {
            throw new RegoException("eval_conflict_error", conflict.Message, null, expr.Span);
        }

        var value = gatherer switch
        {
            ArrayGatherer array => array.Build(frame),
            SetGatherer set => set.Build(),
            _ => ((ObjectGatherer)gatherer).Build(),
        };
        (frame.Doubt, frame.Gather, frame.Coincides) = (doubt, gather, coincides);
        if (gatherer is ObjectGatherer { MayConflict: { } cause })
        {
            frame.Doubting(cause);
        }

        return frame.Built(value);
    }

    /// <summary>An object literal: of keys that are equal the last counts, as in OPA; unknown keys as rule 10 says.</summary>
    public static Value MakeObject(Frame frame, ReadOnlySpan<Value> keysAndValues)
    {
        var members = new ObjectBuilder();
        for (var i = 0; i < keysAndValues.Length; i += 2)
        {
            var (key, value) = (keysAndValues[i], keysAndValues[i + 1]);
            if (!key.HasUnknowns)
            {
                members[key] = value;
            }
        }

        for (var i = 0; i < keysAndValues.Length && frame.Tracks; i += 2)
        {
            if (keysAndValues[i].HasUnknowns)
            {
                Loosen(members, keysAndValues[i]);
            }
        }

        return frame.Built(members.ToValue());
    }

    /// <summary>A pair whose key was not told may be under any key that it might equal, or under one of its own.</summary>
    private static void Loosen(ObjectBuilder members, Value key)
    {
        var cause = Unknowns.CauseOf([key]);
        members.Open ??= new OpenMark(cause);
        for (var i = 0; i < members.Count; i++)
        {
            if (UnknownEquality.Equal(members.KeyAt(i), key) != Tri.No)
            {
                members[members.KeyAt(i)] = Reading.Fresh(cause);
            }
        }
    }

    /// <summary>Everything below a package: base documents with the documents of its rules over them.</summary>
    public Value Package(Frame frame, VirtualNode node, ImmutableArray<string> path)
    {
        var documents = Below(frame.World.Data, path);
        if (frame.World.Overlay is not null && IsReplaced(frame.World.Overlay, path))
        {
            return documents;
        }

        var members = new ObjectBuilder { Open = documents.Open };
        for (var i = 0; i < documents.Count && documents.IsObject; i++)
        {
            if (!IsHidden(path, documents.KeyAt(i).Utf8))
            {
                members[documents.KeyAt(i)] = documents[i];
            }
        }

        foreach (var (name, child) in node.Children)
        {
            // Where a base document stands at the very place of a rule, OPA shows the base document.
            if (IsHidden(path, name) || (child.Rules is not null && members[name].IsDefined))
            {
                continue;
            }

            var doubt = frame.Doubt;
            frame.Doubt = null;
            var value =
                child.Rules is null ? Package(frame, child, path.Add(name))
                : child.Rules.Kind == Syntax.RuleKind.Function ? default
                : Document(frame, child.Rules);
            if (value.IsDefined)
            {
                members[name] = frame.Doubt is null
                    ? value
                    : Value.Of(new Unknown { Cause = frame.Doubt.All[0], Kind = value.IsUnknown ? null : value.Kind });
            }

            frame.Doubt = doubt;
        }

        return members.ToValue();
    }

    /// <summary><c>data.system</c> is OPA's own: <c>data</c> as a whole does not show it.</summary>
    private static bool IsHidden(ImmutableArray<string> path, Utf8 name) => path.IsEmpty && name == "system";

    /// <summary>The value at a path of members, undefined where there is none.</summary>
    public static Value Below(Value value, IEnumerable<string> path)
    {
        foreach (var name in path)
        {
            value = value[name];
        }

        return value;
    }

    private RuleResult RunPartial(Frame frame, RunnableRule rule)
    {
        var gatherer = new PartialGatherer("object keys must be unique");
        RunBodies(frame, rule, gatherer, []);
        var value = frame.Built(Build(gatherer, rule.Plan));
        var doubt = gatherer.MayConflict is { } cause ? Causes.None.With(cause) : null;

        if (rule.Default is not null && value.Count == 0 && !value.IsOpen)
        {
            value = rule.Default(frame);
        }

        // A rule of general references without members of its own: an empty set where it adds members, else an object.
        if (value.IsObject && value.Count == 0 && !value.IsOpen && rule.Plan.Rules.Kind == Syntax.RuleKind.PartialSet)
        {
            value = Value.EmptySet;
        }

        return new RuleResult(value, doubt, 0, 0) { Possible = gatherer.Possible };
    }

    private static Value Build(PartialGatherer gatherer, RulePlan plan)
    {
        try
        {
            return gatherer.Build();
        }
        catch (ConflictException conflict)
        {
            throw new RegoException(
                "eval_conflict_error",
                conflict.Message,
                plan.Bodies[0].Source,
                plan.Bodies[0].Span
            );
        }
    }

    private RuleResult RunComplete(Frame frame, RunnableRule rule, ReadOnlySpan<Value> operands)
    {
        var conflict =
            rule.Plan.Kind == RuleKindPlan.Function
                ? "functions must not produce multiple outputs for same inputs"
                : "complete rules must not produce multiple outputs";
        var gatherer = new CompleteGatherer(rule.Plan.StopsEarly, conflict);
        RunBodies(frame, rule, gatherer, operands);
        var fallback = rule.Default is null || gatherer.IsCertain ? default : rule.Default(frame);
        var (value, doubt) = gatherer.Result(fallback);
        return value.IsUndefined ? RuleResult.Undefined : new RuleResult(frame.Built(value), doubt, 0, 0);
    }

    /// <summary>Runs every body into the gatherer; the solution in which the rule is asked is none of their business.</summary>
    private static void RunBodies(Frame frame, RunnableRule rule, Gatherer gatherer, ReadOnlySpan<Value> operands)
    {
        var (doubt, gather, coincides) = (frame.Doubt, frame.Gather, frame.Coincides);
        frame.Enter();
        var current = rule.Plan.Bodies.Length == 0 ? null : rule.Bodies[0].Plan;
        try
        {
            foreach (var body in rule.Bodies)
            {
                current = body.Plan;
                (frame.Doubt, frame.Gather) = (null, gatherer);
                if (RunBody(frame, body, gatherer, operands))
                {
                    break;
                }
            }
        }
        catch (ConflictException conflict)
        {
            throw new RegoException("eval_conflict_error", conflict.Message, current!.Source, current.Span);
        }
        catch (RegoException error) when (error.PolicySource is null)
        {
            throw new RegoException(error.Code, error.Reason, current!.Source, error.Span);
        }

        frame.Leave();
        (frame.Doubt, frame.Gather, frame.Coincides) = (doubt, gather, coincides);
    }

    /// <returns>True where nothing that follows can change the result.</returns>
    private static bool RunBody(Frame frame, RunnableBody body, Gatherer gatherer, ReadOnlySpan<Value> operands)
    {
        frame.Charge(1);
        for (var i = 0; i < body.Parameters.Length; i++)
        {
            if (!body.Parameters[i](frame, operands[i]))
            {
                return false;
            }
        }

        if (gatherer is PartialGatherer partial)
        {
            partial.AddsMember = body.Plan.IsSetMember;
        }

        var complete = gatherer as CompleteGatherer;
        if (complete is not null)
        {
            complete.From = new Branch(complete.From.Body + 1, 0);
        }

        if (body.Branches.Length == 1)
        {
            return body.Branches[0](frame);
        }

        var watch = new BranchWatch(gatherer);
        frame.Gather = watch;
        var doubt = frame.Doubt;
        foreach (var branch in body.Branches)
        {
            frame.Doubt = doubt;
            if (branch(frame))
            {
                return true;
            }

            // An `else` is tried where the bodies before it had no solution, or may have had none.
            if (watch.WasCertain)
            {
                break;
            }

            if (complete is not null)
            {
                complete.From = complete.From with { Else = complete.From.Else + 1 };
            }
        }

        return false;
    }

    /// <summary>Notes whether a branch had a certain solution, for the <c>else</c> behind it.</summary>
    private sealed class BranchWatch(Gatherer inner) : Gatherer
    {
        public bool WasCertain { get; private set; }

        public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
        {
            WasCertain |= frame.Doubt is null;
            return inner.Add(frame, keys, value);
        }
    }

    private Value CallMock(Frame frame, Mock mock, ReadOnlySpan<Value> operands)
    {
        switch (mock.Function)
        {
            case RuleSet rules:
            {
                // In its own body the name means what it meant outside: a mock may call what it replaces.
                var world = frame.World;
                frame.World = world.Outside();
                var result = RunComplete(frame, _rules[rules.Id], operands);
                frame.World = world;
                if (result.Doubt is not null)
                {
                    frame.Doubting(result.Doubt);
                }

                return result.Value;
            }

            case Builtin builtin:
                return CallBuiltin(frame, builtin, default, operands);
            default:
                return mock.Value;
        }
    }

    private static Value CallBuiltin(Frame frame, Builtin builtin, SourceSpan span, ReadOnlySpan<Value> operands)
    {
        if (frame.Tracks && AnyUnknown(operands))
        {
            return CallUnknown(frame, builtin, operands);
        }

        var answer = builtin.Call(frame, operands);
        if (answer.Fault is { } fault && frame.StrictErrors)
        {
            throw new RegoException(fault.Code, $"{builtin.Name}: {fault.Message}", null, span);
        }

        return frame.Built(answer.Value);
    }

    private static Value CallUnknown(Frame frame, Builtin builtin, ReadOnlySpan<Value> operands)
    {
        if (builtin.OnUnknown is null)
        {
            var cause = Unknowns.CauseOf(operands);
            frame.Doubting(cause);
            return Reading.Fresh(cause);
        }

        var answer = builtin.OnUnknown(frame, operands);
        if (answer.Value.IsDefined && !answer.IsCertain)
        {
            frame.Doubting(Unknowns.CauseOf(operands));
        }

        return frame.Built(answer.Value);
    }

    private static bool AnyUnknown(ReadOnlySpan<Value> operands)
    {
        foreach (var operand in operands)
        {
            if (operand.HasUnknowns)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where a path at or above the rule's was replaced: base documents hold what stands there now.</summary>
    private static bool Replaced(Frame frame, RuleSet rules, out Value value)
    {
        value = default;
        if (!IsReplaced(frame.World.Overlay!, rules.Path))
        {
            return false;
        }

        value = Below(frame.World.Data, rules.Path);
        return true;
    }

    private static bool IsReplaced(Overlay overlay, ImmutableArray<string> path)
    {
        for (var o = overlay; o is not null; o = o.Outer)
        {
            if (o.Path.Count <= path.Length && o.Path.SequenceEqual(path.Take(o.Path.Count), StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The document with what was replaced inside it.</summary>
    private static Value Patched(Frame frame, RuleSet rules, Value value)
    {
        for (var o = frame.World.Overlay; o is not null; o = o.Outer)
        {
            if (
                o.Path.Count > rules.Path.Length
                && rules.Path.SequenceEqual(o.Path.Take(rules.Path.Length), StringComparer.Ordinal)
            )
            {
                value = Replacing.At(value, [.. o.Path.Skip(rules.Path.Length)], Below(frame.World.Data, o.Path));
            }
        }

        return value;
    }
}

/// <summary>Puts a value at a path, copying the objects on the way; what is no object on the way is replaced by one.</summary>
internal static class Replacing
{
    public static Value At(Value target, ReadOnlySpan<string> path, Value value)
    {
        if (path.Length == 0)
        {
            return value;
        }

        var members = new ObjectBuilder { Open = target.IsObject ? target.Open : null };
        for (var i = 0; i < target.Count && target.IsObject; i++)
        {
            members[target.KeyAt(i)] = target[i];
        }

        members[path[0]] = At(target.IsObject ? target[path[0]] : default, path[1..], value);
        return members.ToValue();
    }
}
