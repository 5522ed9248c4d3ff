using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Notes whether a block has a certain solution, at which the search stops, and why others are possible.</summary>
internal sealed class Probe : Gatherer
{
    public bool HasCertain { get; private set; }

    /// <summary>Null where no solution is merely possible; without meaning where one is certain.</summary>
    public Causes? Possible { get; private set; }

    /// <summary>Asks a block that ends with <see cref="Gatherer.Take"/>, apart from the solution it stands in.</summary>
    public static Probe Ask(Frame frame, Step block)
    {
        var (doubt, gather) = (frame.Doubt, frame.Gather);
        var probe = new Probe();
        (frame.Doubt, frame.Gather) = (null, probe);
        block(frame);
        (frame.Doubt, frame.Gather) = (doubt, gather);
        return probe;
    }

    /// <summary>Rule 7: <c>not</c> fails where the block has a certain solution, and is possible where it has possible ones only.</summary>
    public static bool HasNone(Frame frame, Step block)
    {
        var probe = Ask(frame, block);
        if (probe.HasCertain)
        {
            return false;
        }

        if (probe.Possible is { } causes)
        {
            frame.Doubting(UnknownRules.Negation, causes);
        }

        return true;
    }

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
