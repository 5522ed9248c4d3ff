using Plumbline.Core.Evidence;
using Plumbline.Storage.Sqlite;

namespace Plumbline.Storage.Tests;

public sealed class Opening_a_store : IDisposable
{
    private readonly TempStore temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task For_reading_where_there_is_none_makes_none()
    {
        var refused = await Assert.ThrowsAsync<StoreException>(temp.OpenForReadingAsync);

        Assert.Equal("PLB-4001", refused.Code);
        Assert.False(Directory.Exists(temp.Options.Folder));
    }

    [Fact]
    public async Task That_is_up_to_date_runs_no_script()
    {
        await temp.SealAsync(1);
        temp.Tamper("DROP TABLE SchemaVersions");

        await temp.SealAsync(2);

        Assert.Equal(0L, temp.Query("SELECT count(*) FROM sqlite_schema WHERE name = 'SchemaVersions'"));
        Assert.Equal(Schema.Newest, temp.Query("PRAGMA user_version"));
        Assert.Equal("wal", temp.Query("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Whose_making_was_cut_short_makes_it_whole()
    {
        await temp.SealAsync(1);
        File.Delete(temp.Database);
        temp.Query($"PRAGMA application_id = {Database.ApplicationId}");

        await temp.SealAsync(1);

        Assert.Single(await temp.LeavesAsync());
    }

    [Fact]
    public async Task Of_a_newer_schema_is_refused_and_left_alone()
    {
        await temp.SealAsync(1);
        temp.Query("PRAGMA user_version = 7");
        var before = await File.ReadAllBytesAsync(temp.Database, default);

        foreach (var open in new[] { temp.OpenAsync, temp.OpenForReadingAsync })
        {
            var refused = await Assert.ThrowsAsync<StoreException>(open);
            Assert.Equal("PLB-4005", refused.Code);
            Assert.Contains("has schema 7, and this plumb knows 1 at most", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(before, await File.ReadAllBytesAsync(temp.Database, default));
    }

    [Fact]
    public async Task Of_an_older_schema_is_not_changed_by_reading()
    {
        await temp.SealAsync(1);
        temp.Query("PRAGMA user_version = 0");

        var refused = await Assert.ThrowsAsync<StoreException>(temp.OpenForReadingAsync);

        Assert.Equal("PLB-4006", refused.Code);
        Assert.Equal(0L, temp.Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task That_is_another_programs_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(temp.Options.Folder);
        temp.Query("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");

        var refused = await Assert.ThrowsAsync<StoreException>(temp.OpenAsync);

        Assert.Equal("PLB-4010", refused.Code);
        Assert.Equal(1L, temp.Query("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task That_is_no_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(temp.Options.Folder);
        var nonsense = string.Concat(Enumerable.Repeat("no database at all. ", 1000));
        await File.WriteAllTextAsync(temp.Database, nonsense, default);

        foreach (var open in new[] { temp.OpenAsync, temp.OpenForReadingAsync })
        {
            var refused = await Assert.ThrowsAsync<StoreException>(open);
            Assert.Equal("PLB-4004", refused.Code);
            Assert.Equal(
                $"the evidence store at `{temp.Options.Folder}` is damaged (file is not a database); it was not written to: "
                    + "restore it from a backup, or move it aside and begin a new one",
                refused.Message
            );
        }
        Assert.Equal(nonsense, await File.ReadAllTextAsync(temp.Database, default));
    }

    [Fact]
    public async Task With_a_page_of_zeros_is_refused()
    {
        await temp.SealAsync(40);
        var page = (long)temp.Query("SELECT rootpage FROM sqlite_schema WHERE name = 'entry'")!;
        await using (var file = File.OpenWrite(temp.Database))
        {
            file.Position = (page - 1) * 4096;
            file.Write(new byte[4096]);
        }

        var refused = await Assert.ThrowsAsync<StoreException>(temp.OpenAsync);

        Assert.Equal("PLB-4004", refused.Code);
    }

    [Fact]
    public async Task Whose_origin_leads_out_of_the_folder_of_keys_is_refused()
    {
        await temp.SealAsync(1);
        temp.Tamper("UPDATE meta SET value = '../../stolen' WHERE name = 'origin'");

        var refused = await Assert.ThrowsAsync<StoreException>(temp.OpenAsync);

        Assert.Equal("PLB-4004", refused.Code);
        Assert.Contains("got `../../stolen`", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3.50.4", false)]
    [InlineData("3.51.2", false)]
    [InlineData("3.51.3", true)]
    [InlineData("3.53.4", true)]
    [InlineData("4.0.0", true)]
    [InlineData("nonsense", false)]
    public void With_a_SQLite_that_can_corrupt_it_is_refused(string version, bool isSafe)
    {
        var refused = Record.Exception(() => Database.RequireVersion(version));

        Assert.Equal(isSafe, refused is null);
        Assert.True(isSafe || refused is StoreException { Code: "PLB-4007" });
    }

    [Fact]
    public async Task Two_at_once_makes_it_once()
    {
        var stores = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => EvidenceStore.OpenAsync(InRealTime, default)))
        );

        Assert.Single(stores.Select(store => store.Origin).Distinct());
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task On_a_read_only_file_system_reads_and_says_that_nothing_can_be_sealed()
    {
        await temp.SealAsync(3);
        using var mount = Mount.ReadOnly(temp.Options.Folder);

        Assert.Equal(3, (await temp.LeavesAsync()).Count);
        Assert.Empty(await temp.VerifyAsync());
        var refused = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await using var store = await temp.OpenAsync();
            await TempStore.SealAsync(store, "new");
        });
        Assert.Equal("PLB-4002", refused.Code);
        Assert.StartsWith(
            $"the evidence store at `{temp.Options.Folder}` cannot be written to, so nothing was sealed: ",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task On_a_read_only_file_system_where_there_is_none_says_so()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(temp.Options.Folder)!);
        using var mount = Mount.ReadOnly(Path.GetDirectoryName(temp.Options.Folder)!);

        var refused = await Assert.ThrowsAsync<StoreException>(temp.OpenAsync);

        Assert.Equal("PLB-4002", refused.Code);
    }

    [Fact]
    public async Task For_reading_sees_what_a_crashed_writer_confirmed()
    {
        using var crashed = new TempStore();
        await using (var store = await temp.OpenAsync())
        {
            await TempStore.SealAsync(store, "confirmed");
            Directory.CreateDirectory(crashed.Options.Folder);
            File.Copy(temp.Database, crashed.Database);
            File.Copy(temp.Database + "-wal", crashed.Database + "-wal");
        }

        Assert.Single(await crashed.LeavesAsync());
    }

    [Fact]
    public async Task For_reading_and_sealing_all_the_same_is_refused()
    {
        await temp.SealAsync(1);
        await using var store = await temp.OpenForReadingAsync();

        var refused = await Assert.ThrowsAsync<StoreException>(() => TempStore.SealAsync(store, "new"));

        Assert.Equal("PLB-4002", refused.Code);
    }

    [Fact]
    public async Task On_a_full_disk_refuses_to_seal_and_goes_on_once_there_is_room()
    {
        using var disk = Mount.Small(Path.GetDirectoryName(temp.Options.Folder)!, "2m");
        await using var store = await temp.OpenAsync();
        await TempStore.SealAsync(store, "before");
        var filler = Path.Combine(Path.GetDirectoryName(temp.Options.Folder)!, "filler");
        var noise = new byte[1_900_000];
        new Random(1).NextBytes(noise);
        await File.WriteAllBytesAsync(filler, noise[..1_000_000], default);

        var payload = new Payload("noise", "application/octet-stream", "noise", noise);
        var refused = await Assert.ThrowsAsync<StoreException>(() => TempStore.SealAsync(store, "too much", payload));

        Assert.Equal("PLB-4003", refused.Code);
        Assert.Contains("is full, so nothing was sealed", refused.Message, StringComparison.Ordinal);
        File.Delete(filler);
        var receipt = await TempStore.SealAsync(store, "after");
        Assert.Equal((1, 2), (receipt.Index, receipt.Label));
        Assert.Empty(await temp.VerifyAsync());
    }

    private StoreOptions InRealTime => temp.Options with { Clock = TimeProvider.System };
}
