using System.Text.Json;
using Plumbline.Core.Evidence;
using Plumbline.Storage.Runs;

namespace Plumbline.Storage.Log;

/// <summary>The entries that the store writes on its own: that something is known to be missing, and why.</summary>
/// <remarks>
/// JCS with the common members of RELIABILITY 2.2 in their order; every text in it is ASCII without escapes, so that this writer needs no
/// more of JCS than sorted names. What a run was about may name people or machines and lies in the blob.
/// <code>
/// {"blobs":[…],"gap":{"reason":"runLost","run":"UUID"},"id":"UUID","observed":[T,T],"time":T,"type":"plumbline.dev/gap/v1","v":1}
/// {"blobs":[],"gap":{"from":T,"reason":"clockBackwards","to":T},"id":…}
/// </code>
/// </remarks>
internal static class GapLeaf
{
    public const string Type = "plumbline.dev/gap/v1";

    /// <summary>A run began and its process died before it sealed anything.</summary>
    /// <param name="found">When that was noticed: the run ended somewhere between.</param>
    /// <param name="description">The blob that says what the run was.</param>
    public static byte[] RunLost(
        Guid id,
        LostRun run,
        DateTimeOffset found,
        DateTimeOffset time,
        BlobRef description
    ) =>
        Write(
            id,
            time,
            (run.Started, found),
            [description],
            json =>
            {
                json.WriteString("reason", "runLost");
                json.WriteString("run", run.Id);
            }
        );

    /// <summary>The machine's clock was set back; until it has caught up, the log's time only counts on.</summary>
    public static byte[] ClockBackwards(Guid id, DateTimeOffset from, DateTimeOffset to, DateTimeOffset time) =>
        Write(
            id,
            time,
            (to, to),
            [],
            json =>
            {
                json.WriteString("from", LogTime.Format(from));
                json.WriteString("reason", "clockBackwards");
                json.WriteString("to", LogTime.Format(to));
            }
        );

    private static byte[] Write(
        Guid id,
        DateTimeOffset time,
        (DateTimeOffset From, DateTimeOffset To) observed,
        ReadOnlySpan<BlobRef> blobs,
        Action<Utf8JsonWriter> gap
    )
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("blobs");
            foreach (var blob in blobs)
            {
                Write(json, blob);
            }
            json.WriteEndArray();
            json.WriteStartObject("gap");
            gap(json);
            json.WriteEndObject();
            json.WriteString("id", id);
            json.WriteStartArray("observed");
            json.WriteStringValue(LogTime.Format(observed.From));
            json.WriteStringValue(LogTime.Format(observed.To));
            json.WriteEndArray();
            json.WriteString("time", LogTime.Format(time));
            json.WriteString("type", Type);
            json.WriteNumber("v", 1);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, BlobRef blob)
    {
        json.WriteStartObject();
        json.WriteString("ct", blob.Ct);
        json.WriteString("enc", blob.Enc);
        json.WriteString("keyRef", blob.KeyRef);
        json.WriteString("media", blob.Media);
        json.WriteString("name", blob.Name);
        json.WriteString("pt", blob.Pt);
        json.WriteNumber("size", blob.Size);
        json.WriteString("z", blob.Z);
        json.WriteEndObject();
    }
}
