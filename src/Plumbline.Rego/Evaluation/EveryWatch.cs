using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Rule 8: a certain member without a solution fails; anything short of certain for all is possible.</summary>
internal sealed class EveryWatch
{
    private bool _fails;
    private Causes? _doubt;

    /// <summary>Whether a block that ends with <see cref="Gatherer.Take"/> has a solution for every member.</summary>
    public static bool Holds(Frame frame, Value domain, Match key, Match value, Step block)
    {
        if (!IsDomain(frame, domain))
        {
            return false;
        }

        var watch = new EveryWatch();
        var outer = frame.Doubt;
        frame.Doubt = null;
        Reading.Scan(
            frame,
            domain,
            isOrdered: false,
            (f, k, v) =>
            {
                // The member itself may be only possible: then it cannot fail the whole, only make it doubtful.
                var member = f.Doubt;
                f.Doubt = null;
                var probe = key(f, k) && value(f, v) ? Probe.Ask(f, block) : new Probe();
                f.Doubt = member;
                return watch.Take(member, probe);
            }
        );
        frame.Doubt = outer;
        if (watch._doubt is { } causes)
        {
            frame.Doubting(UnknownRules.Universal, causes);
        }

        return !watch._fails;
    }

    /// <summary><c>every</c> over a scalar is undefined, so over an unknown that may be one it is only possible.</summary>
    private static bool IsDomain(Frame frame, Value domain)
    {
        if (domain.AsUnknown is not { } unknown)
        {
            return domain.IsCollection;
        }

        if (unknown.Kind is null)
        {
            frame.Doubting(UnknownRules.Universal, unknown.Cause);
        }

        return Reading.MayBeCollection(unknown);
    }

    /// <param name="member">Why the member itself is only possible.</param>
    /// <returns>True where the rest cannot change the answer.</returns>
    private bool Take(Causes? member, Probe probe)
    {
        if (probe.HasCertain)
        {
            return false;
        }

        if (member is null && probe.Possible is null)
        {
            _fails = true;
            return true;
        }

        _doubt = (_doubt ?? Causes.None).With(member ?? Causes.None).With(probe.Possible ?? Causes.None);
        return false;
    }
}
