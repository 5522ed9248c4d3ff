using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Plumbline.Ledger.Trees;

/// <summary>A tree hash of RFC 6962, section 2.1: leaves and inner nodes differ in their first byte.</summary>
/// <remarks>
/// <code>
/// empty tree   SHA-256("")
/// leaf         SHA-256(00 ‖ entry)
/// inner node   SHA-256(01 ‖ left ‖ right)
/// </code>
/// A value of exactly 32 bytes: a hash of another length is refused where its bytes are read, never later.
/// </remarks>
public readonly struct TreeHash : IEquatable<TreeHash>
{
    public const int Size = SHA256.HashSizeInBytes;

    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;

    /// <summary>Up to here an entry is hashed from the stack; above, the copy would cost more than the hash object.</summary>
    private const int MaxStackEntry = 2048;

    private readonly Vector256<byte> bytes;

    private TreeHash(ReadOnlySpan<byte> hash) => bytes = Vector256.Create(hash);

    /// <summary>The root of the tree without leaves.</summary>
    public static TreeHash Empty { get; } = new(SHA256.HashData(ReadOnlySpan<byte>.Empty));

    /// <summary>Hashes an entry of any length.</summary>
    public static TreeHash OfLeaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> hash = stackalloc byte[Size];
        if (entry.Length <= MaxStackEntry)
        {
            Span<byte> input = stackalloc byte[1 + MaxStackEntry];
            input[0] = LeafPrefix;
            entry.CopyTo(input[1..]);
            SHA256.HashData(input[..(1 + entry.Length)], hash);
        }
        else
        {
            using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            sha256.AppendData([LeafPrefix]);
            sha256.AppendData(entry);
            sha256.GetHashAndReset(hash);
        }

        return new TreeHash(hash);
    }

    /// <summary>Hashes an inner node from its two children.</summary>
    public static TreeHash OfNode(in TreeHash left, in TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Size];
        input[0] = NodePrefix;
        left.bytes.CopyTo(input[1..]);
        right.bytes.CopyTo(input[(1 + Size)..]);
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(input, hash);
        return new TreeHash(hash);
    }

    /// <summary>Takes 32 stored bytes for a hash; bytes of any other length are none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TreeHash hash)
    {
        hash = bytes.Length == Size ? new TreeHash(bytes) : default;
        return bytes.Length == Size;
    }

    /// <inheritdoc cref="TryRead"/>
    /// <exception cref="LedgerException">The length is not 32.</exception>
    public static TreeHash Read(ReadOnlySpan<byte> bytes) =>
        TryRead(bytes, out var hash)
            ? hash
            : throw LedgerException.Malformed($"expected a hash of {Size} bytes, got {bytes.Length}");

    /// <summary>Reads the base64 form, of which every hash has exactly one.</summary>
    internal static bool TryReadBase64(ReadOnlySpan<byte> text, out TreeHash hash)
    {
        hash = default;
        return StrictText.TryBase64(text, out var bytes) && TryRead(bytes, out hash);
    }

    /// <summary>Writes the 32 bytes to the head of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => bytes.CopyTo(destination);

    public byte[] ToArray()
    {
        var copy = new byte[Size];
        bytes.CopyTo(copy);
        return copy;
    }

    public string ToBase64()
    {
        Span<byte> copy = stackalloc byte[Size];
        bytes.CopyTo(copy);
        return Convert.ToBase64String(copy);
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> copy = stackalloc byte[Size];
        bytes.CopyTo(copy);
        return Convert.ToHexStringLower(copy);
    }

    public bool Equals(TreeHash other) => bytes == other.bytes;

    public override bool Equals(object? obj) => obj is TreeHash other && Equals(other);

    public override int GetHashCode() => bytes.AsInt32().GetElement(0);

    public static bool operator ==(TreeHash left, TreeHash right) => left.Equals(right);

    public static bool operator !=(TreeHash left, TreeHash right) => !left.Equals(right);
}
