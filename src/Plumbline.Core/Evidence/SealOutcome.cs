namespace Plumbline.Core.Evidence;

/// <summary>What became of a <see cref="SealRequest"/>: it is durable either way.</summary>
public abstract record SealOutcome
{
    private SealOutcome() { }

    /// <summary>What else the writer did or found while it had the store to itself.</summary>
    public IReadOnlyList<StoreNotice> Notices { get; init; } = [];

    /// <summary>The entry is in the log, under a signed checkpoint.</summary>
    public sealed record Sealed(Receipt Receipt) : SealOutcome;

    /// <summary>Somebody else held the store for too long; the next writer takes the bundle in.</summary>
    /// <param name="Folder">Where it lies, complete and signed by the runner's key.</param>
    public sealed record Pending(string Folder) : SealOutcome;
}

/// <summary>Proof of an append, to be kept by whoever asked for it.</summary>
/// <param name="Index">The entry's place in the log, from 0.</param>
/// <param name="LeafHash">RFC 6962, section 2.1: SHA-256(0x00 ‖ entry).</param>
/// <param name="Checkpoint">A signed checkpoint (C2SP tlog-checkpoint) that covers the entry.</param>
/// <param name="Label">n of the label <c>A-n</c> where the entry is an assessment; never part of what is sealed.</param>
public sealed record Receipt(long Index, ReadOnlyMemory<byte> LeafHash, string Checkpoint, int? Label);

/// <summary>Something the writer settled on the way, told to whoever was first to seal after it.</summary>
/// <param name="Message">A sentence: lower-case, without a stop.</param>
public sealed record StoreNotice(StoreNoticeKind Kind, string Message);

public enum StoreNoticeKind
{
    /// <summary>A run ended without sealing; a <c>gap</c> entry says so.</summary>
    LostRun,

    /// <summary>The clock went back; a <c>gap</c> entry says so.</summary>
    ClockBackwards,

    /// <summary>A pending bundle is now in the log.</summary>
    BundleTakenIn,

    /// <summary>A pending bundle could not be read now; the next writer tries again.</summary>
    BundleLeft,

    /// <summary>A pending bundle could not be trusted and was moved aside, whole.</summary>
    BundleSetAside,
}
