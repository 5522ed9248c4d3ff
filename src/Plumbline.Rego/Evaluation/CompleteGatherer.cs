using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>A body of a rule, and the place among it and its <c>else</c> branches.</summary>
internal readonly record struct Branch(int Body, int Else)
{
    /// <summary>Of a body and its <c>else</c> branches only one gives a value.</summary>
    public bool Excludes(Branch other) => Body == other.Body && Else != other.Else;
}

/// <summary>Collects the one value of a complete rule or function.</summary>
/// <param name="stopsEarly">All solutions have the same value, so that the first certain one decides.</param>
/// <param name="conflict">What two different values are reported as.</param>
internal sealed class CompleteGatherer(bool stopsEarly, string conflict) : Gatherer
{
    private Value _certain;
    private Branch _certainFrom;
    private List<(Value Value, Causes Causes, Branch From, bool IsMany)>? _possible;
    private Causes? _mayConflict;

    /// <summary>Which body, and which <c>else</c> of it, the solutions come from that are added now.</summary>
    public Branch From { get; set; }

    /// <summary>A certain solution was taken: no <c>else</c> is tried behind it.</summary>
    public bool IsCertain => _certain.IsDefined;

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
    {
        if (frame.Doubt is { } doubt)
        {
            (_possible ??= []).Add((value, doubt, From, frame.IsMany));
            return false;
        }

        if (_certain.IsUndefined)
        {
            (_certain, _certainFrom) = (value, From);
        }
        else
        {
            switch (UnknownEquality.Equal(_certain, value))
            {
                case Tri.No:
                    throw new ConflictException(conflict);
                case Tri.Possible:
                    var cause = Unknowns.CauseOf([_certain, value]);
                    _mayConflict = (_mayConflict ?? Causes.None).With(cause);
                    _certain = Reading.Fresh(cause);
                    break;
            }
        }

        return stopsEarly;
    }

    /// <summary>Why there may be a conflict instead of a value; null where there surely is none.</summary>
    public Causes? Conflict() =>
        _possible is not null && PossibleConflict()
            ? (_mayConflict ?? Causes.None).With(CausesOf(_possible))
            : _mayConflict;

    /// <param name="fallback">The value of <c>default</c>, undefined where there is none.</param>
    public (Value Value, Causes? Doubt) Result(Value fallback)
    {
        var certain = _certain.IsDefined ? _certain : fallback;
        if (_possible is null)
        {
            return (certain, _mayConflict);
        }

        var causes = CausesOf(_possible);
        var first = certain.IsDefined ? certain : _possible[0].Value;
        var same = _possible.All(p => UnknownEquality.Equal(p.Value, first) == Tri.Yes);
        var value = same ? first : Reading.Fresh(causes.All[0], SharedKind(first));
        return certain.IsUndefined ? (value, causes) : (value, Conflict());
    }

    private static Causes CausesOf(List<(Value Value, Causes Causes, Branch From, bool IsMany)> possible) =>
        possible.Aggregate(Causes.None, (sum, p) => sum.With(p.Causes));

    /// <summary>
    /// Two solutions of different values are a conflict, in which there is no value; but not where the one is an
    /// <c>else</c> of the other. A solution that stands for many has as many values.
    /// </summary>
    private bool PossibleConflict()
    {
        var seen = new Dictionary<Branch, Value>();
        if (_certain.IsDefined)
        {
            seen.Add(_certainFrom, _certain);
        }

        foreach (var (value, _, from, isMany) in _possible!)
        {
            if (isMany && value.HasUnknowns)
            {
                return true;
            }

            foreach (var (other, known) in seen)
            {
                if (!from.Excludes(other) && UnknownEquality.Equal(value, known) != Tri.Yes)
                {
                    return true;
                }
            }

            seen.TryAdd(from, value);
        }

        return false;
    }

    private ValueKind? SharedKind(Value first)
    {
        var kind = Unknowns.KindOf(first);
        return _possible!.All(p => Unknowns.KindOf(p.Value) == kind) ? kind : null;
    }
}
