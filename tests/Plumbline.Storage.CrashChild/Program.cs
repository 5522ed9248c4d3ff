using System.Text;
using Plumbline.Core.Evidence;
using Plumbline.Storage;

// A writer that is meant to be killed: seals numbered entries for ever, or as many as asked for, and says on standard output what it
// tries and what was confirmed. Usage: STORE KEYS FIRST COUNT
var (store, keys, first, count) = (args[0], args[1], int.Parse(args[2]), int.Parse(args[3]));
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
await using var evidence = await EvidenceStore.OpenAsync(
    new StoreOptions
    {
        Folder = store,
        KeysFolder = keys,
        Author = () =>
            new LeafAuthor
            {
                Actor = "a child",
                Machine = "of a test",
                ToolVersion = "0",
                Engine = $"sha256:{new string('0', 64)}",
            },
    },
    CancellationToken.None
);
output.WriteLine("open");
for (var n = first; n < first + count; n++)
{
    var run = Guid.CreateVersion7();
    await evidence.BeginRunAsync(run, TimeProvider.System.GetUtcNow(), $"number {n}", CancellationToken.None);
    output.WriteLine($"attempt {n}");
    var outcome = await evidence.SealAsync(
        new SealRequest
        {
            Payloads = [new Payload("text", "text/plain", "crash", Encoding.UTF8.GetBytes($"text of number {n}"))],
            Leaf = (time, blobs) =>
                Encoding.UTF8.GetBytes(
                    $$"""{"blobs":[{"ct":"{{blobs[0].Ct}}"}],"id":"number-{{n}}","time":"{{LogTime.Format(time)}}","type":"plumbline.dev/assessment/v1","v":1}"""
                ),
            Run = run,
        },
        CancellationToken.None
    );
    output.WriteLine(outcome is SealOutcome.Sealed { Receipt.Index: var index } ? $"ack {n} {index}" : $"pending {n}");
}
