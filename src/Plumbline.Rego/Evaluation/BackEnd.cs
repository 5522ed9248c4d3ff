using System.Collections.Immutable;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Plans;

namespace Plumbline.Rego.Evaluation;

/// <summary>Runs a plan. Two exist: closures, which are fast, and the tree walker, which is their reference.</summary>
/// <remarks>What rules, functions and comprehensions make of solutions is the same for both and stands in <see cref="RuleRunner"/>.</remarks>
internal abstract class BackEnd
{
    /// <summary>Operations of a block, each inside the one before, between two looks at the stack.</summary>
    protected const int GuardEvery = 64;

    public abstract Eval Compile(Expr expr);

    /// <summary>Runs a block; <paramref name="final"/> is run for each of its solutions and says whether to stop.</summary>
    public abstract Step Compile(Block block, Step final);

    public Match Compile(Pattern pattern) => Matching.Compile(pattern, Compile);

    /// <summary>One body of a rule.</summary>
    public virtual Step CompileBranch(RuleSet rules, SourceText source, BranchPlan branch) =>
        CompileGathering(branch.Block, branch.Keys, branch.Value);

    /// <summary>The value of a <c>default</c> rule.</summary>
    public virtual Eval CompileDefault(RuleSet rules, Expr value) => Compile(value);

    /// <summary>A block whose solutions go to the frame's gatherer.</summary>
    public Step CompileGathering(Block block, ImmutableArray<Expr> keys, Expr value)
    {
        var keyEvals = keys.Select(Compile).ToArray();
        var valueEval = Compile(value);
        return Compile(block, frame => GatherSolution(frame, keyEvals, valueEval));
    }

    /// <summary>The values that a statement replaces something by; null where it is a function.</summary>
    protected Eval?[] CompileValues(WithOp with) =>
        [.. with.Replacements.Select(r => r.Value is { } value ? Compile(value) : null)];

    protected static bool GatherSolution(Frame frame, Eval[] keyEvals, Eval valueEval)
    {
        var outer = frame.Doubt;
        var keys = keyEvals.Length == 0 ? [] : new Values.Value[keyEvals.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = keyEvals[i](frame);
            if (keys[i].IsUndefined)
            {
                frame.Doubt = outer;
                return false;
            }
        }

        var item = valueEval(frame);
        var stops = item.IsDefined && frame.Gather!.Add(frame, keys, item);
        frame.Doubt = outer;
        return stops;
    }
}
