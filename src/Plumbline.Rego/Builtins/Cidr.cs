using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>A block of addresses: the first one, and how many leading bits all of them share.</summary>
/// <remarks>Addresses are numbers of <see cref="Bits"/> bits: 32 for IPv4, 128 for IPv6.</remarks>
internal readonly record struct Cidr(BigInteger First, int Prefix, int Bits)
{
    public BigInteger Last => First + (BigInteger.One << (Bits - Prefix)) - 1;

    /// <summary>Reads <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>; bits behind the prefix are dropped.</summary>
    public static Cidr? Parse(Utf8 text)
    {
        var parts = text.ToString().Split('/');
        return
            parts.Length == 2
            && ParseAddress(parts[0]) is { } address
            && parts[1].Length is > 0 and <= 3
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
            && prefix <= address.Bits
            ? Block(address.First, prefix, address.Bits)
            : null;
    }

    /// <summary>A single address as a block of one.</summary>
    public static Cidr? ParseAddress(string text)
    {
        // Go takes dotted addresses of four plain numbers alone; .NET would also read `1.2` and `0x7f.1`.
        var isDotted =
            text.Split('.') is { Length: 4 } numbers
            && numbers.All(n => n.Length is > 0 and <= 3 && n.All(char.IsAsciiDigit) && (n.Length == 1 || n[0] != '0'));
        if (
            text.Contains('%', StringComparison.Ordinal)
            || text.Contains('[', StringComparison.Ordinal)
            || !(isDotted || text.Contains(':', StringComparison.Ordinal))
            || !IPAddress.TryParse(text, out var address)
        )
        {
            return null;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        return new Cidr(new BigInteger(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true), bits, bits);
    }

    /// <summary>The block of that prefix in which the address lies.</summary>
    public static Cidr Block(BigInteger address, int prefix, int bits) =>
        new(address >> (bits - prefix) << (bits - prefix), prefix, bits);

    public bool Contains(Cidr other) => Bits == other.Bits && First <= other.First && other.Last <= Last;

    public bool Overlaps(Cidr other) => Bits == other.Bits && First <= other.Last && other.First <= Last;

    /// <summary>The smallest blocks that hold the addresses from first to last and no others.</summary>
    public static IEnumerable<Cidr> Cover(BigInteger first, BigInteger last, int bits)
    {
        while (first <= last)
        {
            var size = 0;
            while (
                size < bits
                && (first & (BigInteger.One << size)).IsZero
                && first + (BigInteger.One << (size + 1)) - 1 <= last
            )
            {
                size++;
            }

            yield return new Cidr(first, bits - size, bits);
            first += BigInteger.One << size;
        }
    }

    public static string Address(BigInteger address, int bits)
    {
        var bytes = new byte[bits / 8];
        var written = address.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, bytes.Length - written.Length);
        return new IPAddress(bytes).ToString();
    }

    public override string ToString() => $"{Address(First, Bits)}/{Prefix}";
}
