using System.IO.Compression;
using System.Security.Cryptography;

namespace Plumbline.Storage.Blobs;

/// <summary>The stored form of a payload, <c>a256gcm/1</c> over <c>gzip</c>.</summary>
/// <remarks>
/// <code>
/// stored = nonce 12 │ AES-256-GCM( salt 32 │ gzip(plaintext) ) │ tag 16        no associated data
/// ct     = SHA-256(stored)
/// pt     = SHA-256(0x02 │ salt │ plaintext)
/// </code>
/// AES-GCM does not commit to its key: two keys can be made to open one ciphertext to two texts. <c>pt</c> is what commits to the text
/// (RELIABILITY 2.3), so it is checked whenever the text is read. Nonces are random; a data key lives a year and seals far
/// fewer than the 2³² messages that NIST SP 800-38D, section 8.3, allows for them.
/// </remarks>
internal static class BlobCipher
{
    public const int KeySize = 32;
    public const int SaltSize = 32;
    public const int NonceSize = 12;
    public const int TagSize = 16;

    private const byte CommitmentPrefix = 0x02;

    /// <summary>Compresses and encrypts.</summary>
    public static byte[] Seal(
        ReadOnlySpan<byte> plaintext,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> key,
        Action<Span<byte>> random
    )
    {
        using var packed = new MemoryStream(SaltSize + plaintext.Length / 4);
        packed.Write(salt);
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(plaintext);
        }
        return Encrypt(packed.GetBuffer().AsSpan(0, (int)packed.Length), key, associated: default, random);
    }

    /// <summary>Decrypts and decompresses.</summary>
    /// <exception cref="CryptographicException">It was not this key, or not these bytes.</exception>
    /// <exception cref="InvalidDataException">The decrypted bytes are no gzip member.</exception>
    public static (byte[] Salt, byte[] Plaintext) Open(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> key)
    {
        var packed = Decrypt(stored, key, associated: default);
        if (packed.Length < SaltSize)
        {
            throw new InvalidDataException($"expected a salt of {SaltSize} bytes, got {packed.Length} bytes in all");
        }
        using var gzip = new GZipStream(
            new MemoryStream(packed, SaltSize, packed.Length - SaltSize),
            CompressionMode.Decompress
        );
        using var plaintext = new MemoryStream();
        gzip.CopyTo(plaintext);
        return (packed[..SaltSize], plaintext.ToArray());
    }

    /// <summary><c>pt</c>.</summary>
    public static byte[] Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> plaintext)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([CommitmentPrefix]);
        hash.AppendData(salt);
        hash.AppendData(plaintext);
        return hash.GetHashAndReset();
    }

    /// <summary>nonce ‖ ciphertext ‖ tag, under a fresh random nonce.</summary>
    public static byte[] Encrypt(
        ReadOnlySpan<byte> text,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> associated,
        Action<Span<byte>> random
    )
    {
        var stored = new byte[NonceSize + text.Length + TagSize];
        var nonce = stored.AsSpan(0, NonceSize);
        random(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(
            nonce,
            text,
            stored.AsSpan(NonceSize, text.Length),
            stored.AsSpan(NonceSize + text.Length),
            associated
        );
        return stored;
    }

    /// <exception cref="CryptographicException">It was not this key, or not these bytes.</exception>
    public static byte[] Decrypt(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> key, ReadOnlySpan<byte> associated)
    {
        if (stored.Length < NonceSize + TagSize)
        {
            throw new CryptographicException(
                $"expected at least {NonceSize + TagSize} bytes of nonce and tag, got {stored.Length}"
            );
        }
        var text = new byte[stored.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(stored[..NonceSize], stored[NonceSize..^TagSize], stored[^TagSize..], text, associated);
        return text;
    }
}
