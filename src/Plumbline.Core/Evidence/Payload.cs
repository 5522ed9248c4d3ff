namespace Plumbline.Core.Evidence;

/// <summary>A plaintext to be kept beside the log.</summary>
/// <param name="Name">What it is to the leaf; becomes <see cref="BlobRef.Name"/>.</param>
/// <param name="Media">Media type of <paramref name="Bytes"/>.</param>
/// <param name="Class">
/// The scope of its data key, together with the year: a word of <c>a–z</c>, <c>0–9</c> and <c>-</c>. Equal plaintexts of one scope
/// are stored once; one scope is erased as a whole. So what concerns one person has a class of its own.
/// </param>
public sealed record Payload(string Name, string Media, string Class, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Length of <see cref="Salt"/>.</summary>
    public const int SaltSize = 32;

    /// <summary>A salt of the caller's choice, where its commitment is also held elsewhere; empty: a fresh random one.</summary>
    public ReadOnlyMemory<byte> Salt { get; init; }
}
