using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Takes the solutions of a body and makes its value of them (rules 10 and 12 of unknown values).</summary>
internal abstract class Gatherer
{
    /// <summary>The end of a block whose solutions have no value: the frame's gatherer takes each.</summary>
    public static bool Take(Frame frame) => frame.Gather!.Add(frame, [], default);

    /// <summary>Takes the frame's current solution; true where no other can change the result.</summary>
    public abstract bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value);
}
