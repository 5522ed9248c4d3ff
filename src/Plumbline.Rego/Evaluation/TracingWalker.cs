using System.Collections.Immutable;
using Plumbline.Rego.Compiling;
using Plumbline.Rego.Plans;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>The tree walker, which also records what it does in the frame's trace. Its answers and its charges are the same.</summary>
internal sealed class TracingWalker(RuleRunner runner) : TreeWalker(runner)
{
    public override Step CompileBranch(RuleSet rules, SourceText source, BranchPlan branch)
    {
        var keys = branch.Keys.Select(Compile).ToArray();
        var value = Compile(branch.Value);
        return frame =>
            Entered(
                frame,
                source,
                branch.Span,
                rules.Name,
                final => Run(frame, branch.Block, final),
                f => GatherSolution(f, keys, value),
                rules.Plan.StopsEarly
            );
    }

    public override Eval CompileDefault(RuleSet rules, Expr value)
    {
        var source = rules.Sources.First(s => s.Rule.IsDefault);
        var eval = Compile(value);
        return frame =>
        {
            var result = Value.Null;
            Entered(
                frame,
                source.Module.Source,
                source.Rule.Span,
                rules.Name,
                final => final(frame),
                f =>
                {
                    result = eval(f);
                    return false;
                },
                stopsEarly: false
            );
            return result;
        };
    }

    protected override bool Run(Frame frame, Block block, Step final)
    {
        if (block.Body is not { } body)
        {
            return RunStatements(frame, block.Ops, 0, final);
        }

        return Entered(
            frame,
            null,
            body.Span,
            SyntaxWriter.Write(body),
            exit => RunStatements(frame, block.Ops, 0, exit),
            final,
            stopsEarly: false
        );
    }

    /// <summary>A note says what it says though the call, like every other, merely holds.</summary>
    protected override Value Evaluate(Frame frame, Expr expr)
    {
        if (expr is not BuiltinExpr { Builtin.Name: "trace", Arguments: [var argument] } call)
        {
            return base.Evaluate(frame, expr);
        }

        var text = Evaluate(frame, argument);
        if (text.IsString)
        {
            frame.Trace!.Note(text.Utf8.ToString());
        }

        return base.Evaluate(frame, call with { Arguments = [new ConstExpr(argument.Span, text)] });
    }

    /// <summary>Runs a body: its beginning, each of its solutions, and that more of them are looked for are events.</summary>
    private static bool Entered(
        Frame frame,
        SourceText? source,
        SourceSpan span,
        string text,
        Func<Step, bool> run,
        Step final,
        bool stopsEarly
    )
    {
        var trace = frame.Trace!;
        var outer = trace.Enter(source, span, text);
        var stops = run(f =>
        {
            trace.Exit(span, text, MessageOf(f, stopsEarly));
            var stopped = final(f);
            trace.RedoBody(span, text);
            return stopped;
        });
        trace.Leave(outer);
        return stops;
    }

    private static string MessageOf(Frame frame, bool stopsEarly) =>
        frame.Doubt is { } doubt ? $"(possible: {string.Join(", ", doubt.All)})"
        : stopsEarly ? "early"
        : "";

    /// <summary>Runs the operations of one statement after the other.</summary>
    private bool RunStatements(Frame frame, ImmutableArray<Op> ops, int at, Step final)
    {
        if (at == ops.Length)
        {
            return final(frame);
        }

        Frame.GuardStack();
        var statement = ops[at].Statement;
        var end = at + 1;
        while (end < ops.Length && ReferenceEquals(ops[end].Statement, statement))
        {
            end++;
        }

        if (statement is null)
        {
            return Run(frame, ops, at, end, f => RunStatements(f, ops, end, final));
        }

        var trace = frame.Trace!;
        trace.Eval(statement);
        var holds = false;
        var stops = Run(
            frame,
            ops,
            at,
            end,
            f =>
            {
                holds = true;
                var stopped = RunStatements(f, ops, end, final);
                trace.Redo(statement);
                return stopped;
            }
        );
        if (!holds)
        {
            trace.Fail(statement);
        }

        return stops;
    }
}
