using Plumbline.Storage.Blobs;

namespace Plumbline.Storage.Log;

/// <summary>One entry with all that is written beside it in one transaction, prepared before the writer's lock is taken.</summary>
internal sealed record Batch
{
    /// <summary>The entry's bytes at the log's time.</summary>
    public required Func<DateTimeOffset, byte[]> Leaf { get; init; }

    /// <summary>Blobs that are not in the store yet.</summary>
    public IReadOnlyList<StoredBlob> Blobs { get; init; } = [];

    /// <summary>Data keys that are not in the store yet.</summary>
    public IReadOnlyList<DataKey> Keys { get; init; } = [];

    public IReadOnlyCollection<string> Names { get; init; } = [];

    /// <summary>The run whose row goes with this entry.</summary>
    public Guid? Run { get; init; }
}
