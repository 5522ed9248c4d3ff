using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Plumbline.Values;

/// <summary>Hashes for tables in memory: fast on short texts, and not to be foreseen by whoever wrote the document.</summary>
/// <remarks>
/// Words are multiplied to 128 bits and the halves folded together, both factors mixed with secrets that are drawn for
/// each process. A fixed function would let a stranger choose keys that all collide, and the seeded
/// <see cref="HashCode"/> is a 32-bit one for which keys are known that collide under nearly every seed.
/// So nothing that is hashed to last, stored or shown may depend on these.
/// </remarks>
internal static class Hashing
{
    private static readonly ulong Seed = Secret();
    private static readonly ulong Left = Secret();
    private static readonly ulong Right = Secret();

    public static int Of(ReadOnlySpan<byte> text)
    {
        var hash = Seed ^ (ulong)text.Length;
        while (text.Length > 16)
        {
            hash = Fold(hash ^ Word(text), Left ^ Word(text[8..]));
            text = text[16..];
        }

        // The last two words overlap where fewer than 16 bytes are left; the length above tells such texts apart.
        var (low, high) = text.Length switch
        {
            >= 8 => (Word(text), Word(text[^8..])),
            >= 4 => (Half(text), Half(text[^4..])),
            > 0 => (text[0], (ulong)(text[text.Length / 2] << 8 | text[^1])),
            _ => (0UL, 0UL),
        };
        return Finish(Fold(hash ^ low, Left ^ high));
    }

    public static int Of(long word) => Finish(Fold(Seed ^ (ulong)word, Left));

    /// <summary>The hash of a sequence, one member at a time.</summary>
    public static int Then(int hash, int next) => Finish(Fold(Seed ^ (uint)hash, Left ^ (uint)next));

    private static int Finish(ulong hash) => (int)(Fold(hash, Right) >> 16);

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    private static ulong Word(ReadOnlySpan<byte> text) => MemoryMarshal.Read<ulong>(text);

    private static ulong Half(ReadOnlySpan<byte> text) => MemoryMarshal.Read<uint>(text);

    /// <summary>Odd, so that no factor is ever zero for all words.</summary>
    private static ulong Secret()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return MemoryMarshal.Read<ulong>(bytes) | 1;
    }
}
