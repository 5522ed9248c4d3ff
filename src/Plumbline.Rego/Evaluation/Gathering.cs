using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Takes the solutions of a body and makes its value of them (rules 10 and 12 of unknown values).</summary>
internal abstract class Gatherer
{
    /// <summary>Takes the frame's current solution; true where no other can change the result.</summary>
    public abstract bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value);
}

/// <summary>Collects an array: solutions that are only possible are left out and make it open.</summary>
internal sealed class ArrayGatherer : Gatherer
{
    private readonly ArrayBuilder _items = new();

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
    {
        if (frame.Doubt is { } doubt)
        {
            _items.Open ??= new OpenMark(doubt.All[0]);
        }
        else
        {
            _items.Add(value);
        }

        return false;
    }

    public Value Build(Frame frame)
    {
        // Over a set holding unknowns, of which two may be the same, the number of members is not known.
        _items.Open ??= frame.Coincides;
        return _items.Build();
    }
}

/// <summary>Collects a set.</summary>
internal sealed class SetGatherer : Gatherer
{
    private readonly SetBuilder _items = new();
    private List<(Value, Causes)>? _possible;

    /// <summary>Members that may be there, with the reasons.</summary>
    public IReadOnlyList<(Value Member, Causes Causes)> Possible => _possible ?? [];

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
    {
        if (frame.Doubt is { } doubt)
        {
            _items.Open ??= new OpenMark(doubt.All[0]);
            (_possible ??= []).Add((value, doubt));
        }
        else
        {
            _items.Add(value);
        }

        return false;
    }

    public Value Build() => _items.ToValue();
}

/// <summary>Collects an object. Two surely different values under one key are a conflict.</summary>
internal sealed class ObjectGatherer : Gatherer
{
    private readonly ObjectBuilder _members = new();

    /// <summary>Pairs that are only possible, or whose key was not told: each may be under any key it might equal.</summary>
    private List<(Value Key, Value Value, string Cause)>? _loose;

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
            Loosen(key, value, doubt.All[0]);
        }
        else if (key.HasUnknowns)
        {
            Loosen(key, value, Unknowns.CauseOf([key]));
        }
        else
        {
            AddCertain(key, value);
        }

        return false;
    }

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

    private void Loosen(Value key, Value value, string cause)
    {
        _members.Open ??= new OpenMark(cause);
        (_loose ??= []).Add((key, value, cause));
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
    private List<(Value Value, Causes Causes, Branch From)>? _possible;
    private Causes? _mayConflict;

    /// <summary>Which body, and which <c>else</c> of it, the solutions come from that are added now.</summary>
    public Branch From { get; set; }

    /// <summary>A certain solution was taken: no <c>else</c> is tried behind it.</summary>
    public bool IsCertain => _certain.IsDefined;

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
    {
        if (frame.Doubt is { } doubt)
        {
            (_possible ??= []).Add((value, doubt, From));
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

    /// <param name="fallback">The value of <c>default</c>, undefined where there is none.</param>
    public (Value Value, Causes? Doubt) Result(Value fallback)
    {
        var certain = _certain.IsDefined ? _certain : fallback;
        if (_possible is null)
        {
            return (certain, _mayConflict);
        }

        var causes = _possible.Aggregate(Causes.None, (sum, p) => sum.With(p.Causes));
        var first = certain.IsDefined ? certain : _possible[0].Value;
        var same = _possible.All(p => UnknownEquality.Equal(p.Value, first) == Tri.Yes);
        var value = same ? first : Reading.Fresh(causes.All[0], SharedKind(first));

        if (certain.IsUndefined)
        {
            return (value, causes);
        }

        // A possible solution beside a certain one of another value may be a conflict, in which there is no value; but
        // not where the one is an `else` of the other.
        var conflicts =
            _certain.IsDefined
            && _possible.Any(p =>
                !p.From.Excludes(_certainFrom) && UnknownEquality.Equal(p.Value, _certain) != Tri.Yes
            );
        return (value, conflicts ? (_mayConflict ?? Causes.None).With(causes) : _mayConflict);
    }

    private ValueKind? SharedKind(Value first)
    {
        var kind = Unknowns.KindOf(first);
        return _possible!.All(p => Unknowns.KindOf(p.Value) == kind) ? kind : null;
    }
}

/// <summary>Collects a partial document below keys: <c>p contains x</c>, <c>p[k] := v</c>, <c>p[k][l] contains x</c>.</summary>
/// <param name="conflict">What two different values under the same keys are reported as.</param>
internal sealed class PartialGatherer(string conflict) : Gatherer
{
    private readonly Dictionary<Value, PartialGatherer> _children = [];
    private readonly List<Value> _order = [];
    private SetGatherer? _set;
    private ObjectGatherer? _leaves;
    private OpenMark? _open;

    /// <summary>The rule whose solution is being added gives a set's member as its last key.</summary>
    public bool AddsMember { get; set; }

    public IReadOnlyList<(Value Member, Causes Causes)> Possible => _set?.Possible ?? [];

    public string? MayConflict => _leaves?.MayConflict;

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
    {
        if (AddsMember && keys.Length == 1)
        {
            (_set ??= new SetGatherer()).Add(frame, [], keys[0]);
        }
        else if (keys.Length == 1)
        {
            if (_children.ContainsKey(keys[0]))
            {
                throw new ConflictException(conflict);
            }

            (_leaves ??= new ObjectGatherer(conflict)).Add(frame, keys, value);
        }
        else if (keys[0].HasUnknowns)
        {
            _open ??= new OpenMark(Unknowns.CauseOf([keys[0]]));
        }
        else if (frame.Doubt is { } doubt && !_children.ContainsKey(keys[0]))
        {
            // Whether there is such a member at all is not certain, so nothing below it is shown.
            _open ??= new OpenMark(doubt.All[0]);
        }
        else
        {
            Child(keys[0]).Add(frame, keys[1..], value);
        }

        return false;
    }

    public Value Build()
    {
        if (_set is not null)
        {
            return _set.Build();
        }

        var leaves = _leaves?.Build() ?? Value.EmptyObject;
        if (_children.Count == 0 && _open is null)
        {
            return leaves;
        }

        var members = new ObjectBuilder { Open = leaves.Open ?? _open };
        for (var i = 0; i < leaves.Count; i++)
        {
            members[leaves.KeyAt(i)] = leaves[i];
        }

        foreach (var key in _order)
        {
            if (!members.TryAdd(key, _children[key].Build()))
            {
                throw new ConflictException(conflict);
            }
        }

        return members.ToValue();
    }

    private PartialGatherer Child(Value key)
    {
        if (!_children.TryGetValue(key, out var child))
        {
            _children.Add(key, child = new PartialGatherer(conflict));
            _order.Add(key);
        }

        child.AddsMember = AddsMember;
        return child;
    }
}
