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
        var members = Jcs.MembersOf(value);
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
    }

    /// <summary>Most objects come sorted, and a look is cheaper than a sort.</summary>
    private static void Sort((Utf8 Name, int Index)[] members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            if (Jcs.CompareUtf16(members[i - 1].Name.Span, members[i].Name.Span) > 0)
            {
                Array.Sort(members, static (a, b) => Jcs.CompareUtf16(a.Name.Span, b.Name.Span));
                return;
            }
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
