using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Plumbline.Core.Evidence;
using Plumbline.Core.Tests.Evidence;

namespace Plumbline.Storage.Tests;

/// <summary>A store of its own in a temporary folder, with a clock that stands still.</summary>
internal sealed class TempStore : IDisposable
{
    public TempStore()
    {
        Root = Directory.CreateTempSubdirectory("plumb-store-").FullName;
        Options = new StoreOptions
        {
            Folder = Path.Combine(Root, "repo", ".plumbline"),
            KeysFolder = Path.Combine(Root, "config", "plumbline", "keys"),
            Clock = Clock,
            Author = () => SampleEstate.Author,
        };
    }

    public string Root { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 20, 23, 6, 12, TimeSpan.Zero));

    public StoreOptions Options { get; init; }

    public string Database => Path.Combine(Options.Folder, "store.db");

    public Task<EvidenceStore> OpenAsync() => EvidenceStore.OpenAsync(Options, CancellationToken.None);

    public Task<EvidenceStore> OpenForReadingAsync() =>
        EvidenceStore.OpenAsync(Options with { Access = StoreAccess.Read }, CancellationToken.None);

    /// <summary>Makes the store and seals entries <c>e0</c>, <c>e1</c>, … into it.</summary>
    public async Task SealAsync(int count)
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < count; i++)
        {
            await SealAsync(store, $"e{i}");
        }
    }

    public static async Task<Receipt> SealAsync(IEvidenceStore store, string id, params Payload[] payloads) =>
        Assert.IsType<SealOutcome.Sealed>(await store.SealAsync(Request(id, payloads), CancellationToken.None)).Receipt;

    public static SealRequest Request(string id, params Payload[] payloads) =>
        new() { Payloads = payloads, Leaf = (time, blobs) => Leaf(id, time, blobs) };

    public static Payload Text(string text, string @class = "inventory") =>
        new("text", "text/plain", @class, Encoding.UTF8.GetBytes(text));

    public static byte[] Leaf(
        string id,
        DateTimeOffset time,
        IReadOnlyList<BlobRef> blobs,
        string type = "plumbline.dev/assessment/v1"
    ) =>
        Encoding.UTF8.GetBytes(
            $$"""{"blobs":[{{string.Join(',', blobs.Select(b => $$"""{"ct":"{{b.Ct}}"}"""))}}],"id":"{{id}}","time":"{{LogTime.Format(time)}}","type":"{{type}}","v":1}"""
        );

    /// <summary>Does to the database what no code of the store would do.</summary>
    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DROP TRIGGER entry_is_never_updated; DROP TRIGGER entry_is_never_deleted; {sql}";
        command.ExecuteNonQuery();
    }

    public object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public async Task<List<Discrepancy>> VerifyAsync()
    {
        await using var store = await OpenForReadingAsync();
        return await store.VerifyAsync(CancellationToken.None).ToListAsync();
    }

    public async Task<List<string>> LeavesAsync()
    {
        await using var store = await OpenForReadingAsync();
        return await store
            .EntriesAsync(0, CancellationToken.None)
            .Select(entry => Encoding.UTF8.GetString(entry.Data.Span))
            .ToListAsync();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
