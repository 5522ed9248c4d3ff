using Plumbline.Core.Evidence;

namespace Plumbline.Storage.Tests;

public sealed class Tampering : IDisposable
{
    private readonly TempStore temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Is_not_found_where_there_is_none()
    {
        await temp.SealAsync(300);

        Assert.Empty(await temp.VerifyAsync());
    }

    [Theory]
    [InlineData(
        "entry 1",
        "UPDATE entry SET data = CAST(replace(CAST(data AS TEXT), 'e1', 'e9') AS BLOB) WHERE idx = 1"
    )]
    [InlineData("entry 2", "UPDATE entry SET leaf = (SELECT leaf FROM entry WHERE idx = 1) WHERE idx = 2")]
    [InlineData("entry 0", "UPDATE entry SET data = x'FF' WHERE idx = 0")]
    [InlineData("entry 1", "DELETE FROM seen; DELETE FROM assessment; DELETE FROM entry WHERE idx = 1")]
    [InlineData("entry 2", "DELETE FROM seen; DELETE FROM assessment; DELETE FROM entry WHERE idx = 2")]
    [InlineData(
        "tile/0/000.p/3",
        "DELETE FROM seen; DELETE FROM assessment; UPDATE entry SET idx = (idx + 1) % 2 + 7 WHERE idx < 2; UPDATE entry SET idx = idx - 7 WHERE idx > 2"
    )]
    [InlineData("checkpoint", "UPDATE head SET checkpoint = NULL, signed = 0")]
    public async Task Is_found_and_its_place_is_named(string place, string sql)
    {
        await temp.SealAsync(3);
        temp.Tamper(sql);

        Assert.Contains(place, (await temp.VerifyAsync()).Select(fault => fault.Place));
    }

    /// <remarks>The look before an append sees the head, its edge and its signature; not every old entry, which would take long.</remarks>
    [Theory]
    [InlineData("tile/0/000.p/3", "UPDATE tile SET hashes = CAST(substr(hashes, 1, 64) AS BLOB)")]
    [InlineData("tile/0/000.p/3", "UPDATE tile SET hashes = zeroblob(96)")]
    [InlineData("tile/0/000.p/3", "DELETE FROM tile")]
    [InlineData("head", "UPDATE head SET root = zeroblob(32)")]
    [InlineData("head", "UPDATE head SET size = 2")]
    [InlineData(
        "checkpoint",
        "UPDATE head SET checkpoint = replace(checkpoint, char(10) || '3' || char(10), char(10) || '2' || char(10))"
    )]
    [InlineData("checkpoint", "UPDATE head SET checkpoint = 'no note at all'")]
    [InlineData("key", "UPDATE meta SET value = replace(value, '+A', '+B') WHERE name = 'verifierKey'")]
    public async Task Is_found_and_nothing_is_appended(string place, string sql)
    {
        await temp.SealAsync(3);
        temp.Tamper(sql);

        Assert.Contains(place, (await temp.VerifyAsync()).Select(fault => fault.Place));
        var refused = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await using var store = await temp.OpenAsync();
            await TempStore.SealAsync(store, "new");
        });
        Assert.Equal(place == "key" ? "PLB-4024" : "PLB-4030", refused.Code);
        Assert.Equal(3L, temp.Query("SELECT count(*) FROM entry"));
    }

    [Fact]
    public async Task With_the_row_of_the_head_is_refused_by_everything()
    {
        await temp.SealAsync(1);
        temp.Tamper("DELETE FROM head");

        Assert.Equal("PLB-4030", (await Assert.ThrowsAsync<StoreException>(temp.VerifyAsync)).Code);
        Assert.Equal("PLB-4030", (await Assert.ThrowsAsync<StoreException>(temp.OpenAsync)).Code);
    }

    [Fact]
    public async Task With_the_newest_entries_is_found_although_head_and_tiles_agree()
    {
        await temp.SealAsync(2);
        var older = Path.Combine(temp.Root, "older.db");
        File.Copy(temp.Database, older);
        await temp.SealAsync(3);
        var checkpoint = (string)temp.Query("SELECT checkpoint FROM head")!;
        File.Copy(older, temp.Database, overwrite: true);
        temp.Tamper($"UPDATE head SET checkpoint = '{checkpoint}', signed = 3");

        Assert.Equal([new Discrepancy("head", "the 3 entries that were signed", "2")], await temp.VerifyAsync());
        var refused = await Assert.ThrowsAsync<StoreException>(temp.OpenAsync);
        Assert.Equal("PLB-4030", refused.Code);
        Assert.Contains("rolled back from 3 to 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_our_own_mistakes_is_stopped_by_the_database()
    {
        await temp.SealAsync(1);

        Assert.ThrowsAny<Exception>(() => temp.Query("UPDATE entry SET data = x'00'"));
        Assert.ThrowsAny<Exception>(() => temp.Query("DELETE FROM entry"));
    }

    [Fact]
    public async Task With_an_entry_that_is_not_signed_yet_keeps_it_from_being_signed()
    {
        await temp.SealAsync(2);
        temp.Tamper(
            """
            UPDATE head SET checkpoint = NULL, signed = 0;
            UPDATE entry SET data = CAST(replace(CAST(data AS TEXT), 'e1', 'e9') AS BLOB) WHERE idx = 1
            """
        );

        var refused = await Assert.ThrowsAsync<StoreException>(temp.OpenAsync);

        Assert.Equal("PLB-4030", refused.Code);
        Assert.Contains("do not hash to the tree of 2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(DBNull.Value, temp.Query("SELECT checkpoint FROM head"));
    }

    [Fact]
    public async Task Is_no_word_for_a_head_that_a_crash_left_unsigned()
    {
        await temp.SealAsync(2);
        var checkpoint = temp.Query("SELECT checkpoint FROM head");
        temp.Tamper("UPDATE head SET checkpoint = NULL, signed = 0");

        await using (await temp.OpenAsync()) { }

        Assert.Equal(checkpoint, temp.Query("SELECT checkpoint FROM head"));
        Assert.Empty(await temp.VerifyAsync());
    }
}
