using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Collects an object. Two surely different values under one key are a conflict.</summary>
internal sealed class ObjectGatherer : Gatherer
{
    private readonly ObjectBuilder _members = new();

    /// <summary>Pairs that are only possible, or whose key was not told: each may be under any key it might equal.</summary>
    private List<(Value Key, Value Value, string Cause)>? _loose;

    private readonly LoosePairs _among = new();
    private readonly string _conflict;

    /// <param name="conflict">What a conflict is reported as.</param>
    public ObjectGatherer(string conflict) => _conflict = conflict;

    /// <summary>Why the object may not be one at all: OPA might report a conflict.</summary>
    public string? MayConflict { get; private set; }

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
    {
        var key = keys[0];
        if (frame.Doubt is { } doubt)
        {
            Loosen(key, value, doubt.All[0], frame.IsMany);
        }
        else if (key.HasUnknowns)
        {
            Loosen(key, value, Unknowns.CauseOf([key]), frame.IsMany);
        }
        else
        {
            AddCertain(key, value);
        }

        return false;
    }

    /// <summary>Takes a pair that is only possible, or whose key was not told.</summary>
    public void Loosen(Value key, Value value, string cause, bool isMany)
    {
        _members.Open ??= new OpenMark(cause);
        (_loose ??= []).Add((key, value, cause));
        _among.Add(key, value, isMany);
        if (_among.MayConflict)
        {
            MayConflict ??= cause;
        }
    }

    /// <summary>Whether a pair under this key is shown or may be there.</summary>
    public bool MayHave(Value key) =>
        Enumerable.Range(0, _members.Count).Any(i => UnknownEquality.Equal(_members.KeyAt(i), key) != Tri.No)
        || (_loose ?? []).Any(l => UnknownEquality.Equal(l.Key, key) != Tri.No);

    public Value Build()
    {
        foreach (var (key, value, cause) in _loose ?? [])
        {
            for (var i = 0; i < _members.Count; i++)
            {
                var shown = _members.KeyAt(i);
                if (
                    UnknownEquality.Equal(shown, key) != Tri.No
                    && UnknownEquality.Equal(_members[shown], value) != Tri.Yes
                )
                {
                    _members[shown] = Reading.Fresh(cause);
                    MayConflict ??= cause;
                }
            }
        }

        return _members.ToValue();
    }

    private void AddCertain(Value key, Value value)
    {
        var shown = _members[key];
        if (shown.IsUndefined)
        {
            _members[key] = value;
            return;
        }

        switch (UnknownEquality.Equal(shown, value))
        {
            case Tri.No:
                throw new ConflictException(_conflict);
            case Tri.Possible:
                var cause = Unknowns.CauseOf([shown, value]);
                _members[key] = Reading.Fresh(cause);
                MayConflict ??= cause;
                break;
        }
    }
}

/// <summary>Two solutions give one document different values; its place is added where the rule is known.</summary>
internal sealed class ConflictException(string message) : Exception(message);
