using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>What the bytes of an entry may be (RELIABILITY §2.2): canonical JSON, narrowed until nothing in it is hard to read.</summary>
/// <remarks>
/// <code>
/// bytes      JCS (RFC 8785) of an object, UTF-8, 65,535 at most
/// numbers    whole, |n| ≤ 2^53 - 1; no fraction, no exponent
/// texts      no NUL, no lone surrogate
/// depth      16 at most
/// </code>
/// Demanded before an entry is hashed. What is in the log is only ever compared with its hash, and never written anew.
/// </remarks>
public static class LeafProfile
{
    public const int MaxDepth = 16;

    private const long MaxInteger = (1L << 53) - 1;

    /// <exception cref="FormatException">The bytes are outside the profile; says what was expected.</exception>
    public static void Require(ReadOnlySpan<byte> leaf)
    {
        if (leaf.Length > LedgerEntry.MaxBytes)
        {
            throw new FormatException($"expected a leaf of at most {LedgerEntry.MaxBytes} bytes, got {leaf.Length}");
        }

        var value = StoredObject.Parse(leaf, "leaf").Value;
        Require(value, 1);
        if (!Jcs.ToBytes(value).AsSpan().SequenceEqual(leaf))
        {
            throw new FormatException("expected a leaf in canonical JSON (RFC 8785), got other JSON");
        }
    }

    private static void Require(Value value, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException($"expected a leaf of depth {MaxDepth} at most, got more");
        }

        if (value.IsNumber && !(value.TryGetInt64(out var number) && number is >= -MaxInteger and <= MaxInteger))
        {
            throw new FormatException($"expected whole numbers up to 2^53 - 1 in a leaf, got `{value}`");
        }

        if (value.IsString && value.Utf8.ToString().Contains('\0', StringComparison.Ordinal))
        {
            throw new FormatException("expected texts without NUL in a leaf, got one with it");
        }

        for (var i = 0; (value.IsArray || value.IsObject) && i < value.Count; i++)
        {
            if (value.IsObject)
            {
                Require(value.KeyAt(i), depth);
            }

            Require(value[i], depth + 1);
        }
    }
}
