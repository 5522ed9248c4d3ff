using System.Security.Cryptography;
using System.Text;
using Plumbline.Core.Checks;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Judging;

/// <summary>Names a part of a finding over time: <c>pf1:</c> and 26 characters (CONTRACTS §3).</summary>
/// <remarks>base32lower (RFC 4648, section 6, lower case) of SHA-256 over JCS of <c>[check uid, instance, resource key, part key]</c>.</remarks>
public static class Fingerprint
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Length = 26;

    public static string Of(CheckInstance instance, ResourceKey resource, string partKey)
    {
        var identity = Value.ArrayOf(instance.Check.Uid, instance.Name, resource.Text, partKey);
        return "pf1:" + Base32(SHA256.HashData(Jcs.ToBytes(identity)));
    }

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(Length);
        var bits = 0;
        var held = 0;
        foreach (var b in bytes)
        {
            bits = (bits << 8) | b;
            for (held += 8; held >= 5 && text.Length < Length; held -= 5)
            {
                text.Append(Alphabet[(bits >> (held - 5)) & 31]);
            }

            bits &= 0xFF;
        }

        return text.ToString();
    }
}
