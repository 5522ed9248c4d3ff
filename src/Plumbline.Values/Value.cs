using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Plumbline.Values;

/// <summary>What a value is; the order of the members is Rego's order of values of different kinds.</summary>
public enum ValueKind : byte
{
    Undefined,
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
    Set,

    /// <summary>A value that was not told (<see cref="Values.Unknown"/>).</summary>
    Unknown,
}

/// <summary>A JSON or Rego value in sixteen bytes: a reference and a word.</summary>
/// <remarks>
/// <code>
/// reference        word                             is
/// null             0                                undefined
/// Tag              small integer, boolean           null, boolean, integer of 64 bits
/// byte[]           offset (32) | length (32)        string, a slice of somebody's UTF-8
/// Document         kind (4) | open (1) | node (31)  array or object of a document
/// Number, boxed    0                                any other number
/// Collection       0                                array, object, set made while evaluating
/// Unknown          0                                unknown
/// </code>
/// Values never change. Equality is Rego's: by content, 1 equals 1.0, two unknowns are equal only by id.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Value : IEquatable<Value>, IComparable<Value>
{
    private readonly object? _reference;
    private readonly long _word;

    private sealed class Tag(ValueKind kind)
    {
        public readonly ValueKind Kind = kind;
    }

    private static readonly Tag NullTag = new(ValueKind.Null);
    private static readonly Tag BooleanTag = new(ValueKind.Boolean);
    private static readonly Tag IntegerTag = new(ValueKind.Number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Value(object? reference, long word)
    {
        _reference = reference;
        _word = word;
    }

    public static Value Undefined => default;
    public static Value Null => new(NullTag, 0);
    public static Value True => new(BooleanTag, 1);
    public static Value False => new(BooleanTag, 0);
    public static Value EmptyArray { get; } = Of(new ArrayValue([], 0, null));
    public static Value EmptyObject { get; } = Of(new ObjectBuilder().Build());
    public static Value EmptySet { get; } = Of(new SetBuilder().Build());

    public static Value Of(bool value) => new(BooleanTag, value ? 1 : 0);

    public static Value Of(long value) => new(IntegerTag, value);

    public static Value Of(Number value) => value.TryGetInt64(out var small) ? Of(small) : new(value, 0);

    public static Value Of(string value) => Of(new Utf8(value));

    public static Value Of(Utf8 value) => new(value.Buffer, ((long)value.Offset << 32) | (uint)value.Length);

    public static Value Of(Unknown value) => new(value, 0);

    public static Value Of(Collection value) => new(value, 0);

    public static Value ArrayOf(params ReadOnlySpan<Value> items) =>
        Of(new ArrayValue(items.ToArray(), items.Length, null));

    /// <summary>A number that is known to be no integer of 64 bits.</summary>
    internal static Value OfDecimal(Number value) => new(value, 0);

    internal static Value OfNode(Document document, ValueKind kind, bool open, int node) =>
        new(document, ((long)kind << 60) | (open ? 1L << 59 : 0) | (uint)node);

    public static implicit operator Value(bool value) => Of(value);

    public static implicit operator Value(long value) => Of(value);

    public static implicit operator Value(string value) => Of(value);

    public static implicit operator Value(Utf8 value) => Of(value);

    public static implicit operator Value(Number value) => Of(value);

    public ValueKind Kind =>
        _reference switch
        {
            null => ValueKind.Undefined,
            byte[] => ValueKind.String,
            Tag tag => tag.Kind,
            Document => (ValueKind)((_word >>> 60) & 0xF),
            Collection collection => collection.Kind,
            Number => ValueKind.Number,
            _ => ValueKind.Unknown,
        };

    public bool IsDefined => _reference is not null;
    public bool IsUndefined => _reference is null;
    public bool IsNull => ReferenceEquals(_reference, NullTag);
    public bool IsString => _reference is byte[];
    public bool IsNumber => ReferenceEquals(_reference, IntegerTag) || _reference is Number;
    public bool IsBoolean => ReferenceEquals(_reference, BooleanTag);
    public bool IsTrue => ReferenceEquals(_reference, BooleanTag) && _word != 0;
    public bool IsFalse => ReferenceEquals(_reference, BooleanTag) && _word == 0;
    public bool IsUnknown => _reference is Unknown;
    public bool IsArray => Kind == ValueKind.Array;
    public bool IsObject => Kind == ValueKind.Object;
    public bool IsSet => Kind == ValueKind.Set;
    public bool IsCollection => _reference is Document or Collection;

    /// <summary>The text of a string; empty for anything else.</summary>
    public Utf8 Utf8 => _reference is byte[] bytes ? new Utf8(bytes, (int)(_word >>> 32), (int)_word) : default;

    /// <summary>The unknown itself; null for a known value.</summary>
    public Unknown? AsUnknown => _reference as Unknown;

    /// <summary>The number; only for values of kind <see cref="ValueKind.Number"/>.</summary>
    public Number AsNumber => _reference is Number number ? number : Number.FromInt64(_word);

    /// <summary>True where this is an integer of 64 bits, which needs no allocation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetInt64(out long value)
    {
        value = _word;
        return ReferenceEquals(_reference, IntegerTag);
    }

    /// <summary>A collection of which not all members were told; null where it is closed.</summary>
    public OpenMark? Open =>
        _reference switch
        {
            Document document when IsOpen => document.OpenAt(NodeIndex),
            Collection collection => collection.Open,
            _ => null,
        };

    public bool IsOpen =>
        _reference switch
        {
            Document => (_word & (1L << 59)) != 0,
            Collection collection => collection.Open is not null,
            _ => false,
        };

    /// <summary>True where an unknown or an open collection is this value or lies inside it.</summary>
    public bool HasUnknowns =>
        _reference switch
        {
            Unknown => true,
            Collection collection => collection.HasUnknowns,
            Document document => document.IsUntold(NodeIndex),
            _ => false,
        };

    /// <summary>Members that are shown; 0 for a scalar.</summary>
    public int Count =>
        _reference switch
        {
            Document document => document.CountAt(NodeIndex),
            Collection collection => collection.Count,
            _ => 0,
        };

    /// <summary>The document that this array or object is part of; null for anything else.</summary>
    public Document? Owner => _reference as Document;

    internal int NodeIndex => (int)_word;

    /// <summary>Member <paramref name="index"/>, from 0: of an array or set itself, of an object its value.</summary>
    public Value this[int index] =>
        _reference switch
        {
            Document document => document.ValueAt(NodeIndex, index),
            Collection collection => collection.ValueAt(index),
            _ => throw new InvalidOperationException("a scalar has no members"),
        };

    /// <summary>What member <paramref name="index"/> is reached by: an array's index, an object's key, a set's member.</summary>
    public Value KeyAt(int index) =>
        _reference switch
        {
            Document document => document.KeyAt(NodeIndex, index),
            Collection collection => collection.KeyAt(index),
            _ => throw new InvalidOperationException("a scalar has no members"),
        };

    /// <summary>The member under <paramref name="key"/>: an array's at that index, an object's value, a set's own member; else undefined.</summary>
    public Value this[Value key] =>
        _reference switch
        {
            Document document => document.Find(NodeIndex, key),
            Collection collection => collection.Find(key),
            _ => default,
        };

    /// <inheritdoc cref="this[Value]"/>
    public Value this[string key] => this[Of(key)];

    public bool Equals(Value other) => Comparing.AreEqual(this, other);

    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <summary>Rego's total order: null, booleans, numbers, strings, arrays, objects, sets; unknowns last, by id.</summary>
    public int CompareTo(Value other) => Comparing.Compare(this, other);

    public override int GetHashCode() => Comparing.Hash(this);

    /// <summary>As Rego writes it: <c>{"a": [1, true]}</c>, sets <c>{1, 2}</c>, members of sets and objects in order.</summary>
    public override string ToString() => TermWriter.Write(this);

    /// <summary>Same reference and word: equal without looking inside. The reverse does not hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Same(Value other) => ReferenceEquals(_reference, other._reference) && _word == other._word;

    internal static bool BothIntegers(Value left, Value right) =>
        ReferenceEquals(left._reference, IntegerTag) && ReferenceEquals(right._reference, IntegerTag);

    internal long Word => _word;

    public static bool operator ==(Value left, Value right) => left.Equals(right);

    public static bool operator !=(Value left, Value right) => !left.Equals(right);
}
