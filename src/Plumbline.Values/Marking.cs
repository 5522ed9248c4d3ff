using System.Collections.Immutable;

namespace Plumbline.Values;

/// <summary>One copy of a document with marks put in; what has no mark below it is copied whole.</summary>
internal sealed class Marking(Value document, ImmutableDictionary<JsonPointer, Mark> marks)
{
    private readonly DocumentBuilder _builder = new(document.Owner?.KeepsPositions ?? false);
    private readonly HashSet<JsonPointer> _unplaced = [.. marks.Keys];

    /// <summary>The marks by what they stand in.</summary>
    private readonly ILookup<JsonPointer, JsonPointer> _below = marks
        .Keys.SelectMany(Ancestry)
        .Distinct()
        .Order()
        .ToLookup(place => place.Parent);

    /// <summary>A mark for which there was no place, the first in order.</summary>
    public JsonPointer Unplaced => _unplaced.Min();

    /// <summary>The copy; null where a mark has no place in it.</summary>
    public Value? Apply()
    {
        var place = document.Owner?.PositionAt(document.NodeIndex) ?? default;
        Add(document, JsonPointer.Root, place, place);
        return _unplaced.Count == 0 ? _builder.Build().Root : (Value?)null;
    }

    /// <param name="value">What is to be copied.</param>
    /// <param name="at">Where in the document it is.</param>
    /// <param name="place">Where in the text it starts.</param>
    /// <param name="key">Where in the text its key starts, which is what it is shown by; of an item the same.</param>
    private void Add(Value value, JsonPointer at, Position place, Position key)
    {
        var mark = marks.GetValueOrDefault(at);
        if (mark?.Unknown is { } unknown)
        {
            _builder.Unknown(unknown, place);
            _unplaced.Remove(at);
            return;
        }

        var isTouched = mark is not null || _below.Contains(at);
        switch (value.Kind)
        {
            case ValueKind.Object when isTouched:
                _unplaced.Remove(at);
                _builder.Start(place);
                AddMembers(value, at);
                AddMissing(at, key);
                _builder.EndObject(mark?.Open ?? value.Open);
                break;
            case ValueKind.Array when isTouched:
                _unplaced.Remove(at);
                _builder.Start(place);
                AddItems(value, at);
                _builder.EndArray(mark?.Open ?? value.Open);
                break;
            default:
                _builder.Add(value, place);
                break;
        }
    }

    private void AddMembers(Value value, JsonPointer at)
    {
        foreach (var (name, i) in Jcs.MembersOf(value))
        {
            var key = value.Owner?.PositionOfKey(value.NodeIndex, i) ?? default;
            var place = value.Owner?.PositionOfMember(value.NodeIndex, i) ?? default;
            _builder.Key(name.Span, key);
            Add(value[i], at.Append(name.ToString()), place, key);
        }
    }

    private void AddItems(Value value, JsonPointer at)
    {
        for (var i = 0; i < value.Count; i++)
        {
            var place = value.Owner?.PositionOfMember(value.NodeIndex, i) ?? default;
            Add(value[i], at.Append(i), place, place);
        }
    }

    private void AddMissing(JsonPointer at, Position place)
    {
        foreach (var missing in _below[at].Where(IsMissing))
        {
            _builder.String(missing.Segments.Last(), place);
            _builder.Unknown(marks[missing].Unknown!, place);
            _unplaced.Remove(missing);
        }
    }

    /// <summary>Every member that is there has been added by now, so what is still without a place has none.</summary>
    private bool IsMissing(JsonPointer place) => _unplaced.Contains(place) && marks[place].Unknown is not null;

    private static IEnumerable<JsonPointer> Ancestry(JsonPointer place)
    {
        for (; !place.IsRoot; place = place.Parent)
        {
            yield return place;
        }
    }
}
