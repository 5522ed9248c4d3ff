using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Plumbline.Core.Evidence;

/// <summary>What a leaf commits to, read from the store; every digest is checked on the way.</summary>
/// <param name="place">Names the entry in discrepancies, e.g. <c>A-3</c>.</param>
internal sealed class SealedContent(IEvidenceStore store, LeafHead head, string place)
{
    private readonly ImmutableArray<BlobIndex> _indexes =
    [
        .. head
            .Blobs.Where(ContentKind.IsIndex)
            .GroupBy(b => b.Name, StringComparer.Ordinal)
            .Select(g => new BlobIndex([.. g])),
    ];
    private readonly Dictionary<string, FrozenDictionary<string, BlobRef>> _pieces = new(StringComparer.Ordinal);

    public string Place => place;

    /// <summary>Who wrote the entry and where: the names that the leaf commits to.</summary>
    /// <exception cref="EvidenceException">They were erased, or are not those of the leaf.</exception>
    public Task<(string Actor, string Machine)> IdentityAsync(CancellationToken cancel) =>
        ReadAsync(
            ContentKind.Identity,
            utf8 =>
                Identity.Parse(utf8) is var identity
                && identity.Actor.Commitment == head.Actor
                && identity.Machine.Commitment == head.Machine
                    ? (identity.Actor.Name, identity.Machine.Name)
                    : throw new FormatException(
                        $"expected names that commit to {head.Actor} and {head.Machine}, got others"
                    ),
            cancel
        );

    /// <summary>A payload that the leaf itself names.</summary>
    /// <exception cref="EvidenceException">It is not what was sealed.</exception>
    public Task<T> ReadAsync<T>(ContentKind kind, Func<byte[], T> read, CancellationToken cancel)
    {
        var what = $"{place}, {kind.Name}";
        return ReadAsync(what, Parsed(what, () => head.Blob(kind)), null, read, cancel);
    }

    /// <summary>A payload that the leaf itself names and the statement too.</summary>
    /// <exception cref="EvidenceException">It is not what was sealed.</exception>
    public Task<T> ReadAsync<T>(ContentKind kind, string digest, Func<byte[], T> read, CancellationToken cancel)
    {
        var what = $"{place}, {kind.Name}";
        return ReadAsync(what, Parsed(what, () => head.Blob(kind)), digest, read, cancel);
    }

    /// <summary>A content by its digest.</summary>
    /// <param name="name">What it is, for discrepancies.</param>
    /// <exception cref="EvidenceException">It is not what was sealed, or nowhere.</exception>
    public async Task<T> ReadAsync<T>(string digest, string name, Func<byte[], T> read, CancellationToken cancel)
    {
        var what = $"{place}, {name}";
        return await ReadAsync(what, await FindAsync(what, digest, cancel), digest, read, cancel);
    }

    /// <summary>Runs what reads stored forms; what it refuses is a discrepancy.</summary>
    public static T Parsed<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new EvidenceException(new Discrepancy(what, "the form that was sealed", e.Message), e);
        }
    }

    private async Task<T> ReadAsync<T>(
        string what,
        BlobRef blob,
        string? digest,
        Func<byte[], T> read,
        CancellationToken cancel
    )
    {
        var bytes = await BlobAsync(what, blob, cancel);
        var at = $"{what}, blob {blob.Ct}";
        var found = ContentDigest.Of(bytes);
        return digest is null || digest == found
            ? Parsed(at, () => read(bytes))
            : throw new EvidenceException(new Discrepancy(at, digest, found));
    }

    private async Task<BlobRef> FindAsync(string what, string digest, CancellationToken cancel)
    {
        if (!ContentDigest.IsOne(digest) || !_indexes.All(i => i.IsWellFormed))
        {
            throw new EvidenceException(new Discrepancy(what, "a digest, and 1 to 16 pieces an index", $"`{digest}`"));
        }

        foreach (var index in _indexes)
        {
            var piece = await PieceAsync(index.PieceOf(digest), cancel);
            if (piece.TryGetValue(digest, out var blob))
            {
                return blob;
            }
        }

        throw new EvidenceException(new Discrepancy(what, $"{digest} in the index", "nothing"));
    }

    private async Task<FrozenDictionary<string, BlobRef>> PieceAsync(BlobRef blob, CancellationToken cancel)
    {
        if (!_pieces.TryGetValue(blob.Ct, out var piece))
        {
            var what = $"{place}, {blob.Name}";
            var bytes = await BlobAsync(what, blob, cancel);
            _pieces[blob.Ct] = piece = Parsed(
                $"{what}, blob {blob.Ct}",
                () =>
                    StoredObject
                        .ParseLines(bytes, blob.Name)
                        .Select(IndexEntry.Read)
                        .DistinctBy(e => e.Digest)
                        .ToFrozenDictionary(e => e.Digest, e => e.Blob, StringComparer.Ordinal)
            );
        }

        return piece;
    }

    private async Task<byte[]> BlobAsync(string what, BlobRef blob, CancellationToken cancel)
    {
        try
        {
            return await store.BlobAsync(blob, cancel);
        }
        catch (StoreException e) when (e.ConcernsBlob)
        {
            throw new EvidenceException(new Discrepancy($"{what}, blob {blob.Ct}", "what was sealed", e.Message), e);
        }
    }
}
