using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Storage.Blobs;

/// <summary>The key of one scope, a class of payloads in one year, as it lies in the table: wrapped.</summary>
/// <param name="Ref">Its name in blob references, e.g. <c>k-2026-inventory-Zk3x0QeT</c>; the end is random, so that two writers never give one name.</param>
/// <param name="Created">Whole microseconds since 1970.</param>
/// <param name="Wrapped">The 32 key bytes under the key-encryption key, with <paramref name="Ref"/> as associated data.</param>
internal sealed record DataKey(string Ref, string Class, int Year, long Created, byte[] Wrapped)
{
    private const int SuffixBytes = 6;

    /// <summary>Makes a key, and its wrapped form to be stored.</summary>
    public static (DataKey Stored, byte[] Key) Create(
        string @class,
        int year,
        long created,
        ReadOnlySpan<byte> kek,
        Action<Span<byte>> random
    )
    {
        Span<byte> suffix = stackalloc byte[SuffixBytes];
        random(suffix);
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"k-{year:D4}-{@class}-{Base64Url.EncodeToString(suffix)}"
        );
        var key = new byte[BlobCipher.KeySize];
        random(key);
        var wrapped = BlobCipher.Encrypt(key, kek, Encoding.UTF8.GetBytes(name), random);
        return (new(name, @class, year, created, wrapped), key);
    }

    /// <exception cref="CryptographicException">It was not wrapped under this key, or not under this name.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> kek) => BlobCipher.Decrypt(Wrapped, kek, Encoding.UTF8.GetBytes(Ref));

    /// <summary>Finds a plaintext of this scope again: a MAC, so that equality shows to nobody without the key.</summary>
    /// <param name="salt">The caller's own salt, or nothing: other salts make other blobs.</param>
    public static byte[] Tag(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> macKey = stackalloc byte[SHA256.HashSizeInBytes];
        HKDF.Expand(HashAlgorithmName.SHA256, key, macKey, "plumbline.dev/blob-index/1"u8);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, macKey);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(plaintext, digest);
        mac.AppendData(digest);
        mac.AppendData(salt);
        return mac.GetHashAndReset();
    }

    /// <summary>Classes go into names of keys and are typed by people.</summary>
    public static bool IsClass(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
