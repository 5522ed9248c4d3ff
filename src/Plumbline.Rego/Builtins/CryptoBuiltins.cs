using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins;

/// <summary>Digests and keyed digests, in lower-case hexadecimal.</summary>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "policies name them")]
[SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "policies name them")]
internal static class CryptoBuiltins
{
    public static readonly Builtin[] All =
    [
        Digest("crypto.md5", s => MD5.HashData(s.Span)),
        Digest("crypto.sha1", s => SHA1.HashData(s.Span)),
        Digest("crypto.sha256", s => SHA256.HashData(s.Span)),
        Keyed("crypto.hmac.md5", (text, key) => HMACMD5.HashData(key.Span, text.Span)),
        Keyed("crypto.hmac.sha1", (text, key) => HMACSHA1.HashData(key.Span, text.Span)),
        Keyed("crypto.hmac.sha256", (text, key) => HMACSHA256.HashData(key.Span, text.Span)),
        Keyed("crypto.hmac.sha512", (text, key) => HMACSHA512.HashData(key.Span, text.Span)),
        Builtin.Of<Utf8, Utf8>("crypto.hmac.equal", (a, b) => CryptographicOperations.FixedTimeEquals(a.Span, b.Span)),
    ];

    private static Builtin Digest(string name, Func<Utf8, byte[]> hash) =>
        Builtin.Of<Utf8>(
            name,
            (context, text) =>
            {
                context.Charge(text.Length);
                return Convert.ToHexStringLower(hash(text));
            }
        );

    private static Builtin Keyed(string name, Func<Utf8, Utf8, byte[]> hash) =>
        Builtin.Of<Utf8, Utf8>(
            name,
            (context, text, key) =>
            {
                context.Charge(text.Length + key.Length);
                return Convert.ToHexStringLower(hash(text, key));
            }
        );
}
