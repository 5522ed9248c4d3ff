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
    private List<Value>? _numbers;
    private List<Unknown>? _unknowns;
    private List<OpenMark>? _open;
    private Node[] _nodes;
    private Node[] _stack = Pool<Node>.Rent(256);
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

        // A member of a compact manifest takes about nine bytes of text for each of its two nodes.
        _nodes = Pool<Node>.Rent(Math.Max(64, _source.Length / 8));
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
    public void Number(ReadOnlySpan<byte> text, Position at = default)
    {
        if (!TryNumber(text, at))
        {
            throw new ArgumentException($"expected a number, got `{Encoding.UTF8.GetString(text)}`", nameof(text));
        }
    }

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
        (_unknowns ??= []).Add(unknown);
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

        // Plain arrays: a small uninitialized one makes the collector clear a whole new block around it.
        var document = new Document(
            _nodes.AsSpan(0, _nodeCount).ToArray(),
            _source,
            _extra.AsSpan(0, _extraCount).ToArray(),
            _numbers?.ToArray() ?? [],
            _unknowns?.ToArray() ?? [],
            _open?.ToArray() ?? [],
            _keepsPositions ? _positions.AsSpan(0, _nodeCount).ToArray() : null
        );
        Pool<Node>.Return(_nodes);
        Pool<Node>.Return(_stack);
        Pool<byte>.Return(_extra);
        Pool<Position>.Return(_positions);
        Pool<Position>.Return(_stackPositions);
        (_nodes, _stack, _extra, _positions, _stackPositions) = ([], [], [], [], []);
        return document;
    }

    /// <returns>False where <see cref="Values.Number.TryParse"/> refuses the text.</returns>
    internal bool TryNumber(ReadOnlySpan<byte> text, Position at)
    {
        // Most numbers have few digits and no need of the arithmetic behind the others.
        if (DecimalText.TryRead(text, out var read) && read.TryGetParts(out var mantissa, out var exponent))
        {
            Push(exponent == 0 ? Node.Integer(mantissa) : Node.Decimal(mantissa, exponent), at);
            return true;
        }

        if (!Values.Number.TryParse(text, out var number))
        {
            return false;
        }

        Number(number, at);
        return true;
    }

    /// <summary>Room for text that is no slice of the source; <see cref="Extra"/> says how much was used.</summary>
    internal Span<byte> ExtraRoom(int length)
    {
        if (length > _extra.Length - _extraCount)
        {
            Grow(ref _extra, _extraCount, _extraCount + length);
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

    private void Number(Number number, Position at)
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
            (_numbers ??= []).Add(Value.Of(number));
            Push(Node.Number(_numbers.Count - 1), at);
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
        var untold = (_unknowns ?? (object?)_open) is not null && AnyUntold(_stack.AsSpan(first, _stackCount - first));
        var table = kind == ValueKind.Object ? KeyTable.NodesFor(members) : 0;
        var start = Move(first, _stackCount - first, table);
        _stackCount = first;
        var mark = -1;
        if (open is not null)
        {
            mark = (_open ??= []).Count;
            _open.Add(open);
        }

        Push(Node.Collection(kind, members, start, mark, untold), at);
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

        // A bit for each head seen so far: only a key that finds its bit set is compared with those before it.
        var nodes = _nodes.AsSpan(start, 2 * members);
        var seen = 0UL;
        for (var i = 0; i < nodes.Length; i += 2)
        {
            var bit = 1UL << (int)((nodes[i].Head * 0x9E3779B97F4A7C15) >> 58);
            if ((seen & bit) != 0 && IsAmong(nodes[..i], nodes[i]))
            {
                return start + i;
            }

            seen |= bit;
        }

        return -1;
    }

    private bool IsAmong(ReadOnlySpan<Node> members, Node key)
    {
        for (var i = 0; i < members.Length; i += 2)
        {
            if (members[i].Head == key.Head && TextOf(members[i]).SequenceEqual(TextOf(key)))
            {
                return true;
            }
        }

        return false;
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
                Grow(ref _positions, start - gap, _nodes.Length);
            }

            _stackPositions.AsSpan(first, count).CopyTo(_positions.AsSpan(start));
        }

        return start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(Node node, Position at)
    {
        var stack = _stack;
        var count = _stackCount;
        if ((uint)count >= (uint)stack.Length)
        {
            PushGrown(node, at);
            return;
        }

        // Field by field, or the node goes through memory in halves and the processor waits to join them.
        ref var top = ref stack[count];
        top.Head = node.Head;
        top.Body = node.Body;
        _stackCount = count + 1;
        if (_keepsPositions)
        {
            KeepPosition(at);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PushGrown(Node node, Position at)
    {
        Grow(ref _stack, _stackCount, _stackCount + 1);
        Push(node, at);
    }

    private void KeepPosition(Position at)
    {
        if (_stackCount > _stackPositions.Length)
        {
            Grow(ref _stackPositions, _stackCount - 1, _stack.Length);
        }

        _stackPositions[_stackCount - 1] = at;
    }

    private static void Grow<T>(ref T[] array, int used, int wanted)
    {
        var larger = Pool<T>.Rent(Math.Max(wanted, 2 * array.Length));
        array.AsSpan(0, used).CopyTo(larger);
        Pool<T>.Return(array);
        array = larger;
    }

    /// <summary>The shared pool, but for arrays that only an unusual document needs: kept, they would outlive it for good.</summary>
    private static class Pool<T>
    {
        /// <summary>Enough for a document of a megabyte.</summary>
        private const int Largest = 1 << 17;

        public static T[] Rent(int length) => length > Largest ? new T[length] : ArrayPool<T>.Shared.Rent(length);

        public static void Return(T[] array)
        {
            if (array.Length <= Largest)
            {
                ArrayPool<T>.Shared.Return(array);
            }
        }
    }
}
