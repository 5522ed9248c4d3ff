namespace Plumbline.Core.Evidence;

/// <summary>Where evidence lives: one append-only log, the payloads its leaves refer to, and the journal of runs.</summary>
/// <remarks>
/// <para>Every method throws <see cref="StoreException"/> when the store refuses, and nothing narrower.</para>
/// <para>
/// Evaluation never holds the store's lock: only <see cref="SealAsync"/> takes it, for as long as it writes. An instance serves one
/// caller at a time; several processes may have the same store open.
/// </para>
/// </remarks>
public interface IEvidenceStore : IAsyncDisposable
{
    /// <summary>The log's name, first line of its checkpoints; made once, kept for ever.</summary>
    string Origin { get; }

    /// <summary>The key that checkpoints are signed with, as the store states it (C2SP signed-note verifier key).</summary>
    string VerifierKey { get; }

    /// <summary>Appends one entry with its payloads, and returns once it is durable and covered by a signed checkpoint.</summary>
    /// <remarks>
    /// First settles what earlier writers left: pending bundles are taken in, runs that died become <c>gap</c> entries, a head
    /// that was not yet signed is checked and signed.
    /// </remarks>
    Task<SealOutcome> SealAsync(SealRequest request, CancellationToken cancel);

    /// <summary>The entry at <paramref name="index"/>; null beyond the end.</summary>
    Task<LedgerEntry?> EntryAsync(long index, CancellationToken cancel);

    /// <summary>Entries in order, from <paramref name="from"/> on, as far as the log went when the listing began.</summary>
    IAsyncEnumerable<LedgerEntry> EntriesAsync(long from, CancellationToken cancel);

    /// <summary>The assessment that people call <c>A-n</c>.</summary>
    Task<LedgerEntry?> AssessmentAsync(int label, CancellationToken cancel);

    /// <summary>Indices of the entries that were sealed under <paramref name="name"/>, ascending.</summary>
    Task<IReadOnlyList<long>> FindAsync(string name, CancellationToken cancel);

    /// <summary>A payload's plaintext, both digests checked on the way.</summary>
    /// <remarks>A failed check names the blob and what differs; a destroyed key is said to be one.</remarks>
    Task<byte[]> BlobAsync(BlobRef blob, CancellationToken cancel);

    /// <summary>A payload with its salt: what an auditor is handed instead of the key, so that only this payload is opened.</summary>
    Task<OpenedBlob> OpenBlobAsync(BlobRef blob, CancellationToken cancel);

    /// <summary>A blob's stored bytes, as a bundle for an auditor carries them; null where there is none of that digest.</summary>
    /// <param name="ct">As in <see cref="BlobRef.Ct"/>.</param>
    Task<byte[]?> StoredBlobAsync(string ct, CancellationToken cancel);

    /// <summary>The newest signed checkpoint; null while nothing was sealed.</summary>
    Task<string?> CheckpointAsync(CancellationToken cancel);

    /// <summary>Node hashes of a tile (C2SP tlog-tiles), as many as there are, 32 bytes each; empty beyond the edge.</summary>
    Task<byte[]> TileAsync(int level, long index, CancellationToken cancel);

    /// <summary>Recomputes everything from the stored bytes: leaf hashes, tiles, root, checkpoint, blob digests.</summary>
    /// <remarks>Needs no secret. No discrepancy means: this is what the holder of the log's key signed.</remarks>
    IAsyncEnumerable<Discrepancy> VerifyAsync(CancellationToken cancel);

    /// <summary>Notes, outside the log, that a run has begun: if this process dies, the run is not forgotten.</summary>
    Task BeginRunAsync(Guid run, DateTimeOffset started, string description, CancellationToken cancel);

    /// <summary>Notes that a run ended on its own, having sealed nothing or what it wanted to.</summary>
    Task EndRunAsync(Guid run, CancellationToken cancel);
}
