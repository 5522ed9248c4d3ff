using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Collects a partial document below keys: <c>p contains x</c>, <c>p[k] := v</c>, <c>p[k][l] contains x</c>.</summary>
/// <param name="conflict">What two different values under the same keys are reported as.</param>
internal sealed class PartialGatherer(string conflict) : Gatherer
{
    private readonly Dictionary<Value, PartialGatherer> _children = [];
    private readonly List<Value> _order = [];
    private SetGatherer? _set;
    private ObjectGatherer? _leaves;
    private readonly LoosePairs _among = new();
    private List<Loose>? _loose;
    private OpenMark? _open;
    private string? _mayConflict;

    /// <summary>A solution that is only possible, or whose first key was not told: it may be below any key that it might equal.</summary>
    private sealed record Loose(Value[] Keys, Value Value, bool IsMember, string Cause, bool IsMany);

    /// <summary>The rule whose solution is being added gives a set's member as its last key.</summary>
    public bool AddsMember { get; set; }

    public IReadOnlyList<(Value Member, Causes Causes)> Possible => _set?.Possible ?? [];

    /// <summary>Why the document may not be one at all; to be asked when it is built.</summary>
    public string? MayConflict =>
        _mayConflict
        ?? _leaves?.MayConflict
        ?? _children.Values.Select(c => c.MayConflict).FirstOrDefault(c => c is not null);

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
    {
        if (AddsMember && keys.Length == 1)
        {
            (_set ??= new SetGatherer()).Add(frame, [], keys[0]);
        }
        else if (frame.Doubt is { } doubt)
        {
            Loosen(keys, value, doubt.All[0], frame.IsMany);
        }
        else if (keys[0].HasUnknowns)
        {
            Loosen(keys, value, Unknowns.CauseOf([keys[0]]), frame.IsMany);
        }
        else if (keys.Length == 1)
        {
            (_leaves ??= new ObjectGatherer(conflict)).Add(frame, keys, value);
        }
        else
        {
            Child(keys[0]).Add(frame, keys[1..], value);
        }

        return false;
    }

    public Value Build()
    {
        foreach (var loose in _loose ?? [])
        {
            Apply(loose, loose.Keys);
        }

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

    private void Loosen(ReadOnlySpan<Value> keys, Value value, string cause, bool isMany)
    {
        (_loose ??= []).Add(new Loose(keys.ToArray(), value, AddsMember, cause, isMany));
        if (!AddsMember && keys.Length > 1)
        {
            _among.Add(Value.ArrayOf(keys), value, isMany);
            _mayConflict ??= _among.MayConflict ? cause : null;
        }
    }

    /// <summary>Opens everything that a loose solution may be in, once all that is certain is known.</summary>
    private void Apply(Loose loose, ReadOnlySpan<Value> keys)
    {
        if (loose.IsMember && keys.Length == 1)
        {
            (_set ??= new SetGatherer()).Loosen(loose.Cause);
            return;
        }

        _open ??= new OpenMark(loose.Cause);
        foreach (var (key, child) in _children)
        {
            if (UnknownEquality.Equal(key, keys[0]) == Tri.No)
            {
                continue;
            }

            if (keys.Length == 1)
            {
                _mayConflict ??= loose.Cause;
            }
            else
            {
                child.Apply(loose, keys[1..]);
            }
        }

        if (keys.Length == 1)
        {
            (_leaves ??= new ObjectGatherer(conflict)).Loosen(keys[0], loose.Value, loose.Cause, loose.IsMany);
        }
        else if (_leaves is not null && _leaves.MayHave(keys[0]))
        {
            _mayConflict ??= loose.Cause;
        }
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
