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
