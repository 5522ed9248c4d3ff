using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Builtins applied to operands that are all defined; with an unknown among them as rules 5, 9 and 11 of unknown values say.</summary>
internal static class BuiltinCalls
{
    public static Value Call(
        Frame frame,
        Builtin builtin,
        SourceSpan span,
        ReadOnlySpan<Value> operands,
        SourceText? caller = null
    )
    {
        if (frame.Tracks && AnyUnknown(operands))
        {
            return CallUnknown(frame, builtin, operands);
        }

        var answer = builtin.CallFrom is { } host ? host(caller, operands.ToArray()) : builtin.Call(frame, operands);
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
            frame.Doubting(RuleOf(builtin), cause);
            return Reading.Fresh(cause);
        }

        frame.Note(RuleOf(builtin));
        var answer = builtin.OnUnknown(frame, operands);
        if (answer.Value.IsDefined && !answer.IsCertain)
        {
            frame.Doubting(RuleOf(builtin), Unknowns.CauseOf(operands));
        }

        return frame.Built(answer.Value);
    }

    private static UnknownRules RuleOf(Builtin builtin) =>
        builtin.Name switch
        {
            "equal" or "neq" or "lt" or "lte" or "gt" or "gte" => UnknownRules.Equality,
            "internal.member_2" or "internal.member_3" => UnknownRules.Membership,
            _ => UnknownRules.Builtin,
        };

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
}
