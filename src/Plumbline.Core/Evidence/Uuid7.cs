using System.Buffers.Binary;

namespace Plumbline.Core.Evidence;

/// <summary>UUIDv7 (RFC 9562, section 5.7), milliseconds since 1970 in 48 bits, and chance; ids of entries, logs and bundles.</summary>
public static class Uuid7
{
    /// <param name="random">Fills with chance; a parameter, so that evidence can be made again to the byte.</param>
    public static Guid New(DateTimeOffset now, Action<Span<byte>> random)
    {
        Span<byte> id = stackalloc byte[16];
        random(id);
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, now.ToUnixTimeMilliseconds());
        time[2..].CopyTo(id);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }
}
