using System.Text;
using Microsoft.Data.Sqlite;
using Plumbline.Core.Evidence;
using Plumbline.Storage.Files;

namespace Plumbline.Storage.Tests;

public sealed class Writers : IDisposable
{
    private readonly TempStore temp = new();

    public void Dispose() => temp.Dispose();

    private string LockPath => Path.Combine(temp.Options.Folder, "writer.lock");

    [Fact]
    public async Task That_seal_at_once_wait_for_each_other()
    {
        var options = temp.Options with { Clock = TimeProvider.System };
        await temp.SealAsync(1);
        var receipts = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        await using var store = await EvidenceStore.OpenAsync(options, default);
                        var mine = new List<Receipt>();
                        for (var i = 0; i < 5; i++)
                        {
                            mine.Add(await TempStore.SealAsync(store, $"w{writer}-{i}", TempStore.Text("shared")));
                        }
                        return mine;
                    })
                )
        );

        Assert.Equal(
            Enumerable.Range(1, 20).Select(i => (long)i),
            receipts.SelectMany(mine => mine).Select(receipt => receipt.Index).Order()
        );
        Assert.Empty(await temp.VerifyAsync());
    }

    [Fact]
    public async Task Find_the_lock_free_as_soon_as_its_holder_lets_go()
    {
        await temp.SealAsync(1);
        await using var store = await temp.OpenAsync();
        var held = LockFile.TryTake(LockPath)!;
        var sealing = TempStore.SealAsync(store, "waits");
        temp.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(sealing.IsCompleted);

        held.Dispose();
        await WindUntil(sealing);

        Assert.Equal(1, (await sealing).Index);
    }

    [Fact]
    public async Task Leave_a_pending_bundle_after_thirty_seconds_which_the_next_one_takes_in()
    {
        await temp.SealAsync(1);
        string bundle;
        await using (var store = await temp.OpenAsync())
        {
            bundle = await DeferAsync(store, "late");
        }
        Assert.Equal(
            ["blobs", "sig", "statement"],
            Directory.EnumerateFileSystemEntries(bundle).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Single(await temp.LeavesAsync());

        await using var next = await temp.OpenAsync();
        var outcome = await next.SealAsync(TempStore.Request("next"), CancellationToken.None);

        var leaves = await temp.LeavesAsync();
        Assert.Equal(3, leaves.Count);
        Assert.Contains("\"id\":\"late\"", leaves[1], StringComparison.Ordinal);
        Assert.Equal(
            $"the pending bundle `{bundle}` is now entry 1",
            Assert.Single(outcome.Notices, notice => notice.Kind == StoreNoticeKind.BundleTakenIn).Message
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(temp.Options.Folder, "pending")));
        Assert.Equal([1], await next.FindAsync("resource", CancellationToken.None));
        Assert.Equal(1, (await next.AssessmentAsync(2, CancellationToken.None))!.Index);
        Assert.Empty(await temp.VerifyAsync());
    }

    [Fact]
    public async Task Take_a_bundle_in_with_blobs_that_can_be_read()
    {
        await temp.SealAsync(1);
        BlobRef? blob = null;
        await using (var store = await temp.OpenAsync())
        {
            await DeferAsync(store, "late", (_, blobs) => blob = blobs[0]);
        }

        await using var next = await temp.OpenAsync();

        Assert.Equal("payload of late", Encoding.UTF8.GetString(await next.BlobAsync(blob!, default)));
    }

    [Fact]
    public async Task Take_the_same_bundle_in_once()
    {
        await temp.SealAsync(1);
        string bundle;
        await using (var store = await temp.OpenAsync())
        {
            bundle = await DeferAsync(store, "late");
        }
        var copy = Path.Combine(temp.Root, "copy");
        Copy(bundle, copy);
        await using (await temp.OpenAsync()) { }
        Directory.Move(copy, bundle); // as if the crash had come before its removal

        await using (await temp.OpenAsync()) { }

        Assert.Equal(2, (await temp.LeavesAsync()).Count);
        Assert.False(Directory.Exists(bundle));
    }

    [Theory]
    [InlineData("statement", "its signature is not the runner's")]
    [InlineData("sig", "its signature is not the runner's")]
    [InlineData("blobs", "has digest `")]
    public async Task Set_a_changed_bundle_aside_whole_and_report_it(string part, string reason)
    {
        await temp.SealAsync(1);
        string bundle;
        await using (var store = await temp.OpenAsync())
        {
            bundle = await DeferAsync(store, "late");
        }
        var file = Path.Combine(bundle, part);
        file = File.Exists(file) ? file : Directory.EnumerateFiles(file).Single();
        var bytes = await File.ReadAllBytesAsync(file, default);
        bytes[^3] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, default);

        await using var next = await temp.OpenAsync();
        var outcome = await next.SealAsync(TempStore.Request("next"), CancellationToken.None);

        var notice = Assert.Single(outcome.Notices);
        Assert.Equal(StoreNoticeKind.BundleSetAside, notice.Kind);
        Assert.Contains(reason, notice.Message, StringComparison.Ordinal);
        var aside = Path.Combine(temp.Options.Folder, "rejected", Path.GetFileName(bundle));
        Assert.True(File.Exists(Path.Combine(aside, "statement")));
        Assert.False(Directory.Exists(bundle));
        Assert.Equal(2, (await temp.LeavesAsync()).Count);
    }

    [Fact]
    public async Task Set_a_bundle_with_a_missing_part_aside()
    {
        await temp.SealAsync(1);
        string bundle;
        await using (var store = await temp.OpenAsync())
        {
            bundle = await DeferAsync(store, "late");
        }
        File.Delete(Path.Combine(bundle, "sig"));

        await using var next = await temp.OpenAsync();
        var outcome = await next.SealAsync(TempStore.Request("next"), CancellationToken.None);

        Assert.EndsWith(
            "was not taken in: its file `sig` is missing",
            Assert.Single(outcome.Notices).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Set_a_bundle_of_another_log_aside()
    {
        using var other = new TempStore();
        await other.SealAsync(1);
        await temp.SealAsync(1);
        await using var theirs = await other.OpenAsync();
        string bundle;
        await using (var store = await temp.OpenAsync())
        {
            bundle = await DeferAsync(store, "late");
            // Even one signed by the very same runner.
            File.Copy(
                Path.Combine(temp.Options.KeysFolder, store.Origin, "runner.pem"),
                Path.Combine(other.Options.KeysFolder, theirs.Origin, "runner.pem"),
                overwrite: true
            );
        }
        Directory.Move(bundle, Path.Combine(other.Options.Folder, "pending", Path.GetFileName(bundle)));

        var outcome = await theirs.SealAsync(TempStore.Request("next"), CancellationToken.None);

        Assert.Contains(
            $"for the log `{theirs.Origin}`",
            Assert.Single(outcome.Notices).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(2, (await other.LeavesAsync()).Count);
    }

    [Fact]
    public async Task Sweep_what_a_crash_left_of_a_bundle_and_nothing_else()
    {
        await temp.SealAsync(1);
        var pending = Path.Combine(temp.Options.Folder, "pending");
        foreach (var name in new[] { ".half", ".busy" })
        {
            Directory.CreateDirectory(Path.Combine(pending, name, "blobs"));
            await File.WriteAllTextAsync(Path.Combine(pending, name, "statement"), "{", default);
        }
        using var busy = LockFile.TryTake(Path.Combine(pending, ".busy", "statement"));

        await using var store = await temp.OpenAsync();
        await TempStore.SealAsync(store, "next");

        Assert.Equal([".busy"], Directory.EnumerateDirectories(pending).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Leave_a_bundle_too_where_a_foreign_program_holds_the_database()
    {
        await temp.SealAsync(1);
        await using var store = await EvidenceStore.OpenAsync(
            temp.Options with
            {
                BusyTimeout = TimeSpan.FromMilliseconds(1),
            },
            default
        );
        string bundle;
        using (var foreign = new SqliteConnection($"Data Source={temp.Database};Pooling=False"))
        {
            foreign.Open();
            using var transaction = foreign.BeginTransaction(deferred: false);
            bundle = Assert
                .IsType<SealOutcome.Pending>(await store.SealAsync(TempStore.Request("late"), default))
                .Folder;
        }

        await TempStore.SealAsync(store, "next");

        Assert.False(Directory.Exists(bundle));
        Assert.Equal(3, (await temp.LeavesAsync()).Count);
    }

    [Fact]
    public async Task Are_not_stopped_by_a_lock_file_that_nobody_holds()
    {
        await temp.SealAsync(1);
        Assert.True(File.Exists(LockPath));
        await temp.SealAsync(2);
        Assert.Equal(2, (await temp.LeavesAsync()).Count);
    }

    /// <summary>Seals while somebody else holds the store, for as long as it takes to give up.</summary>
    private async Task<string> DeferAsync(
        EvidenceStore store,
        string id,
        Action<DateTimeOffset, IReadOnlyList<BlobRef>>? see = null
    )
    {
        using var held = LockFile.TryTake(LockPath);
        var request = TempStore.Request(id, TempStore.Text($"payload of {id}", "late")) with
        {
            Names = ["resource"],
            Leaf = (time, blobs) =>
            {
                see?.Invoke(time, blobs);
                return TempStore.Leaf(id, time, blobs);
            },
        };
        var start = temp.Clock.GetUtcNow();
        var sealing = store.SealAsync(request, CancellationToken.None);
        await WindUntil(sealing);
        Assert.InRange(temp.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
        return Assert.IsType<SealOutcome.Pending>(await sealing).Folder;
    }

    private async Task WindUntil(Task done)
    {
        while (!done.IsCompleted)
        {
            temp.Clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
