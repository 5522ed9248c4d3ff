using System.Buffers.Binary;

namespace Plumbline.Ledger.Ssh;

/// <summary>Reads the types that SSH puts on the wire (RFC 4251, section 5): lengths and numbers in big-endian.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <exception cref="LedgerException">There are fewer bytes.</exception>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw LedgerException.Malformed($"expected {count:N0} more bytes, got {_rest.Length:N0}");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public byte Byte() => Bytes(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(sizeof(uint)));

    /// <summary><c>string</c>: a length and as many bytes.</summary>
    public ReadOnlySpan<byte> String() => Bytes((int)Math.Min(UInt32(), int.MaxValue));

    /// <summary>A <c>string</c> that is a name.</summary>
    public string Name()
    {
        var name = String();
        return System.Text.Ascii.IsValid(name)
            ? System.Text.Encoding.ASCII.GetString(name)
            : throw LedgerException.Malformed("expected a name in ASCII, got other bytes");
    }

    /// <summary><c>mpint</c> that is positive, without its leading zero.</summary>
    public ReadOnlySpan<byte> Positive()
    {
        var number = String();
        if (number.IsEmpty || number[0] >= 0x80)
        {
            throw LedgerException.Malformed("expected a positive number, got zero or less");
        }

        return number[0] == 0 ? number[1..] : number;
    }

    /// <exception cref="LedgerException">Bytes are left over.</exception>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw LedgerException.Malformed($"expected the end, got {_rest.Length:N0} bytes more");
        }
    }
}
