using System.Text;
using Microsoft.Data.Sqlite;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Core.Tests.Evidence;

namespace Plumbline.Storage.Tests.Evidence;

/// <summary>A store with assessments in it, and the means to lie to it.</summary>
internal sealed class SealedStore : IDisposable
{
    public TempStore Temp { get; } = new();

    public Task<Receipt> SealAsync(Assessment assessment, byte seed = 1) =>
        SealAsync(AssessmentSeal.Prepare(assessment, SampleEstate.Context(seed)));

    public async Task<Receipt> SealAsync(SealRequest request)
    {
        await using var store = await Temp.OpenAsync();
        return Assert.IsType<SealOutcome.Sealed>(await store.SealAsync(request, CancellationToken.None)).Receipt;
    }

    public async Task<Verification> VerifyAsync()
    {
        await using var store = await Temp.OpenForReadingAsync();
        return await new EvidenceVerifier(store).VerifyAsync(CancellationToken.None);
    }

    public async Task<Verification?> VerifyAsync(int label)
    {
        await using var store = await Temp.OpenForReadingAsync();
        return await new EvidenceVerifier(store).VerifyAsync(label, CancellationToken.None);
    }

    public async Task<T> ReadAsync<T>(Func<AssessmentReader, Task<T>> read)
    {
        await using var store = await Temp.OpenForReadingAsync();
        return await read(new AssessmentReader(store));
    }

    /// <summary>Seals what an honest program would not: one payload's text, or the leaf's, is changed on the way.</summary>
    public static SealRequest Forged(SealRequest request, string name, Func<string, string> change)
    {
        byte[] Change(ReadOnlyMemory<byte> bytes)
        {
            var text = Encoding.UTF8.GetString(bytes.Span);
            var changed = change(text);
            Assert.NotEqual(text, changed);
            return Encoding.UTF8.GetBytes(changed);
        }

        return name == "leaf"
            ? request with
            {
                Leaf = (time, blobs) => Change(request.Leaf(time, blobs)),
            }
            : request with
            {
                Payloads = [.. request.Payloads.Select(p => p.Name == name ? p with { Bytes = Change(p.Bytes) } : p)],
            };
    }

    public IReadOnlyList<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={Temp.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    /// <summary>Sets one stored value, whatever the triggers say.</summary>
    public void Set(string sql, object value)
    {
        using var connection = new SqliteConnection($"Data Source={Temp.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DROP TRIGGER IF EXISTS entry_is_never_updated; {sql}";
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }

    public void Dispose() => Temp.Dispose();
}
