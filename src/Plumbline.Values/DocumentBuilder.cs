using System.Text;

namespace Plumbline.Values;

/// <summary>Builds a <see cref="Document"/> from the events of a reader: start, key, scalar, end.</summary>
/// <remarks>
/// Open collections keep their finished members on a stack; when one ends they are moved side by side into the
/// document. Events must nest rightly; that is the reader's duty, and a mistake in it throws.
/// </remarks>
public sealed class DocumentBuilder
{
    /// <summary>From this many members on an object gets a hash table.</summary>
    private const int Large = 16;

    private readonly byte[] _source;
    private readonly List<Unknown> _unknowns = [];
    private readonly List<OpenMark> _open = [];
    private readonly Stack<(int First, Position At)> _starts = new();
    private readonly bool _keepsPositions;
    private Dictionary<int, Document.NodeIndexTable>? _indexes;

    private Document.Node[] _nodes = new Document.Node[32];
    private Document.Node[] _stack = new Document.Node[32];
    private Position[] _positions = [];
    private Position[] _stackPositions = [];
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
        if (keepsPositions)
        {
            _positions = new Position[32];
            _stackPositions = new Position[32];
        }
    }

    /// <summary>Collections that were started and not ended.</summary>
    public int Depth => _starts.Count;

    /// <summary>Nodes so far, which bounds what the document costs.</summary>
    public int NodeCount => _nodeCount + _stackCount;

    public void Start(Position at = default) => _starts.Push((_stackCount, at));

    public void Key(ReadOnlySpan<byte> text, Position at = default) => String(text, at);

    public void Null(Position at = default) => Push(new Document.Node { Kind = ValueKind.Null }, at);

    public void Boolean(bool value, Position at = default) =>
        Push(new Document.Node { Kind = ValueKind.Boolean, B = value ? 1 : 0 }, at);

    public void Integer(long value, Position at = default) =>
        Push(new Document.Node { Kind = ValueKind.Number, B = value }, at);

    /// <summary>A number by its text, which <see cref="Number.TryParse"/> accepts.</summary>
    public void Number(ReadOnlySpan<byte> text, Position at = default)
    {
        if (Values.Number.TryParse(text, out var number) && number.TryGetInt64(out var small))
        {
            Integer(small, at);
            return;
        }

        var offset = Keep(text);
        Push(
            new Document.Node
            {
                Kind = ValueKind.Number,
                Flags = Document.InExtra,
                A = text.Length,
                B = offset,
            },
            at
        );
    }

    public void String(ReadOnlySpan<byte> text, Position at = default)
    {
        var offset = Keep(text);
        Push(
            new Document.Node
            {
                Kind = ValueKind.String,
                Flags = Document.InExtra,
                A = text.Length,
                B = offset,
            },
            at
        );
    }

    public void String(string text, Position at = default) => String(Encoding.UTF8.GetBytes(text), at);

    /// <summary>A string or key that is a slice of the source.</summary>
    public void Slice(int offset, int length, Position at = default) =>
        Push(
            new Document.Node
            {
                Kind = ValueKind.String,
                A = length,
                B = offset,
            },
            at
        );

    public void Unknown(Unknown unknown, Position at = default)
    {
        _unknowns.Add(unknown);
        Push(new Document.Node { Kind = ValueKind.Unknown, A = _unknowns.Count - 1 }, at);
    }

    public void EndArray(OpenMark? open = null)
    {
        var (first, at) = _starts.Pop();
        End(ValueKind.Array, first, _stackCount - first, open, at);
    }

    /// <returns>False where a key repeats: <paramref name="duplicate"/> says which and where it stands the second time.</returns>
    public bool TryEndObject(out (string Key, Position At) duplicate, OpenMark? open = null)
    {
        var (first, at) = _starts.Pop();
        var count = (_stackCount - first) / 2;
        var start = End(ValueKind.Object, first, count, open, at);
        var again = Repeated(start, count);
        duplicate =
            again < 0
                ? default
                : (Encoding.UTF8.GetString(TextOf(again)), _keepsPositions ? _positions[again] : default);
        return again < 0;
    }

    /// <summary>Ends an object whose keys are known to be distinct.</summary>
    public void EndObject(OpenMark? open = null)
    {
        if (!TryEndObject(out var duplicate, open))
        {
            throw new InvalidOperationException($"key `{duplicate.Key}` was added twice");
        }
    }

    /// <summary>Adds a value that exists already, with all that is in it.</summary>
    /// <param name="value">Sets become arrays, in order.</param>
    /// <param name="replace">Asked for every value below, with its pointer: true where it has added something in its place.</param>
    public void Add(Value value, Func<DocumentBuilder, JsonPointer, Value, bool>? replace = null) =>
        Add(value, JsonPointer.Root, replace);

    public Document Build()
    {
        if (_starts.Count != 0 || _stackCount != 1)
        {
            throw new InvalidOperationException(
                "a document has exactly one root, and everything that was started is ended"
            );
        }

        Move(0, 1);
        _stackCount = 0;
        Array.Resize(ref _nodes, _nodeCount);
        return new Document(
            _nodes,
            _source,
            _extra,
            [.. _unknowns],
            [.. _open],
            _keepsPositions ? _positions : null,
            _indexes
        );
    }

    internal ReadOnlySpan<byte> TextOf(int node)
    {
        ref readonly var n = ref _nodes[node];
        return ((n.Flags & Document.InExtra) != 0 ? _extra : _source).AsSpan((int)n.B, n.A);
    }

    private void Add(Value value, JsonPointer at, Func<DocumentBuilder, JsonPointer, Value, bool>? replace)
    {
        if (replace is not null && replace(this, at, value))
        {
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Boolean:
                Boolean(value.IsTrue);
                break;
            case ValueKind.Number when value.TryGetInt64(out var small):
                Integer(small);
                break;
            case ValueKind.Number:
                Number(Encoding.ASCII.GetBytes(value.AsNumber.ToString()));
                break;
            case ValueKind.String:
                String(value.Utf8.Span);
                break;
            case ValueKind.Array:
            case ValueKind.Set:
                AddItems(value, at, replace);
                break;
            case ValueKind.Object:
                AddMembers(value, at, replace);
                break;
            case ValueKind.Unknown:
                Unknown(value.AsUnknown!);
                break;
            default:
                Null();
                break;
        }
    }

    private void AddItems(Value value, JsonPointer at, Func<DocumentBuilder, JsonPointer, Value, bool>? replace)
    {
        Start();
        var order = value.IsSet ? Comparing.Order(value) : null;
        for (var i = 0; i < value.Count; i++)
        {
            Add(value[order is null ? i : order[i]], replace is null ? at : at.Append(i), replace);
        }

        EndArray(value.Open);
    }

    private void AddMembers(Value value, JsonPointer at, Func<DocumentBuilder, JsonPointer, Value, bool>? replace)
    {
        Start();
        for (var i = 0; i < value.Count; i++)
        {
            var key = value.KeyAt(i);
            var text = key.IsString ? key.Utf8 : new Utf8(key.ToString());
            String(text.Span);
            Add(value[i], replace is null ? at : at.Append(text.ToString()), replace);
        }

        EndObject(value.Open);
    }

    private int End(ValueKind kind, int first, int count, OpenMark? open, Position at)
    {
        var start = Move(first, _stackCount - first);
        _stackCount = first;
        var mark = 0;
        if (open is not null)
        {
            _open.Add(open);
            mark = _open.Count;
        }

        Push(
            new Document.Node
            {
                Kind = kind,
                A = count,
                B = ((long)mark << 32) | (uint)start,
            },
            at
        );
        return start;
    }

    /// <summary>First key node below that repeats an earlier one, or -1.</summary>
    private int Repeated(int start, int count)
    {
        if (count >= Large)
        {
            var table = new Document.NodeIndexTable(this, start, count, out var duplicate);
            (_indexes ??= []).Add(start, table);
            return duplicate;
        }

        for (var i = start + 2; i < start + (2 * count); i += 2)
        {
            for (var j = start; j < i; j += 2)
            {
                if (_nodes[i].A == _nodes[j].A && TextOf(i).SequenceEqual(TextOf(j)))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private int Move(int first, int count)
    {
        var start = _nodeCount;
        while (start + count > _nodes.Length)
        {
            Array.Resize(ref _nodes, _nodes.Length * 2);
        }

        Array.Copy(_stack, first, _nodes, start, count);
        if (_keepsPositions)
        {
            if (_nodes.Length > _positions.Length)
            {
                Array.Resize(ref _positions, _nodes.Length);
            }

            Array.Copy(_stackPositions, first, _positions, start, count);
        }

        _nodeCount += count;
        return start;
    }

    private void Push(Document.Node node, Position at)
    {
        if (_stackCount == _stack.Length)
        {
            Array.Resize(ref _stack, _stackCount * 2);
            if (_keepsPositions)
            {
                Array.Resize(ref _stackPositions, _stackCount * 2);
            }
        }

        if (_keepsPositions)
        {
            _stackPositions[_stackCount] = at;
        }

        _stack[_stackCount++] = node;
    }

    private int Keep(ReadOnlySpan<byte> text)
    {
        while (_extraCount + text.Length > _extra.Length)
        {
            Array.Resize(ref _extra, Math.Max(256, _extra.Length * 2));
        }

        text.CopyTo(_extra.AsSpan(_extraCount));
        _extraCount += text.Length;
        return _extraCount - text.Length;
    }
}
