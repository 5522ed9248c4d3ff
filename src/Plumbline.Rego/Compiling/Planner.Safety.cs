using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Compiling;

internal sealed partial class Planner
{
    private void ReportUnsafe(Statement statement, PlanContext context)
    {
        var negated = statement is Not { Body.Statements: [ExpressionStatement { Term: Variable only }] } ? only : null;
        Variables.All(statement, v => ReportUnsafe(v, context, isNegated: v == negated));
    }

    private void ReportUnsafe(Term term, PlanContext context) =>
        Variables.All(term, v => ReportUnsafe(v, context, isNegated: false));

    private void ReportUnsafe(Variable variable, PlanContext context, bool isNegated)
    {
        if (variable.IsWildcard)
        {
            if (!context.Has(variable.Name))
            {
                world.Faults.Unsafe(source, variable.Span, "_");
            }
        }
        else if (!context.Has(variable.Name) && (context.Visible.Contains(variable.Name) || IsUndeclared(variable)))
        {
            world.Faults.Unsafe(source, variable.Span, variable.Written, HintFor(variable.Name, isNegated));
        }
    }

    /// <summary>A name that is nothing here but a rule of another package is the commonest cause.</summary>
    /// <param name="isNegated">Whoever imports it is told at once what else is wrong with <c>not name</c>.</param>
    private string? HintFor(string name, bool isNegated)
    {
        if (world.Root.All().FirstOrDefault(r => r.Path[^1] == name) is not { } elsewhere)
        {
            return null;
        }

        var package = string.Join('.', elsewhere.Path[..^1]);
        var hint = $"`{name}` is a rule of package `{package}`: write `{elsewhere.Name}` or import it";
        return isNegated && KindOfCollection(elsewhere) is { } kind
            ? $"{hint}; and as {kind} it is there even when it is empty, so that `not {name}` never holds: write `count({name}) == 0`"
            : hint;
    }

    /// <summary>Null of a document that may be undefined.</summary>
    private static string? KindOfCollection(RuleSet rules) =>
        rules.Kind switch
        {
            RuleKind.PartialSet => "a set",
            RuleKind.PartialObject => "an object",
            _ => null,
        };

    /// <summary><c>not violation</c> of a set or object that rules add to never holds: it is there, if only as an empty one.</summary>
    private void WarnOfSet(Not not, Block block)
    {
        var ops = block.Ops is [WithOp with] ? with.Block.Ops : block.Ops;
        if (ops is [TestOp { Value: RuleExpr { Rules: var rules } }] && KindOfCollection(rules) is { } kind)
        {
            var name = source.Text(ops[0].Span);
            world.Faults.Warn(
                source,
                not.Span,
                $"`not {name}` never holds: as {kind}, {rules.Name} is there even when it is empty",
                $"write `count({name}) == 0`"
            );
        }
    }

    private static bool IsUndeclared(Variable variable) => !variable.Name.Contains('@', StringComparison.Ordinal);
}
