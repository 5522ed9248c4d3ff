using System.Text;

namespace Plumbline.Values;

/// <summary>A line and a column, both from 1, the column in bytes; (0, 0) where it is not known.</summary>
public readonly record struct Position(int Line, int Column);

/// <summary>A text that was read into values: <see cref="Node"/>s in one array, the members of a collection side by side.</summary>
/// <remarks>
/// The members of a collection were finished before it, so they lie together and before it; the root is the last node.
/// A document never changes, holds nothing that is made at first use, and may be shared by threads.
/// </remarks>
public sealed class Document
{
    private readonly Node[] _nodes;
    private readonly byte[] _source;
    private readonly byte[] _extra;
    private readonly Value[] _numbers;
    private readonly Unknown[] _unknowns;
    private readonly OpenMark[] _open;
    private readonly Position[]? _positions;

    internal Document(
        Node[] nodes,
        byte[] source,
        byte[] extra,
        Value[] numbers,
        Unknown[] unknowns,
        OpenMark[] open,
        Position[]? positions
    )
    {
        _nodes = nodes;
        _source = source;
        _extra = extra;
        _numbers = numbers;
        _unknowns = unknowns;
        _open = open;
        _positions = positions;
    }

    public Value Root => ValueOf(RootNode);

    /// <summary>The bit of CONTRACTS §4.14: whether any value or collection in it was not wholly told.</summary>
    public bool HasUnknowns => _nodes[RootNode].IsUntold;

    /// <summary>Where the value at <paramref name="pointer"/> stands in the text, a member of an object by its key.</summary>
    /// <returns>Of a value that does not exist the place of its nearest parent; (0, 0) where no places were kept.</returns>
    public Position PositionOf(JsonPointer pointer)
    {
        return _positions is null ? default : _positions[Locate(pointer).Place];
    }

    /// <summary>This document, which now tells the places of the text that its value at <paramref name="at"/> was made from.</summary>
    /// <returns>Null where the two are not built alike: a place would be lost, or made up.</returns>
    internal Document? WithPlaces(JsonPointer at, Document text, JsonPointer within)
    {
        var (place, node) = Locate(at);
        var (textPlace, textNode) = text.Locate(within);
        if (text._positions is null || node < 0 || textNode < 0)
        {
            return null;
        }

        var positions = new Position[_nodes.Length];
        if (!TakePlaces(node, text, textNode, positions))
        {
            return null;
        }

        positions[place] = text._positions[textPlace];
        return new Document(_nodes, _source, _extra, _numbers, _unknowns, _open, positions);
    }

    private bool TakePlaces(int node, Document text, int textNode, Position[] positions)
    {
        positions[node] = text._positions![textNode];
        var (own, other) = (_nodes[node], text._nodes[textNode]);
        if (own.Kind is not (ValueKind.Array or ValueKind.Object))
        {
            return other.Kind is not (ValueKind.Array or ValueKind.Object);
        }

        if (own.Kind != other.Kind || own.Size != other.Size)
        {
            return false;
        }

        for (var i = 0; i < own.Size; i++)
        {
            var (member, textMember) = (own.First + i, other.First + i);
            if (own.Kind == ValueKind.Object)
            {
                var key = own.First + (2 * i);
                var textKey = text.FindKey(other, TextOf(_nodes[key]));
                if (textKey < 0)
                {
                    return false;
                }

                positions[key] = text._positions[textKey];
                (member, textMember) = (key + 1, textKey + 1);
            }

            if (!TakePlaces(member, text, textMember, positions))
            {
                return false;
            }
        }

        return true;
    }

    internal bool KeepsPositions => _positions is not null;

    internal int CountAt(int node) => _nodes[node].Size;

    internal bool IsUntold(int node) => _nodes[node].IsUntold;

    internal OpenMark OpenAt(int node) => _open[_nodes[node].Open];

    internal Value ValueAt(int node, int index) => ValueOf(ValueNode(_nodes[node], index));

    internal Value KeyAt(int node, int index)
    {
        var owner = _nodes[node];
        return (uint)index >= (uint)owner.Size ? throw new ArgumentOutOfRangeException(nameof(index))
            : owner.Kind == ValueKind.Object ? ValueOf(owner.First + (2 * index))
            : Value.Of(index);
    }

    internal Value Find(int node, Value key)
    {
        var owner = _nodes[node];
        if (owner.Kind == ValueKind.Array)
        {
            return key.TryGetInt64(out var index) && index >= 0 && index < owner.Size
                ? ValueOf(owner.First + (int)index)
                : default;
        }

        if (!key.IsString)
        {
            return default;
        }

        var at = FindKey(owner, key.Utf8.Span);
        return at < 0 ? default : ValueOf(at + 1);
    }

    internal Position PositionAt(int node) => _positions?[node] ?? default;

    internal Position PositionOfKey(int node, int index) => PositionAt(_nodes[node].First + (2 * index));

    internal Position PositionOfMember(int node, int index) => PositionAt(ValueNode(_nodes[node], index));

    private int RootNode => _nodes.Length - 1;

    private static int ValueNode(Node owner, int index) =>
        (uint)index >= (uint)owner.Size ? throw new ArgumentOutOfRangeException(nameof(index))
        : owner.Kind == ValueKind.Object ? owner.First + (2 * index) + 1
        : owner.First + index;

    /// <summary>Node of the key, or -1.</summary>
    private int FindKey(Node owner, ReadOnlySpan<byte> key)
    {
        var head = Node.StringHead(key);
        if (owner.Size >= Node.Large)
        {
            return FindInTable(owner, head, key);
        }

        var members = _nodes.AsSpan(owner.First, 2 * owner.Size);
        for (var i = 0; i < members.Length; i += 2)
        {
            if (members[i].Head == head && TextOf(members[i]).SequenceEqual(key))
            {
                return owner.First + i;
            }
        }

        return -1;
    }

    private int FindInTable(Node owner, ulong head, ReadOnlySpan<byte> key)
    {
        var size = KeyTable.NodesFor(owner.Size);
        var slots = KeyTable.Slots(_nodes.AsSpan(owner.First - size, size));
        for (var slot = KeyTable.SlotOf(key, slots.Length); slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            var at = owner.First + (2 * (slots[slot] - 1));
            if (_nodes[at].Head == head && TextOf(_nodes[at]).SequenceEqual(key))
            {
                return at;
            }
        }

        return -1;
    }

    private ReadOnlySpan<byte> TextOf(Node node) => BufferOf(node).AsSpan(node.Offset, node.Size);

    private byte[] BufferOf(Node node) => node.IsInExtra ? _extra : _source;

    /// <summary>The value at a pointer, -1 where there is none; and what tells its place: its key in an object, else the nearest parent.</summary>
    private (int Place, int Node) Locate(JsonPointer pointer)
    {
        var node = RootNode;
        var place = node;
        foreach (var segment in pointer.Segments)
        {
            (var key, node) = Step(node, segment);
            if (node < 0)
            {
                break;
            }

            place = key;
        }

        return (place, node);
    }

    private (int Key, int Value) Step(int node, string segment)
    {
        var owner = _nodes[node];
        switch (owner.Kind)
        {
            case ValueKind.Object:
                var at = FindKey(owner, Encoding.UTF8.GetBytes(segment));
                return (at, at < 0 ? -1 : at + 1);
            case ValueKind.Array when JsonPointer.TryIndex(segment, out var index) && index < owner.Size:
                return (owner.First + index, owner.First + index);
            default:
                return (-1, -1);
        }
    }

    private Value ValueOf(int index)
    {
        var node = _nodes[index];
        return node.Kind switch
        {
            ValueKind.String => Value.Of(new Utf8(BufferOf(node), node.Offset, node.Size)),
            ValueKind.Number when node.IsInteger => Value.Of(node.Body),
            ValueKind.Number when node.IsDecimal => Value.OfDecimal(Number.FromParts(node.Body, node.Exponent)),
            ValueKind.Number => _numbers[(int)node.Body],
            ValueKind.Boolean => Value.Of(node.Body != 0),
            ValueKind.Null => Value.Null,
            ValueKind.Unknown => Value.Of(_unknowns[(int)node.Body]),
            var kind => Value.OfNode(this, kind, node.Open >= 0, index),
        };
    }
}
