using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Reads;

/// <summary>Finds the places that documents read, from their rules as written: no input is needed, and none is evaluated.</summary>
/// <remarks>
/// Every body, every branch and every <c>else</c> counts, whatever a run would skip, so the answer does not depend on how a
/// back end orders, indexes or remembers. It errs towards more: a value is read where it is compared, tested, handed to a
/// builtin or given back; handing it from rule to rule only reads whether it is there. Functions are followed into at each call, so that
/// <c>field(container, "name")</c> reads a name. What would cost too much, and what <c>with</c> replaces, reads everything.
/// </remarks>
internal sealed class ReadAnalysis
{
    /// <summary>Expressions looked at before an analysis gives up: a check of ours takes some hundreds.</summary>
    private const int MaxWork = 100_000;

    /// <summary>Places that one expression may stand for.</summary>
    private const int MaxPaths = 1_000;

    /// <summary>Names longer than any document is deep belong to a rule that builds paths by itself.</summary>
    private const int MaxDepth = 64;

    private readonly Dictionary<int, Origin> _slots = [];
    private readonly Dictionary<RuleSet, Origin> _rules = [];
    private readonly HashSet<(ReadPath Path, ReadKind Kind)> _reads = [];
    private int _work;

    /// <summary>Thrown where the analysis cannot tell, and caught where it began.</summary>
    private sealed class EverythingException : Exception;

    public static ReadSet Of(IEnumerable<RuleSet> documents)
    {
        var analysis = new ReadAnalysis();
        try
        {
            foreach (var document in documents)
            {
                analysis.Use(analysis.Of(document));
            }

            return new ReadSet(analysis._reads);
        }
        catch (EverythingException)
        {
            return ReadSet.Everything;
        }
    }

    private Origin Of(RuleSet rules)
    {
        if (!_rules.TryGetValue(rules, out var origin))
        {
            _rules[rules] = origin = Result(rules.Plan, []);
        }

        return origin;
    }

    private Origin Result(RulePlan plan, ImmutableArray<Origin> arguments)
    {
        var result = plan.Default is { } fallback ? Of(fallback) : Origin.Nothing;
        foreach (var body in plan.Bodies)
        {
            for (var i = 0; i < body.Parameters.Length; i++)
            {
                Bind(body.Parameters[i], arguments[i]);
            }

            foreach (var branch in body.Branches)
            {
                Walk(branch.Block);
                result = result.Or(Result(body, branch));
            }
        }

        return result;
    }

    /// <summary>A set's last key is its member; every other key leads to what stands below it.</summary>
    private Origin Result(BodyPlan body, BranchPlan branch)
    {
        var keys = branch.Keys.Select(Of).ToList();
        var value = Of(branch.Value);
        if (body.IsSetMember)
        {
            value = Origin.OfMembers(keys[^1]);
            keys.RemoveAt(keys.Count - 1);
        }

        for (var i = keys.Count - 1; i >= 0; i--)
        {
            value = Pair(keys[i], value);
        }

        return value;
    }

    private Origin Of(Expr expr)
    {
        if (++_work > MaxWork || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new EverythingException();
        }

        switch (expr)
        {
            case ConstExpr constant:
                return Origin.Of(constant.Value);
            case SlotExpr slot:
                return _slots.GetValueOrDefault(slot.Slot, Origin.Computed);
            case InputExpr:
                return Present(Origin.Of(new ReadPath(ReadPath.Input, [])));
            case BaseExpr path:
                return Present(Origin.Of(new ReadPath(ReadPath.Data, [.. path.Path])));
            case RuleExpr rule:
                return Of(rule.Rules);
            case DotExpr dot:
                return Present(Member(Of(dot.Target), Of(dot.Key)));
            case CallExpr call:
                return Result(call.Function.Plan, [.. call.Arguments.Select(Of)]);
            case BuiltinExpr call:
                return OfBuiltin(call.Builtin.Name, [.. call.Arguments.Select(Of)]);
            case ArrayExpr array:
                return Origin.OfMembers(array.Items.Aggregate(Origin.Nothing, (all, item) => all.Or(Of(item))));
            case SetExpr set:
                return Origin.OfMembers(set.Items.Aggregate(Origin.Nothing, (all, item) => all.Or(Of(item))));
            case ObjectExpr map:
                return map.Members.Aggregate(
                    Origin.Nothing,
                    (all, member) => all.Or(Pair(Of(member.Key), Of(member.Value)))
                );
            case ComprehensionExpr comprehension:
                Walk(comprehension.Block);
                return comprehension.Key is { } key
                    ? Pair(Of(key), Of(comprehension.Item))
                    : Origin.OfMembers(Of(comprehension.Item));
            case TemplateExpr template:
                UseAll(template.Parts.Select(Of));
                return Origin.Computed;
            default:
                throw new EverythingException();
        }
    }

    /// <summary>A builtin reads its operands, but for those two that only look into one.</summary>
    private Origin OfBuiltin(string name, ImmutableArray<Origin> operands)
    {
        switch (name)
        {
            case "object.get" when operands[1].Names is not null:
                return Member(operands[0], operands[1]).Or(operands[2]);
            case "count":
                Look(operands[0]);
                return Origin.Computed;
            default:
                UseAll(operands);
                return Origin.Computed;
        }
    }

    private Origin Member(Origin target, Origin key)
    {
        Use(key);
        var member = target.Member(key);
        return member.Paths.Count > MaxPaths || member.Paths.Any(p => p.Steps.Length > MaxDepth)
            ? throw new EverythingException()
            : member;
    }

    private Origin Pair(Origin key, Origin value)
    {
        Use(key);
        return key.Names?.ToList() is [{ IsString: true } name]
            ? Origin.OfField(name.Utf8.ToString(), value)
            : Origin.OfMembers(value);
    }

    private void Walk(Block block)
    {
        foreach (var op in block.Ops)
        {
            Walk(op);
        }
    }

    private void Walk(Op op)
    {
        switch (op)
        {
            case TestOp test:
                Use(Of(test.Value));
                break;
            case EqualOp equal:
                Use(Of(equal.Left));
                Use(Of(equal.Right));
                break;
            case MatchOp match:
                Bind(match.Pattern, Of(match.Value));
                break;
            case ScanOp scan:
                Scan(Of(scan.Collection), scan.Key, scan.Value);
                break;
            case NotOp not:
                Walk(not.Block);
                break;
            case EveryOp every:
                Scan(Of(every.Domain), every.Key, every.Value);
                Walk(every.Block);
                break;
            case PrintOp:
                break; // What is printed decides nothing.
            default:
                throw new EverythingException();
        }
    }

    private void Scan(Origin collection, Pattern key, Pattern value)
    {
        Look(collection);
        Bind(key, collection.Keys());
        Bind(value, collection.Member(Origin.Computed));
    }

    private void Bind(Pattern pattern, Origin origin)
    {
        switch (pattern)
        {
            case AnyPattern:
                break;
            case BindPattern bind:
                _slots[bind.Slot] = origin;
                break;
            case EqualPattern equal:
                Use(origin);
                Use(Of(equal.Value));
                break;
            case ArrayPattern array:
                Look(origin);
                for (var i = 0; i < array.Items.Length; i++)
                {
                    Bind(array.Items[i], origin.Member(Origin.Of(Value.Of(i))));
                }

                break;
            case ObjectPattern map:
                Look(origin);
                foreach (var (key, value) in map.Members)
                {
                    Bind(value, Member(origin, Of(key)));
                }

                break;
            default:
                throw new EverythingException();
        }
    }

    private void UseAll(IEnumerable<Origin> origins)
    {
        foreach (var origin in origins)
        {
            Use(origin);
        }
    }

    /// <summary>The value decides something: all of it is read.</summary>
    private void Use(Origin origin)
    {
        _reads.UnionWith(origin.Paths.Select(p => (p, ReadKind.Value)));
        UseAll(origin.Fields.Values);
        if (origin.Members is { } members)
        {
            Use(members);
        }
    }

    /// <summary>Where it is absent, whatever names it is undefined: that alone decides something.</summary>
    private Origin Present(Origin origin)
    {
        _reads.UnionWith(origin.Paths.Select(p => (p, ReadKind.Presence)));
        return origin;
    }

    /// <summary>Which members it has decides something.</summary>
    private void Look(Origin origin) => _reads.UnionWith(origin.Paths.Select(p => (p, ReadKind.Members)));
}
