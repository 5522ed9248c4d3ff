using System.Buffers.Binary;
using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>The "UUID" functions of the Rego reference.</summary>
internal static class UuidBuiltins
{
    public static readonly Builtin[] All =
    [
        Builtin.Of<Utf8>("uuid.rfc4122", New).Nondeterministic(),
        Builtin.Of<Value>("uuid.parse", v => v.IsString ? Parse(v.Utf8.ToString()) : Answer.Undefined),
    ];

    /// <summary>100-nanosecond steps between 15 October 1582, where UUIDs begin to count, and 1970 (RFC 9562, section 5.1).</summary>
    private const long GregorianToUnix = 0x01B21DD213814000;

    /// <summary>Version 4, the same for the same key within a query.</summary>
    private static Answer New(IBuiltinContext context, Utf8 key)
    {
        var bytes = Chance.Bytes(context, "uuid.rfc4122", key).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }

    /// <summary>What a UUID says of itself; undefined where the text is none.</summary>
    private static Answer Parse(string text)
    {
        if (!TryRead(text, out var bytes))
        {
            return Answer.Undefined;
        }

        var version = bytes[6] >> 4;
        var parsed = new ObjectBuilder { ["version"] = version, ["variant"] = Variant(bytes[8]) };
        if (version is 1 or 2)
        {
            AddTimeAndNode(parsed, bytes, version);
        }

        return parsed.ToValue();
    }

    /// <summary>Plain, with <c>urn:uuid:</c>, in braces of any kind, or without hyphens.</summary>
    private static bool TryRead(string text, out byte[] bytes)
    {
        bytes = new byte[16];
        text = text.Length switch
        {
            45 when text.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) => text[9..],
            38 => text[1..^1],
            _ => text,
        };
        if (!Guid.TryParseExact(text, text.Length == 32 ? "N" : "D", out var guid))
        {
            return false;
        }

        return guid.TryWriteBytes(bytes, bigEndian: true, out _);
    }

    /// <summary>RFC 9562, section 4.1.</summary>
    private static string Variant(byte field) =>
        (field >> 5) switch
        {
            < 4 => "Reserved",
            4 or 5 => "RFC4122",
            6 => "Microsoft",
            _ => "Future",
        };

    private static void AddTimeAndNode(ObjectBuilder parsed, byte[] bytes, int version)
    {
        var low = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var middle = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(4));
        var high = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(6)) & 0x0FFF;
        parsed["time"] = (((long)high << 48 | (long)middle << 32 | low) - GregorianToUnix) * 100;
        parsed["nodeid"] = string.Join('-', bytes[10..].Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
        parsed["macvariables"] =
            $"{((bytes[10] & 2) == 0 ? "global" : "local")}:{((bytes[10] & 1) == 0 ? "unicast" : "multicast")}";
        parsed["clocksequence"] = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(8)) & 0x3FFF;
        if (version == 2)
        {
            parsed["id"] = (long)low;
            parsed["domain"] = bytes[9] switch
            {
                0 => "Person",
                1 => "Group",
                2 => "Org",
                var other => $"Domain{other}",
            };
        }
    }
}
