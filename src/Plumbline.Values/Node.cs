using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.Values;

/// <summary>One value of a document in sixteen bytes.</summary>
/// <remarks>
/// <code>
///            Head, from the low bits                          Body
/// node       kind (8) | untold (8) | detail (16) | size (32)
/// null                                                        –
/// boolean                                                     0 or 1
/// integer    kind Number, size 0                              its value
/// decimal    kind Number, size 1      exponent                its mantissa
/// number     kind Number, size 2                              index into the document's numbers
/// string                  fingerprint   bytes                 offset | 1 in the highest bit where in the extra text
/// array                                 members               index of the first member (32) | open mark + 1 (32)
/// object                                members               the same; members are key, value, key, value
/// unknown                                                     index into the document's unknowns
/// </code>
/// <c>untold</c> is 1 where an unknown or an open collection is this value or lies inside it. Two strings that are equal
/// have equal heads, so a search compares one word for each key and looks at text once. Just before the members of an
/// object with <see cref="Large"/> or more lies its <see cref="KeyTable"/>.
/// </remarks>
internal struct Node
{
    /// <summary>From this many members on an object gets a hash table.</summary>
    public const int Large = 16;

    public ulong Head;
    public long Body;

    private const ulong UntoldBit = 1 << 8;
    private const long ExtraBit = long.MinValue;

    private Node(ulong head, long body)
    {
        Head = head;
        Body = body;
    }

    private Node(ValueKind kind, long body, int size = 0, ushort detail = 0, bool untold = false)
        : this((ulong)kind | (untold ? UntoldBit : 0) | ((ulong)detail << 16) | ((ulong)(uint)size << 32), body) { }

    public static Node Null => new(ValueKind.Null, 0);

    public static Node Boolean(bool value) => new(ValueKind.Boolean, value ? 1 : 0);

    public static Node Integer(long value) => new(ValueKind.Number, value);

    public static Node Decimal(long mantissa, short exponent) =>
        new(ValueKind.Number, mantissa, 1, unchecked((ushort)exponent));

    public static Node Number(int index) => new(ValueKind.Number, index, 2);

    public static Node Unknown(int index) => new(ValueKind.Unknown, index, untold: true);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Node String(ReadOnlySpan<byte> text, int offset, bool inExtra) =>
        new(StringHead(text), (uint)offset | (inExtra ? ExtraBit : 0));

    /// <param name="open">Index of its open mark, or -1.</param>
    public static Node Collection(ValueKind kind, int count, int first, int open, bool untold) =>
        new(kind, ((long)(open + 1) << 32) | (uint)first, count, untold: untold || open >= 0);

    public readonly ValueKind Kind => (ValueKind)(byte)Head;

    public readonly bool IsUntold => (Head & UntoldBit) != 0;

    /// <summary>Bytes of a string, members of a collection.</summary>
    public readonly int Size => (int)(Head >> 32);

    public readonly bool IsInteger => (Head & ~UntoldBit) == (ulong)ValueKind.Number;

    public readonly bool IsDecimal => Kind == ValueKind.Number && Size == 1;

    public readonly short Exponent => unchecked((short)(Head >> 16));

    public readonly int First => (int)Body;

    public readonly int Offset => (int)Body;

    public readonly bool IsInExtra => Body < 0;

    /// <summary>Index of the open mark, or -1.</summary>
    public readonly int Open => (int)(Body >>> 32) - 1;

    /// <summary>The head that a string of this text has, and no other value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong StringHead(ReadOnlySpan<byte> text)
    {
        var last = text.Length - 1;
        var fingerprint = (uint)last < (uint)text.Length ? text[0] | ((uint)text[last] << 8) : 0;
        return (ulong)ValueKind.String | (fingerprint << 16) | ((ulong)(uint)text.Length << 32);
    }
}

/// <summary>Finds a key of a large object: an open hash table of key numbers, four slots in the room of a node.</summary>
/// <remarks>A slot holds the number of a key among the keys of its object, plus one; 0 is a free slot.</remarks>
internal static class KeyTable
{
    /// <summary>Nodes that the table of an object takes, at most half of its slots filled.</summary>
    public static int NodesFor(int members) =>
        members < Node.Large ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)members * 2) / 4;

    public static Span<int> Slots(Span<Node> nodes) => MemoryMarshal.Cast<Node, int>(nodes);

    public static ReadOnlySpan<int> Slots(ReadOnlySpan<Node> nodes) => MemoryMarshal.Cast<Node, int>(nodes);

    public static int SlotOf(ReadOnlySpan<byte> key, int slots) => Hashing.Of(key) & (slots - 1);
}
