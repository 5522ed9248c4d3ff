namespace Plumbline.Core.Evidence;

/// <summary>One entry to be appended, with everything it refers to.</summary>
public sealed record SealRequest
{
    /// <summary>Payloads, in the order in which <see cref="Leaf"/> gets their references. Read once, before the store's lock is taken.</summary>
    public required IEnumerable<Payload> Payloads { get; init; }

    /// <summary>Payloads that say where others lie: written from the references to <see cref="Payloads"/>, and referred to after them.</summary>
    public Func<IReadOnlyList<BlobRef>, IEnumerable<Payload>> Index { get; init; } = static _ => [];

    public required LeafWriter Leaf { get; init; }

    /// <summary>Names under which the entry shall be found again (resource keys, check ids). Kept outside the log, so that they can be erased.</summary>
    public IReadOnlyCollection<string> Names { get; init; } = [];

    /// <summary>The run that ends with this entry: its row leaves the journal in the same transaction.</summary>
    public Guid? Run { get; init; }
}

/// <summary>Writes an entry's bytes once the log has said what time it is.</summary>
/// <param name="time">The log's own time, later than that of every entry before; a leaf states it in the form of <see cref="LogTime.Format"/>.</param>
/// <param name="blobs">References to the payloads and then to those of the index, in their order.</param>
/// <returns>
/// JCS of an object with at least <c>id</c> (unique in the log; sealing it again yields the first receipt), <c>time</c> and
/// <c>type</c>; at most <see cref="LedgerEntry.MaxBytes"/> bytes.
/// </returns>
/// <remarks>Called inside the store's transaction: quick, pure, and perhaps more than once.</remarks>
public delegate byte[] LeafWriter(DateTimeOffset time, IReadOnlyList<BlobRef> blobs);
