using System.Runtime.InteropServices;

namespace Plumbline.Values;

/// <summary>A line and a column, both from 1; (0, 0) where it is not known.</summary>
public readonly record struct Position(int Line, int Column);

/// <summary>A text that was read into values: nodes of sixteen bytes in one array, the members of a collection side by side.</summary>
/// <remarks>
/// <code>
/// node    kind (8) | flags (8) | – (16) | A (32)     B (64)
/// integer                                 –          value
/// number                                  length     offset of its text
/// string                                  length     offset of its text
/// array                                   count      index of its first member (32) | open mark + 1 (32)
/// object                                  count      the same; members are key, value, key, value
/// unknown                                 index      –
/// </code>
/// The members of a collection were finished before it, so they lie together and before it; the root is the last node.
/// A document never changes and may be shared by threads.
/// </remarks>
public sealed class Document
{
    internal const byte InExtra = 1;

    [StructLayout(LayoutKind.Sequential)]
    internal struct Node
    {
        public ValueKind Kind;
        public byte Flags;
        public int A;
        public long B;
    }

    private readonly Node[] _nodes;
    private readonly byte[] _source;
    private readonly byte[] _extra;
    private readonly Unknown[] _unknowns;
    private readonly OpenMark[] _open;
    private readonly Position[]? _positions;
    private readonly Dictionary<int, NodeIndexTable>? _indexes;

    internal Document(
        Node[] nodes,
        byte[] source,
        byte[] extra,
        Unknown[] unknowns,
        OpenMark[] open,
        Position[]? positions,
        Dictionary<int, NodeIndexTable>? indexes
    )
    {
        _nodes = nodes;
        _source = source;
        _extra = extra;
        _unknowns = unknowns;
        _open = open;
        _positions = positions;
        _indexes = indexes;
    }

    public Value Root => ValueOf(_nodes.Length - 1);

    /// <summary>The bit of CONTRACTS §4.14: whether any value or collection in it was not wholly told.</summary>
    public bool HasUnknowns => _unknowns.Length > 0 || _open.Length > 0;

    /// <summary>Where the value at <paramref name="pointer"/> stands in the text; of a member that does not exist, its nearest parent.</summary>
    public Position PositionOf(JsonPointer pointer)
    {
        if (_positions is null)
        {
            return default;
        }

        var node = _nodes.Length - 1;
        var place = node;
        foreach (var segment in pointer.Segments)
        {
            var (key, value) = Step(node, segment);
            if (value < 0)
            {
                break;
            }

            node = value;
            place = key;
        }

        return _positions[place];
    }

    internal int CountAt(int node) => _nodes[node].A;

    internal OpenMark OpenAt(int node) => _open[(int)(_nodes[node].B >>> 32) - 1];

    internal Value ValueAt(int node, int index)
    {
        ref readonly var owner = ref _nodes[node];
        var first = (int)owner.B;
        return ValueOf(owner.Kind == ValueKind.Object ? first + (2 * index) + 1 : first + index);
    }

    internal Value KeyAt(int node, int index)
    {
        ref readonly var owner = ref _nodes[node];
        return owner.Kind == ValueKind.Object ? ValueOf((int)owner.B + (2 * index)) : Value.Of(index);
    }

    internal Value Find(int node, Value key)
    {
        ref readonly var owner = ref _nodes[node];
        var first = (int)owner.B;
        if (owner.Kind == ValueKind.Array)
        {
            return key.TryGetInt64(out var index) && index >= 0 && index < owner.A
                ? ValueOf(first + (int)index)
                : default;
        }

        if (!key.IsString)
        {
            return default;
        }

        var at = FindKey(node, key.Utf8.Span);
        return at < 0 ? default : ValueOf(at + 1);
    }

    /// <summary>Node of the key, or -1.</summary>
    private int FindKey(int node, ReadOnlySpan<byte> key)
    {
        ref readonly var owner = ref _nodes[node];
        var first = (int)owner.B;
        if (_indexes is not null && _indexes.TryGetValue(first, out var table))
        {
            return table.Find(this, key);
        }

        for (var i = first; i < first + (2 * owner.A); i += 2)
        {
            if (_nodes[i].A == key.Length && TextOf(i).SequenceEqual(key))
            {
                return i;
            }
        }

        return -1;
    }

    internal ReadOnlySpan<byte> TextOf(int node)
    {
        ref readonly var n = ref _nodes[node];
        return ((n.Flags & InExtra) != 0 ? _extra : _source).AsSpan((int)n.B, n.A);
    }

    private (int Key, int Value) Step(int node, string segment)
    {
        ref readonly var owner = ref _nodes[node];
        switch (owner.Kind)
        {
            case ValueKind.Object:
                var at = FindKey(node, System.Text.Encoding.UTF8.GetBytes(segment));
                return (at, at < 0 ? -1 : at + 1);
            case ValueKind.Array when JsonPointer.TryIndex(segment, out var index) && index < owner.A:
                return ((int)owner.B + index, (int)owner.B + index);
            default:
                return (-1, -1);
        }
    }

    private Value ValueOf(int node)
    {
        ref readonly var n = ref _nodes[node];
        switch (n.Kind)
        {
            case ValueKind.String:
                return Value.Of(new Utf8((n.Flags & InExtra) != 0 ? _extra : _source, (int)n.B, n.A));
            case ValueKind.Number when n.A == 0:
                return Value.Of(n.B);
            case ValueKind.Number:
                return Number.TryParse(TextOf(node), out var number) ? Value.Of(number) : default;
            case ValueKind.Boolean:
                return Value.Of(n.B != 0);
            case ValueKind.Null:
                return Value.Null;
            case ValueKind.Unknown:
                return Value.Of(_unknowns[n.A]);
            default:
                return Value.OfNode(this, n.Kind, n.B >>> 32 != 0, node);
        }
    }

    /// <summary>Hash table over the keys of one large object.</summary>
    internal sealed class NodeIndexTable
    {
        private readonly int[] _slots;

        /// <summary>Builds the table; <paramref name="duplicate"/> is the first key node that repeats another, else -1.</summary>
        public NodeIndexTable(DocumentBuilder builder, int first, int count, out int duplicate)
        {
            duplicate = -1;
            _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count * 2)];
            for (var key = first; key < first + (2 * count); key += 2)
            {
                var text = builder.TextOf(key);
                for (var slot = Slot(text); ; slot = (slot + 1) & (_slots.Length - 1))
                {
                    var at = _slots[slot] - 1;
                    if (at < 0)
                    {
                        _slots[slot] = key + 1;
                        break;
                    }

                    if (builder.TextOf(at).SequenceEqual(text))
                    {
                        duplicate = key;
                        return;
                    }
                }
            }
        }

        public int Find(Document document, ReadOnlySpan<byte> key)
        {
            for (var slot = Slot(key); ; slot = (slot + 1) & (_slots.Length - 1))
            {
                var at = _slots[slot] - 1;
                if (at < 0 || document.TextOf(at).SequenceEqual(key))
                {
                    return at;
                }
            }
        }

        private int Slot(ReadOnlySpan<byte> text)
        {
            var hash = new HashCode();
            hash.AddBytes(text);
            return hash.ToHashCode() & (_slots.Length - 1);
        }
    }
}
