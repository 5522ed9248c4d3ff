using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumbline.Values;

/// <summary>Builds a <see cref="Document"/> from the events of a reader: start, key, scalar, end.</summary>
/// <remarks>
/// Open collections keep their finished members on a stack; when one ends they are moved side by side into the
/// document. Events must nest rightly; that is the reader's duty, and a mistake in it throws. Both arrays are borrowed
/// from a pool until <see cref="Build"/>, after which the builder must not be used again.
/// </remarks>
public sealed class DocumentBuilder
{
    private readonly byte[] _source;
    private readonly bool _keepsPositions;
    private readonly List<Value> _numbers = [];
    private readonly List<Unknown> _unknowns = [];
    private readonly List<OpenMark> _open = [];

    private Node[] _nodes = ArrayPool<Node>.Shared.Rent(256);
    private Node[] _stack = ArrayPool<Node>.Shared.Rent(256);
    private Position[] _positions = [];
    private Position[] _stackPositions = [];
    private (int First, Position At)[] _starts = new (int, Position)[16];
    private byte[] _extra = [];
    private int _nodeCount;
    private int _stackCount;
    private int _extraCount;

    /// <param name="keepsPositions">Whether <see cref="Document.PositionOf"/> will be asked.</param>
    /// <param name="source">Text that scalars may be slices of; kept, not copied.</param>
    public DocumentBuilder(bool keepsPositions = false, byte[]? source = null)
    {
        _keepsPositions = keepsPositions;
        _source = source ?? [];
    }

    /// <summary>Collections that were started and not ended.</summary>
    public int Depth { get; private set; }

    /// <summary>Nodes so far, which bounds what the document costs.</summary>
    public int NodeCount => _nodeCount + _stackCount;

    public void Start(Position at = default)
    {
        if (Depth == _starts.Length)
        {
            Array.Resize(ref _starts, 2 * Depth);
        }

        _starts[Depth++] = (_stackCount, at);
    }

    public void Key(ReadOnlySpan<byte> text, Position at = default) => String(text, at);

    public void Null(Position at = default) => Push(Node.Null, at);

    public void Boolean(bool value, Position at = default) => Push(Node.Boolean(value), at);

    public void Integer(long value, Position at = default) => Push(Node.Integer(value), at);

    /// <summary>A number by its text.</summary>
    /// <exception cref="ArgumentException"><see cref="Values.Number.TryParse"/> refuses it.</exception>
    public void Number(ReadOnlySpan<byte> text, Position at = default) =>
        Number(
            Values.Number.TryParse(text, out var number)
                ? number
                : throw new ArgumentException(
                    $"expected a number, got `{Encoding.UTF8.GetString(text)}`",
                    nameof(text)
                ),
            at
        );

    /// <summary>A string of valid UTF-8, which is copied.</summary>
    public void String(ReadOnlySpan<byte> text, Position at = default)
    {
        text.CopyTo(ExtraRoom(text.Length));
        Extra(text.Length, at);
    }

    /// <summary>A string; a lone surrogate becomes U+FFFD.</summary>
    public void String(string text, Position at = default) => String(Encoding.UTF8.GetBytes(text), at);

    /// <summary>A string or key that is a slice of the source, on character boundaries of valid UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Slice(int offset, int length, Position at = default) =>
        Push(Node.String(_source.AsSpan(offset, length), offset, inExtra: false), at);

    public void Unknown(Unknown unknown, Position at = default)
    {
        _unknowns.Add(unknown);
        Push(Node.Unknown(_unknowns.Count - 1), at);
    }

    public void EndArray(OpenMark? open = null)
    {
        var (first, at) = _starts[--Depth];
        End(ValueKind.Array, first, _stackCount - first, open, at);
    }

    /// <returns>False where a key repeats: <paramref name="duplicate"/> says which and where it stands the second time.</returns>
    public bool TryEndObject(out (string Key, Position At) duplicate, OpenMark? open = null)
    {
        var (first, at) = _starts[--Depth];
        var count = _stackCount - first;
        if (count % 2 != 0)
        {
            throw new InvalidOperationException("an object has a value for each of its keys");
        }

        var start = End(ValueKind.Object, first, count / 2, open, at);
        var again = Repeated(start, count / 2);
        if (again < 0)
        {
            duplicate = default;
            return true;
        }

        duplicate = (Encoding.UTF8.GetString(TextOf(_nodes[again])), _keepsPositions ? _positions[again] : default);
        return false;
    }

    /// <summary>Ends an object whose keys are known to be distinct.</summary>
    public void EndObject(OpenMark? open = null)
    {
        if (!TryEndObject(out var duplicate, open))
        {
            throw new InvalidOperationException($"key `{duplicate.Key}` was added twice");
        }
    }

    /// <summary>Adds a value that exists already, with all that is in it, and with its places where it has them.</summary>
    /// <param name="value">Sets become arrays, in order; keys that are no strings as in <see cref="Jcs"/>.</param>
    /// <param name="replace">Asked for every value below, with its pointer: true where it has added something in its place.</param>
    public void Add(Value value, Func<DocumentBuilder, JsonPointer, Value, bool>? replace = null) =>
        Add(value, JsonPointer.Root, value.Owner?.PositionAt(value.NodeIndex) ?? default, replace);

    /// <summary>The same, with a place of its own.</summary>
    internal void Add(Value value, Position place) => Add(value, JsonPointer.Root, place, replace: null);

    public Document Build()
    {
        if (Depth != 0 || _stackCount != 1)
        {
            throw new InvalidOperationException(
                "a document has exactly one root, and everything that was started is ended"
            );
        }

        Move(0, 1);
        var document = new Document(
            _nodes.AsSpan(0, _nodeCount).ToArray(),
            _source,
            _extra,
            [.. _numbers],
            [.. _unknowns],
            [.. _open],
            _keepsPositions ? _positions.AsSpan(0, _nodeCount).ToArray() : null
        );
        ArrayPool<Node>.Shared.Return(_nodes);
        ArrayPool<Node>.Shared.Return(_stack);
        (_nodes, _stack) = ([], []);
        return document;
    }

    internal void Number(Number number, Position at)
    {
        if (number.TryGetInt64(out var small))
        {
            Push(Node.Integer(small), at);
        }
        else if (number.TryGetParts(out var mantissa, out var exponent))
        {
            Push(Node.Decimal(mantissa, exponent), at);
        }
        else
        {
            _numbers.Add(Value.Of(number));
            Push(Node.Number(_numbers.Count - 1), at);
        }
    }

    /// <summary>Room for text that is no slice of the source; <see cref="Extra"/> says how much was used.</summary>
    internal Span<byte> ExtraRoom(int length)
    {
        if (length > _extra.Length - _extraCount)
        {
            Array.Resize(ref _extra, Math.Max(_extraCount + length, Math.Max(256, 2 * _extra.Length)));
        }

        return _extra.AsSpan(_extraCount, length);
    }

    /// <summary>A string that was written to <see cref="ExtraRoom"/>.</summary>
    internal void Extra(int length, Position at)
    {
        Push(Node.String(_extra.AsSpan(_extraCount, length), _extraCount, inExtra: true), at);
        _extraCount += length;
    }

    private void Add(
        Value value,
        JsonPointer at,
        Position place,
        Func<DocumentBuilder, JsonPointer, Value, bool>? replace
    )
    {
        if (replace is not null && replace(this, at, value))
        {
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Array:
            case ValueKind.Set:
                AddItems(value, at, place, replace);
                break;
            case ValueKind.Object:
                AddMembers(value, at, place, replace);
                break;
            default:
                AddScalar(value, place);
                break;
        }
    }

    private void AddScalar(Value value, Position place)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                Boolean(value.IsTrue, place);
                break;
            case ValueKind.Number:
                Number(value.AsNumber, place);
                break;
            case ValueKind.String:
                String(value.Utf8.Span, place);
                break;
            case ValueKind.Unknown:
                Unknown(value.AsUnknown!, place);
                break;
            default:
                Null(place);
                break;
        }
    }

    private void AddItems(
        Value value,
        JsonPointer at,
        Position place,
        Func<DocumentBuilder, JsonPointer, Value, bool>? replace
    )
    {
        Start(place);
        var order = value.IsSet ? Comparing.Order(value) : null;
        for (var i = 0; i < value.Count; i++)
        {
            var below = replace is null ? at : at.Append(i);
            Add(value[order?[i] ?? i], below, value.Owner?.PositionOfMember(value.NodeIndex, i) ?? default, replace);
        }

        EndArray(value.Open);
    }

    private void AddMembers(
        Value value,
        JsonPointer at,
        Position place,
        Func<DocumentBuilder, JsonPointer, Value, bool>? replace
    )
    {
        Start(place);
        foreach (var (name, i) in Jcs.MembersOf(value))
        {
            Key(name.Span, value.Owner?.PositionOfKey(value.NodeIndex, i) ?? default);
            var below = replace is null ? at : at.Append(name.ToString());
            Add(value[i], below, value.Owner?.PositionOfMember(value.NodeIndex, i) ?? default, replace);
        }

        EndObject(value.Open);
    }

    private int End(ValueKind kind, int first, int members, OpenMark? open, Position at)
    {
        var untold = (_unknowns.Count > 0 || _open.Count > 0) && AnyUntold(_stack.AsSpan(first, _stackCount - first));
        var table = kind == ValueKind.Object ? KeyTable.NodesFor(members) : 0;
        var start = Move(first, _stackCount - first, table);
        _stackCount = first;
        if (open is not null)
        {
            _open.Add(open);
        }

        Push(Node.Collection(kind, members, start, open is null ? -1 : _open.Count - 1, untold), at);
        return start;
    }

    private static bool AnyUntold(ReadOnlySpan<Node> nodes)
    {
        foreach (ref readonly var node in nodes)
        {
            if (node.IsUntold)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>First key that repeats an earlier one, or -1; fills the table of a large object on the way.</summary>
    private int Repeated(int start, int members)
    {
        if (members >= Node.Large)
        {
            return FillTable(start, members);
        }

        var nodes = _nodes.AsSpan(start, 2 * members);
        for (var i = 2; i < nodes.Length; i += 2)
        {
            var head = nodes[i].Head;
            for (var j = 0; j < i; j += 2)
            {
                if (nodes[j].Head == head && TextOf(nodes[j]).SequenceEqual(TextOf(nodes[i])))
                {
                    return start + i;
                }
            }
        }

        return -1;
    }

    private int FillTable(int start, int members)
    {
        var size = KeyTable.NodesFor(members);
        var slots = KeyTable.Slots(_nodes.AsSpan(start - size, size));
        slots.Clear();
        for (var i = 0; i < members; i++)
        {
            var key = _nodes[start + (2 * i)];
            var slot = KeyTable.SlotOf(TextOf(key), slots.Length);
            for (; slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
            {
                var other = _nodes[start + (2 * (slots[slot] - 1))];
                if (other.Head == key.Head && TextOf(other).SequenceEqual(TextOf(key)))
                {
                    return start + (2 * i);
                }
            }

            slots[slot] = i + 1;
        }

        return -1;
    }

    private ReadOnlySpan<byte> TextOf(Node node) => (node.IsInExtra ? _extra : _source).AsSpan(node.Offset, node.Size);

    /// <summary>Moves nodes from the stack to the end of the document, past a gap for the table of their owner.</summary>
    private int Move(int first, int count, int gap = 0)
    {
        var start = _nodeCount + gap;
        if (start + count > _nodes.Length)
        {
            Grow(ref _nodes, _nodeCount, start + count);
        }

        _nodeCount = start + count;

        _stack.AsSpan(first, count).CopyTo(_nodes.AsSpan(start));
        if (_keepsPositions)
        {
            if (_nodeCount > _positions.Length)
            {
                Array.Resize(ref _positions, _nodes.Length);
            }

            _stackPositions.AsSpan(first, count).CopyTo(_positions.AsSpan(start));
        }

        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(Node node, Position at)
    {
        if (_stackCount == _stack.Length)
        {
            Grow(ref _stack, _stackCount, _stackCount + 1);
        }

        _stack[_stackCount++] = node;
        if (_keepsPositions)
        {
            KeepPosition(at);
        }
    }

    private void KeepPosition(Position at)
    {
        if (_stackCount > _stackPositions.Length)
        {
            Array.Resize(ref _stackPositions, _stack.Length);
        }

        _stackPositions[_stackCount - 1] = at;
    }

    private static void Grow(ref Node[] nodes, int used, int wanted)
    {
        var larger = ArrayPool<Node>.Shared.Rent(Math.Max(wanted, 2 * nodes.Length));
        nodes.AsSpan(0, used).CopyTo(larger);
        ArrayPool<Node>.Shared.Return(nodes);
        nodes = larger;
    }
}
