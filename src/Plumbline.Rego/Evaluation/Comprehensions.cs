using Plumbline.Rego.Plans;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Arrays, sets and objects of the solutions of a body (rule 10 of unknown values).</summary>
internal static class Comprehensions
{
    /// <summary>What <paramref name="run"/> gathers, apart from the solution it is asked in.</summary>
    public static Value Run(Frame frame, ComprehensionExpr expr, Step run)
    {
        var (doubt, gather, coincides, isMany) = (frame.Doubt, frame.Gather, frame.Coincides, frame.IsMany);
        (frame.Doubt, frame.Coincides, frame.IsMany) = (null, null, false);
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
            ArrayGatherer array => array.Build(),
            SetGatherer set => set.Build(),
            _ => ((ObjectGatherer)gatherer).Build(),
        };
        (frame.Doubt, frame.Gather, frame.Coincides, frame.IsMany) = (doubt, gather, coincides, isMany);
        if (value.IsOpen)
        {
            frame.Note(UnknownRules.Comprehension);
        }

        if (gatherer is ObjectGatherer { MayConflict: { } cause })
        {
            frame.Doubting(UnknownRules.Comprehension, cause);
            frame.MayFail(Causes.None.With(cause));
        }

        return frame.Built(value);
    }
}
