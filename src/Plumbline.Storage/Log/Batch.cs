using Plumbline.Core.Evidence;
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

    /// <summary>Packs what is asked to be sealed.</summary>
    /// <param name="add">Adds one payload to <paramref name="packing"/>.</param>
    public static Batch Of(SealRequest request, Packing packing, Action<Payload> add)
    {
        foreach (var payload in request.Payloads)
        {
            add(payload);
        }

        foreach (var payload in request.Index([.. packing.References]))
        {
            add(payload);
        }

        var references = packing.References;
        return new Batch
        {
            Leaf = time => request.Leaf(time, references),
            Blobs = packing.NewBlobs,
            Keys = packing.NewKeys,
            Names = request.Names,
            Run = request.Run,
        };
    }
}
