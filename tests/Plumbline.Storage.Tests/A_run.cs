using Plumbline.Core.Evidence;
using Plumbline.Core.Tests.Evidence;

namespace Plumbline.Storage.Tests;

public sealed class A_run : IDisposable
{
    private readonly TempStore temp = new();
    private readonly Guid run = Guid.Parse("0193f3c2-0000-7000-8000-000000000001");

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task That_died_becomes_a_gap_at_the_next_start()
    {
        await using (var dying = await temp.OpenAsync())
        {
            await BeginAsync(dying);
        }
        temp.Clock.Advance(TimeSpan.FromMinutes(5));

        await using (await temp.OpenAsync()) { }
        await using var next = await temp.OpenAsync();

        var leaf = Assert.Single(await temp.LeavesAsync());
        Assert.Contains($$"""],"gap":{"reason":"runLost","run":"{{run}}"},"id":"0""", leaf, StringComparison.Ordinal);
        Assert.EndsWith(
            $$"""
            "observed":["2026-11-20T23:06:12.000000Z","2026-11-20T23:11:12.000000Z"],"time":"2026-11-20T23:11:12.000000Z","tool":{"engine":"{{SampleEstate.Author.Engine}}","name":"plumbline","version":"0.1.0"},"type":"plumbline.dev/gap/v1","v":1}
            """,
            leaf,
            StringComparison.Ordinal
        );
        Assert.StartsWith("""{"actor":"sc:""", leaf, StringComparison.Ordinal);
        Assert.Contains(""","machine":"sc:""", leaf, StringComparison.Ordinal);
        Assert.DoesNotContain(SampleEstate.Author.Actor, leaf, StringComparison.Ordinal);
        Assert.DoesNotContain("scan of", leaf, StringComparison.Ordinal);
        Assert.Equal(0L, temp.Query("SELECT count(*) FROM run"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(temp.Options.Folder, "runs")));
        Assert.Empty(await temp.VerifyAsync());
        var parsed = GapLeaf.Parse(System.Text.Encoding.UTF8.GetBytes(leaf));
        Assert.Equal(["identity", "run"], parsed.Head.Blobs.Select(blob => blob.Name));
        Assert.Equal(
            "scan of ./manifests",
            System.Text.Encoding.UTF8.GetString(await next.BlobAsync(parsed.Head.Blobs[1], default))
        );
        var verification = await new EvidenceVerifier(next).VerifyAsync(CancellationToken.None);
        Assert.True(verification.IsWhole, string.Join('\n', verification.Discrepancies));
    }

    [Fact]
    public async Task That_died_is_told_to_the_next_one_with_what_it_was()
    {
        await using (var dying = await temp.OpenAsync())
        {
            await BeginAsync(dying);
        }
        await using var next = await temp.OpenAsync();

        var outcome = await next.SealAsync(TempStore.Request("next"), CancellationToken.None);

        var notice = Assert.Single(outcome.Notices);
        Assert.Equal(StoreNoticeKind.LostRun, notice.Kind);
        Assert.Equal(
            "the run of 2026-11-20T23:06:12.000000Z ended without sealing (scan of ./manifests); a gap entry says so",
            notice.Message
        );
        Assert.Empty((await next.SealAsync(TempStore.Request("later"), CancellationToken.None)).Notices);
    }

    [Fact]
    public async Task That_lives_is_left_alone()
    {
        await using var living = await temp.OpenAsync();
        await BeginAsync(living);
        await using var other = await temp.OpenAsync();

        var outcome = await other.SealAsync(TempStore.Request("other"), CancellationToken.None);
        await TempStore.SealAsync(living, "own");

        Assert.Empty(outcome.Notices);
        Assert.Equal(2, (await temp.LeavesAsync()).Count);
        Assert.Equal(1L, temp.Query("SELECT count(*) FROM run"));
    }

    [Fact]
    public async Task That_sealed_or_ended_leaves_no_trace_outside_the_log()
    {
        await using (var store = await temp.OpenAsync())
        {
            await BeginAsync(store);
            await store.SealAsync(TempStore.Request("own") with { Run = run }, CancellationToken.None);
            await BeginAsync(store);
            await store.EndRunAsync(run, CancellationToken.None);
        }

        await using (await temp.OpenAsync()) { }

        Assert.Single(await temp.LeavesAsync());
        Assert.Equal(0L, temp.Query("SELECT count(*) FROM run"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(temp.Options.Folder, "runs")));
    }

    [Fact]
    public async Task That_left_a_bundle_is_not_lost()
    {
        await using (var store = await temp.OpenAsync())
        {
            await BeginAsync(store);
            using var held = Files.LockFile.TryTake(Path.Combine(temp.Options.Folder, "writer.lock"));
            var sealing = store.SealAsync(TempStore.Request("own") with { Run = run }, CancellationToken.None);
            while (!sealing.IsCompleted)
            {
                temp.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
            Assert.IsType<SealOutcome.Pending>(await sealing);
        }

        await using (await temp.OpenAsync()) { }

        Assert.Contains("\"id\":\"own\"", Assert.Single(await temp.LeavesAsync()), StringComparison.Ordinal);
        Assert.Equal(0L, temp.Query("SELECT count(*) FROM run"));
    }

    [Fact]
    public async Task Begun_twice_is_our_mistake()
    {
        await using var store = await temp.OpenAsync();
        await BeginAsync(store);

        await Assert.ThrowsAsync<InvalidOperationException>(() => BeginAsync(store));
    }

    private Task BeginAsync(EvidenceStore store) =>
        store.BeginRunAsync(run, temp.Clock.GetUtcNow(), "scan of ./manifests", CancellationToken.None);
}
