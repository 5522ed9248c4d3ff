using System.Text;
using System.Text.Json;
using Plumbline.Core.Evidence;

namespace Plumbline.Cli.Tests.Evidence;

/// <summary>All blobs of an entry: those that its leaf names, and those that its indexes lead to.</summary>
internal static class SealedBlobs
{
    public static async Task<List<BlobRef>> OfAsync(IEvidenceStore store, LedgerEntry entry)
    {
        using var leaf = JsonDocument.Parse(entry.Data);
        List<BlobRef> blobs = [.. leaf.RootElement.GetProperty("blobs").EnumerateArray().Select(Read)];
        foreach (var index in blobs.FindAll(b => b.Name.StartsWith("index/", StringComparison.Ordinal)))
        {
            var lines = Encoding.UTF8.GetString(await store.BlobAsync(index, default));
            blobs.AddRange(
                lines
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(l => Read(JsonDocument.Parse(l).RootElement))
            );
        }

        return blobs;
    }

    private static BlobRef Read(JsonElement blob) =>
        new()
        {
            Name = Text(blob, "name"),
            Media = Text(blob, "media"),
            Ct = Text(blob, "ct"),
            Pt = Text(blob, "pt"),
            KeyRef = Text(blob, "keyRef"),
            Size = blob.GetProperty("size").GetInt64(),
        };

    private static string Text(JsonElement blob, string name) => blob.GetProperty(name).GetString()!;
}
