using System.Collections.Immutable;
using System.Numerics;
using Plumbline.Core.Evidence.Snapshots;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>Says in which blob a content lies: the way from the few blobs that a leaf names to all others.</summary>
/// <remarks>
/// <code>
/// piece    lines of {"ct", "digest", "enc", "keyRef", "media", "name", "pt", "size", "z"}, by digest
/// </code>
/// An index has 1, 2, 4, 8 or 16 pieces, as many as keep them within 4,096 lines if that is enough; which one a digest is in is
/// said by its first bits. So a leaf stays small whatever the estate, and looking one thing up reads one piece.
/// </remarks>
internal sealed class BlobIndex
{
    public const int MaxPieces = 16;

    /// <summary>The hexadecimal digit that <see cref="MaxPieces"/> looks at has so many bits.</summary>
    private const int DigitBits = 4;

    private const int LinesPerPiece = 4096;

    private readonly ImmutableArray<BlobRef> _pieces;

    /// <param name="pieces">In the order of the leaf.</param>
    public BlobIndex(ImmutableArray<BlobRef> pieces) => _pieces = pieces;

    public static IEnumerable<Payload> Write(ContentKind kind, ImmutableArray<IndexEntry> entries)
    {
        var wanted = (entries.Length + LinesPerPiece - 1) / LinesPerPiece;
        var count = Math.Min(MaxPieces, (int)BitOperations.RoundUpToPowerOf2((uint)wanted));
        var pieces = entries.ToLookup(e => PieceOf(e.Digest, count));
        return Enumerable
            .Range(0, count)
            .Select(i =>
                SnapshotBlobs.Lines(pieces[i].OrderBy(e => e.Digest, StringComparer.Ordinal).Select(e => e.ToValue()))
            )
            .Select(lines => new Payload(kind.Name, kind.Media, kind.Class, lines));
    }

    /// <summary>The blob of the only piece that a digest may be in.</summary>
    public BlobRef PieceOf(string digest) => _pieces[PieceOf(digest, _pieces.Length)];

    /// <summary>Whether the leaf names a possible number of pieces.</summary>
    public bool IsWellFormed => _pieces.Length <= MaxPieces && BitOperations.IsPow2(_pieces.Length);

    private static int PieceOf(string digest, int count)
    {
        var digit = Convert.ToInt32(digest.Substring(ContentDigest.Prefix.Length, 1), 16);
        return digit >> (DigitBits - BitOperations.Log2((uint)count));
    }
}

/// <summary>A content and the blob that it became.</summary>
internal sealed record IndexEntry(string Digest, BlobRef Blob)
{
    public Value ToValue()
    {
        var value = StoredBlobRef.Members(Blob);
        value["digest"] = Digest;
        return value.ToValue();
    }

    public static IndexEntry Read(StoredObject entry) => new(entry.Digest("digest"), StoredBlobRef.Read(entry));
}

/// <summary>A blob reference as leaves and indexes write it.</summary>
internal static class StoredBlobRef
{
    public static ObjectBuilder Members(BlobRef blob) =>
        new()
        {
            ["ct"] = blob.Ct,
            ["enc"] = blob.Enc,
            ["keyRef"] = blob.KeyRef,
            ["media"] = blob.Media,
            ["name"] = blob.Name,
            ["pt"] = blob.Pt,
            ["size"] = blob.Size,
            ["z"] = blob.Z,
        };

    public static BlobRef Read(StoredObject blob) =>
        new()
        {
            Ct = blob.Digest("ct"),
            Enc = blob.Text("enc"),
            KeyRef = blob.Text("keyRef"),
            Media = blob.Text("media"),
            Name = blob.Text("name"),
            Pt = blob.Digest("pt"),
            Size = blob.Count("size"),
            Z = blob.Text("z"),
        };
}
