using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;

namespace Plumbline.Cli.Tests.Evidence;

/// <summary><c>plumb evidence verify</c> names the place of one byte that was flipped on the disk, wherever it is.</summary>
public sealed class A_flipped_byte : IDisposable
{
    private readonly Estate _estate = new();

    public A_flipped_byte() => _estate.WriteShop();

    public void Dispose() => _estate.Dispose();

    [Theory]
    [InlineData("entry", "data", "entry 0")]
    [InlineData("entry", "leaf", "entry 0")]
    [InlineData("tile", "hashes", "tile/0/000.p/1")]
    [InlineData("head", "root", "head")]
    [InlineData("head", "checkpoint", "checkpoint")]
    public async Task Of_the_log_is_named(string table, string column, string place)
    {
        await _estate.RunAsync("scan");
        var value = Bytes($"SELECT CAST({column} AS BLOB) FROM {table}");
        foreach (var at in new[] { 0, value.Length / 2, value.Length - 2 })
        {
            await IsNamedAsync(
                $"UPDATE {table} SET {column} = {(column == "checkpoint" ? "CAST($v AS TEXT)" : "$v")}",
                value,
                at,
                place
            );
        }

        await IsWholeAsync();
    }

    [Fact]
    public async Task Of_every_kind_of_blob_is_named()
    {
        await _estate.RunAsync("scan");
        List<BlobRef> blobs;
        await using (var store = await _estate.OpenStoreAsync())
        {
            blobs = await SealedBlobs.OfAsync(store, (await store.AssessmentAsync(1, default))!);
        }

        string[] kinds =
        [
            "checks",
            "document",
            "framework",
            "identity",
            "index/documents",
            "index/findings",
            "index/manifests",
            "index/questions",
            "manifest",
            "observation",
            "positions",
            "salts",
            "snapshot",
            "statement",
            "table",
        ];
        Assert.Equal(kinds, blobs.Select(b => b.Name).Distinct().Order(StringComparer.Ordinal));
        foreach (var kind in kinds)
        {
            var blob = blobs.First(b => b.Name == kind);
            var where = $"WHERE ct = x'{blob.Ct["sha256:".Length..]}'";
            var value = Bytes($"SELECT bytes FROM blob {where}");

            var output = await IsNamedAsync($"UPDATE blob SET bytes = $v {where}", value, value.Length / 2, blob.Ct);

            var what = kind == "table" ? "table chunk" : kind;
            Assert.Contains($"FAIL A-1, {what}", output.Replace("  ", " "));
        }

        await IsWholeAsync();
    }

    [Fact]
    public async Task Of_a_report_is_named()
    {
        await _estate.RunAsync("scan", "--format", "json:report.json");
        var report = await File.ReadAllBytesAsync(_estate.PathOf("report.json"), default);
        var step = Math.Max(1, report.Length / (Long.Wanted ? 1000 : 25));
        for (var at = 0; at < report.Length; at += step)
        {
            var flipped = report.ToArray();
            flipped[at] ^= 1;
            _estate.Write("report.json", flipped);

            var run = await _estate.RunAsync("evidence", "verify", "A-1", "--report", "report.json");

            Assert.True(run.Exit == ExitCode.Failed, $"byte {at}: {run}");
            Assert.Contains("first difference at ", run.Output);
        }
    }

    /// <summary>Flips the byte, verifies, and puts it back.</summary>
    private async Task<string> IsNamedAsync(string set, byte[] value, int at, string place)
    {
        var flipped = value.ToArray();
        flipped[at] ^= 1;
        Set(set, flipped);
        var run = await _estate.RunAsync("evidence", "verify", "A-1");
        Set(set, value);
        Assert.True(run.Exit == ExitCode.Failed, $"{place}, byte {at}: {run}");
        // Digests are masked in what a test sees; the line breaks where the terminal is full.
        var text = run.Output.ReplaceLineEndings(" ").Replace("      ", " ");
        Assert.Contains(
            place.StartsWith("sha256:", StringComparison.Ordinal) ? "blob sha256:" : $"FAIL  {place}",
            text
        );
        return text;
    }

    private async Task IsWholeAsync()
    {
        var run = await _estate.RunAsync("evidence", "verify");
        Assert.True(run.Exit == ExitCode.Fine, run.ToString());
    }

    private byte[] Bytes(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (byte[])command.ExecuteScalar()!;
    }

    private void Set(string sql, byte[] value)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DROP TRIGGER IF EXISTS entry_is_never_updated; {sql}";
        command.Parameters.AddWithValue("$v", value);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_estate.PathOf(".plumbline/store.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
