namespace Plumbline.Values;

/// <summary>An array, object or set that was made while evaluating; collections of a document are nodes of it.</summary>
/// <remarks>Members keep the order in which they came, which is never the order of a hash.</remarks>
public abstract class Collection
{
    private protected Collection(int count, OpenMark? open)
    {
        Count = count;
        Open = open;
    }

    public abstract ValueKind Kind { get; }

    /// <summary>Set where there may be more members than these.</summary>
    public OpenMark? Open { get; }

    public bool HasUnknowns { get; private protected init; }

    public int Count { get; }

    internal abstract Value ValueAt(int index);

    internal abstract Value KeyAt(int index);

    internal abstract Value Find(Value key);

    /// <summary>The arrays behind a collection may be longer than it is.</summary>
    private protected int Within(int index) =>
        (uint)index < (uint)Count ? index : throw new ArgumentOutOfRangeException(nameof(index));
}

internal sealed class ArrayValue : Collection
{
    private readonly Value[] _items;

    /// <summary>The first <paramref name="count"/> of <paramref name="items"/>, which the array keeps.</summary>
    public ArrayValue(Value[] items, int count, OpenMark? open)
        : base(count, open)
    {
        _items = items;
        HasUnknowns = open is not null;
        for (var i = 0; i < count && !HasUnknowns; i++)
        {
            HasUnknowns = items[i].HasUnknowns;
        }
    }

    public override ValueKind Kind => ValueKind.Array;

    internal override Value ValueAt(int index) => _items[Within(index)];

    internal override Value KeyAt(int index) => Value.Of(Within(index));

    internal override Value Find(Value key) =>
        key.TryGetInt64(out var index) && index >= 0 && index < Count ? _items[index] : default;
}

internal sealed class ObjectValue : Collection
{
    private readonly Value[] _keys;
    private readonly Value[] _values;
    private readonly KeyIndex _index;

    internal ObjectValue(Value[] keys, Value[] values, KeyIndex index, OpenMark? open)
        : base(index.Count, open)
    {
        _keys = keys;
        _values = values;
        _index = index;
        HasUnknowns = open is not null;
        for (var i = 0; i < index.Count && !HasUnknowns; i++)
        {
            HasUnknowns = keys[i].HasUnknowns || values[i].HasUnknowns;
        }
    }

    public override ValueKind Kind => ValueKind.Object;

    internal override Value ValueAt(int index) => _values[Within(index)];

    internal override Value KeyAt(int index) => _keys[Within(index)];

    internal override Value Find(Value key)
    {
        var at = _index.Find(_keys, key);
        return at < 0 ? default : _values[at];
    }
}

internal sealed class SetValue : Collection
{
    private readonly Value[] _items;
    private readonly KeyIndex _index;

    internal SetValue(Value[] items, KeyIndex index, OpenMark? open)
        : base(index.Count, open)
    {
        _items = items;
        _index = index;
        HasUnknowns = open is not null;
        for (var i = 0; i < index.Count && !HasUnknowns; i++)
        {
            HasUnknowns = items[i].HasUnknowns;
        }
    }

    public override ValueKind Kind => ValueKind.Set;

    internal override Value ValueAt(int index) => _items[Within(index)];

    internal override Value KeyAt(int index) => _items[Within(index)];

    internal override Value Find(Value key)
    {
        var at = _index.Find(_items, key);
        return at < 0 ? default : _items[at];
    }
}

/// <summary>Finds the place of a key: by looking at each while there are few, by an open hash table from then on.</summary>
internal struct KeyIndex
{
    private const int Few = 8;

    private int[]? _slots;

    public int Count { get; private set; }

    public readonly int Find(Value[] keys, Value key)
    {
        if (_slots is null)
        {
            for (var i = 0; i < Count; i++)
            {
                if (keys[i].Equals(key))
                {
                    return i;
                }
            }

            return -1;
        }

        var mask = _slots.Length - 1;
        for (var slot = key.GetHashCode() & mask; ; slot = (slot + 1) & mask)
        {
            var at = _slots[slot] - 1;
            if (at < 0 || keys[at].Equals(key))
            {
                return at;
            }
        }
    }

    /// <summary>Takes in the key that was just put at <see cref="Count"/>.</summary>
    public void Add(Value[] keys)
    {
        Count++;
        if (Count <= Few)
        {
            return;
        }

        if (_slots is null || Count * 2 > _slots.Length)
        {
            _slots = new int[Math.Max(32, _slots?.Length * 2 ?? 0)];
            for (var i = 0; i < Count; i++)
            {
                Insert(keys, i);
            }
        }
        else
        {
            Insert(keys, Count - 1);
        }
    }

    private readonly void Insert(Value[] keys, int at)
    {
        var mask = _slots!.Length - 1;
        var slot = keys[at].GetHashCode() & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = at + 1;
    }
}

/// <summary>Collects the members of an array.</summary>
public sealed class ArrayBuilder
{
    private Value[] _items = [];

    public int Count { get; private set; }

    /// <summary>Set to make the array open.</summary>
    public OpenMark? Open { get; set; }

    public Value this[int index] => _items[index];

    public void Add(Value item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        }

        _items[Count++] = item;
    }

    /// <summary>The array; the builder must not be used again.</summary>
    public Value Build() =>
        Count == 0 && Open is null ? Value.EmptyArray : Value.Of(new ArrayValue(_items, Count, Open));
}

/// <summary>Collects the members of an object.</summary>
public sealed class ObjectBuilder
{
    private Value[] _keys = [];
    private Value[] _values = [];
    private KeyIndex _index;

    public int Count => _index.Count;

    /// <summary>Set to make the object open.</summary>
    public OpenMark? Open { get; set; }

    /// <summary>The value so far under <paramref name="key"/>, else undefined.</summary>
    public Value this[Value key]
    {
        get
        {
            var at = _index.Find(_keys, key);
            return at < 0 ? default : _values[at];
        }
        set
        {
            var at = _index.Find(_keys, key);
            if (at >= 0)
            {
                _values[at] = value;
                return;
            }

            if (Count == _keys.Length)
            {
                var size = Math.Max(4, Count * 2);
                Array.Resize(ref _keys, size);
                Array.Resize(ref _values, size);
            }

            _keys[Count] = key;
            _values[Count] = value;
            _index.Add(_keys);
        }
    }

    public Value KeyAt(int index) => _keys[index];

    /// <summary>Adds a member as long as its key is new or has an equal value.</summary>
    /// <returns>False where the key has another value already, which is then kept.</returns>
    public bool TryAdd(Value key, Value value)
    {
        var found = this[key];
        if (found.IsDefined)
        {
            return found.Equals(value);
        }

        this[key] = value;
        return true;
    }

    /// <summary>The object; the builder must not be used again.</summary>
    public Collection Build() => new ObjectValue(_keys, _values, _index, Open);

    /// <inheritdoc cref="Build"/>
    public Value ToValue() => Count == 0 && Open is null ? Value.EmptyObject : Value.Of(Build());
}

/// <summary>Collects the members of a set.</summary>
public sealed class SetBuilder
{
    private Value[] _items = [];
    private KeyIndex _index;

    public int Count => _index.Count;

    /// <summary>Set to make the set open.</summary>
    public OpenMark? Open { get; set; }

    public Value this[int index] => _items[index];

    public bool Contains(Value item) => _index.Find(_items, item) >= 0;

    /// <returns>False where it was a member already.</returns>
    public bool Add(Value item)
    {
        if (Contains(item))
        {
            return false;
        }

        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        }

        _items[Count] = item;
        _index.Add(_items);
        return true;
    }

    /// <summary>The set; the builder must not be used again.</summary>
    public Collection Build() => new SetValue(_items, _index, Open);

    /// <inheritdoc cref="Build"/>
    public Value ToValue() => Count == 0 && Open is null ? Value.EmptySet : Value.Of(Build());
}
