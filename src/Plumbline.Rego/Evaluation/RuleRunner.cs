using Plumbline.Rego.Builtins;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Evaluates documents, functions and packages, whichever back end runs their bodies (rule 12 of unknown values).</summary>
internal sealed partial class RuleRunner
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
                [.. rule.Plan.Bodies.Select(b => Runnable(rule, b))],
                rule.Plan.Default is null ? null : BackEnd.CompileDefault(rule, rule.Plan.Default)
            );
        }
    }

    public BackEnd BackEnd { get; }

    private RunnableBody Runnable(RuleSet rules, BodyPlan body) =>
        new(
            body,
            [.. body.Parameters.Select(BackEnd.Compile)],
            [.. body.Branches.Select(b => BackEnd.CompileBranch(rules, body.Source, b))]
        );

    /// <summary>The document of a rule, as <c>with</c> left it; makes the solution possible where the document is only possible.</summary>
    public Value Document(Frame frame, RuleSet rules)
    {
        var world = frame.World;
        if (world.Overlay is { } overlay && overlay.Covers(rules.Path))
        {
            return Paths.Find(world.Data, rules.Path);
        }

        var value = Told(frame, Evaluate(frame, rules));
        return world.Overlay is null ? value : world.Overlay.Patch(value, rules.Path, world.Data);
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

    /// <summary>What one body alone comes to, its <c>else</c> branches included; nothing is remembered of it.</summary>
    public RuleResult EvaluateBody(Frame frame, RuleSet rules, int body)
    {
        var rule = _rules[rules.Id];
        var alone = rule with
        {
            Plan = rule.Plan with { Bodies = [rule.Plan.Bodies[body]] },
            Bodies = [rule.Bodies[body]],
        };
        return rule.Plan.Kind == RuleKindPlan.Partial ? RunPartial(frame, alone) : RunComplete(frame, alone, []);
    }

    /// <summary>Applies a function to operands that are all defined.</summary>
    public Value Call(Frame frame, RuleSet function, ReadOnlySpan<Value> operands)
    {
        if (frame.World.Mocks is not null && frame.World.Mocks.TryGetValue(function, out var mock))
        {
            return CallMock(frame, mock, operands);
        }

        return Told(frame, RunComplete(frame, _rules[function.Id], operands));
    }

    /// <summary>Applies a builtin to operands that are all defined.</summary>
    public Value Call(Frame frame, BuiltinExpr call, ReadOnlySpan<Value> operands)
    {
        if (frame.World.Mocks is not null && frame.World.Mocks.TryGetValue(call.Builtin, out var mock))
        {
            return CallMock(frame, mock, operands);
        }

        return BuiltinCalls.Call(frame, call.Builtin, call.Span, operands, call.Caller);
    }

    /// <summary>The value of a result; makes the solution possible where it is that.</summary>
    private static Value Told(Frame frame, RuleResult result)
    {
        if (result.Doubt is { } causes)
        {
            frame.Doubting(UnknownRules.Rule, causes);
        }

        return result.Value;
    }

    private RuleResult RunPartial(Frame frame, RunnableRule rule)
    {
        var gatherer = new PartialGatherer("object keys must be unique");
        RunBodies(frame, rule, gatherer, []);
        var value = frame.Built(Build(gatherer, rule.Plan));
        var doubt = gatherer.MayConflict is { } cause ? Causes.None.With(cause) : null;
        if (value.IsOpen || doubt is not null)
        {
            frame.Note(UnknownRules.Rule);
        }

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
        if (doubt is not null || value.IsUnknown)
        {
            frame.Note(UnknownRules.Rule);
        }

        return value.IsUndefined ? RuleResult.Undefined : new RuleResult(frame.Built(value), doubt, 0, 0);
    }

    /// <summary>Runs every body into the gatherer; the solution in which the rule is asked is none of their business.</summary>
    private static void RunBodies(Frame frame, RunnableRule rule, Gatherer gatherer, ReadOnlySpan<Value> operands)
    {
        var (doubt, gather, coincides, isMany) = (frame.Doubt, frame.Gather, frame.Coincides, frame.IsMany);
        frame.IsMany = false;
        frame.Enter();
        frame.Trace?.Index(rule.Plan);
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
        (frame.Doubt, frame.Gather, frame.Coincides, frame.IsMany) = (doubt, gather, coincides, isMany);
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
                return Told(frame, result);
            }

            case Builtin builtin:
                return BuiltinCalls.Call(frame, builtin, default, operands);
            default:
                return mock.Value;
        }
    }
}
