using Plumbline.Values;

namespace Plumbline.Rego.Evaluation;

/// <summary>Collects an array: solutions that are only possible, or may be the same as another, are left out and make it open.</summary>
internal sealed class ArrayGatherer : Gatherer
{
    private readonly ArrayBuilder _items = new();

    public override bool Add(Frame frame, ReadOnlySpan<Value> keys, Value value)
    {
        if (frame.Doubt is { } doubt)
        {
            _items.Open ??= new OpenMark(doubt.All[0]);
        }
        else if (frame.Coincides is { } mark)
        {
            _items.Open ??= mark;
        }
        else
        {
            _items.Add(value);
        }

        return false;
    }

    public Value Build() => _items.Build();
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

    /// <summary>There may be a member that is not shown.</summary>
    public void Loosen(string cause) => _items.Open ??= new OpenMark(cause);

    public Value Build() => _items.ToValue();
}
