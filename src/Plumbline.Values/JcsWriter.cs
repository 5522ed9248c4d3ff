using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plumbline.Values;

/// <summary>Writes <see cref="Jcs"/> into one growing array.</summary>
internal sealed class JcsWriter
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(i => (byte)i),
        (byte)'"',
        (byte)'\\',
    ]);

    private byte[] _text = new byte[256];
    private int _length;
    private (Utf8 Name, int Index)[] _members = new (Utf8, int)[32];
    private int _memberCount;

    public ReadOnlySpan<byte> Written => _text.AsSpan(0, _length);

    public bool UsedDecimal { get; private set; }

    public void Write(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                Put(value.IsTrue ? "true"u8 : "false"u8);
                break;
            case ValueKind.Number:
                WriteNumber(value);
                break;
            case ValueKind.String:
                WriteString(value.Utf8.Span);
                break;
            case ValueKind.Array:
            case ValueKind.Set:
                WriteItems(value);
                break;
            case ValueKind.Object:
                WriteMembers(value);
                break;
            default:
                Put("null"u8);
                break;
        }
    }

    /// <summary>Every integer up to 2^53 is a double's, and so are some beyond; of other numbers the text decides.</summary>
    private void WriteNumber(Value value)
    {
        const long exact = 1L << 53;
        if (value.TryGetInt64(out var small) && small is >= -exact and <= exact)
        {
            _ = small.TryFormat(Room(20), out var written, default, CultureInfo.InvariantCulture);
            _length += written;
            return;
        }

        var number = value.AsNumber;
        if (number.TryGetShortText(out var text))
        {
            PutAscii(text);
            return;
        }

        var nearest = number.MayBeDouble ? number.ToDouble() : double.NaN;
        if (double.IsFinite(nearest) && Number.FromDouble(nearest) == number)
        {
            PutAscii(Jcs.NumberText(nearest));
            return;
        }

        UsedDecimal = true;
        PutAscii(number.ToString());
    }

    private void WriteItems(Value value)
    {
        Put((byte)'[');
        var order = value.IsSet ? Comparing.Order(value) : null;
        for (var i = 0; i < value.Count; i++)
        {
            if (i > 0)
            {
                Put((byte)',');
            }

            Write(value[order?[i] ?? i]);
        }

        Put((byte)']');
    }

    private void WriteMembers(Value value)
    {
        var first = _memberCount;
        var members = MembersOf(value);
        Sort(members);
        Put((byte)'{');
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                Put((byte)',');
            }

            WriteString(members[i].Name.Span);
            Put((byte)':');
            Write(value[members[i].Index]);
        }

        Put((byte)'}');
        _memberCount = first;
    }

    /// <summary>The members on top of a stack that all objects around them share.</summary>
    /// <remarks>An object inside may move the stack; what it left behind stays as it was.</remarks>
    private Span<(Utf8 Name, int Index)> MembersOf(Value value)
    {
        var first = _memberCount;
        _memberCount += value.Count;
        if (_memberCount > _members.Length)
        {
            Array.Resize(ref _members, Math.Max(_memberCount, 2 * _members.Length));
        }

        var members = _members.AsSpan(first, value.Count);
        return Jcs.TryMembersOf(value, members) ? members : Jcs.MembersByText(value);
    }

    /// <summary>Most objects have few members, and many come sorted.</summary>
    private static void Sort(Span<(Utf8 Name, int Index)> members)
    {
        const int few = 24;
        if (members.Length > few)
        {
            members.Sort(static (a, b) => Jcs.CompareUtf16(a.Name.Span, b.Name.Span));
            return;
        }

        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var to = i;
            for (; to > 0 && Jcs.CompareUtf16(members[to - 1].Name.Span, member.Name.Span) > 0; to--)
            {
                members[to] = members[to - 1];
            }

            members[to] = member;
        }
    }

    private void WriteString(ReadOnlySpan<byte> text)
    {
        Put((byte)'"');
        for (
            var plain = text.IndexOfAny(Escaped);
            plain >= 0;
            text = text[(plain + 1)..], plain = text.IndexOfAny(Escaped)
        )
        {
            Put(text[..plain]);
            WriteEscape(text[plain]);
        }

        Put(text);
        Put((byte)'"');
    }

    private void WriteEscape(byte c)
    {
        switch (c)
        {
            case (byte)'"':
                Put("\\\""u8);
                break;
            case (byte)'\\':
                Put("\\\\"u8);
                break;
            case 0x08:
                Put("\\b"u8);
                break;
            case 0x09:
                Put("\\t"u8);
                break;
            case 0x0A:
                Put("\\n"u8);
                break;
            case 0x0C:
                Put("\\f"u8);
                break;
            case 0x0D:
                Put("\\r"u8);
                break;
            default:
                PutAscii($"\\u{(int)c:x4}");
                break;
        }
    }

    private void Put(byte c)
    {
        Room(1)[0] = c;
        _length++;
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        _length += text.Length;
    }

    private void PutAscii(string text) => _length += Encoding.ASCII.GetBytes(text, Room(text.Length));

    private Span<byte> Room(int length)
    {
        if (length > _text.Length - _length)
        {
            Array.Resize(ref _text, Math.Max(_length + length, 2 * _text.Length));
        }

        return _text.AsSpan(_length);
    }
}
