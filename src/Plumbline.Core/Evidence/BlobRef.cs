namespace Plumbline.Core.Evidence;

/// <summary>How a leaf names a payload that lies outside the log: what is stored, and what it says.</summary>
/// <remarks>
/// The members are those of an element of a leaf's <c>blobs</c>. Stored bytes are
/// <code>
/// nonce 12 │ AES-256-GCM( salt 32 │ gzip(plaintext) ) │ tag 16
/// </code>
/// The two digests answer different questions. While the data key lives, both can be checked; once it is destroyed,
/// <see cref="Ct"/> still proves that the bytes are the sealed ones, and <see cref="Pt"/> can no longer be guessed,
/// because the salt went with the key.
/// </remarks>
public sealed record BlobRef
{
    /// <summary>The only encryption there is so far: the layout above.</summary>
    public const string Aes256Gcm = "a256gcm/1";

    /// <summary>The only compression there is so far: one gzip member (RFC 1952), which every public tool reads.</summary>
    public const string Gzip = "gzip";

    /// <summary>What the payload is to the leaf, e.g. <c>manifest</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Media type of the plaintext.</summary>
    public required string Media { get; init; }

    /// <summary><c>sha256:</c> and the hex digest of the stored bytes; the blob's name in the store.</summary>
    public required string Ct { get; init; }

    /// <summary><c>sha256:</c> and the hex form of SHA-256(0x02 ‖ salt ‖ plaintext).</summary>
    public required string Pt { get; init; }

    public string Enc { get; init; } = Aes256Gcm;

    /// <summary>Names the data key; destroying that key is how the payload is erased.</summary>
    public required string KeyRef { get; init; }

    public string Z { get; init; } = Gzip;

    /// <summary>Length of the stored bytes, which can be checked without the key.</summary>
    public required long Size { get; init; }
}

/// <summary>A payload as it was before it was encrypted: <see cref="BlobRef.Pt"/> is SHA-256(0x02 ‖ salt ‖ plaintext).</summary>
public sealed record OpenedBlob(ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Plaintext);
