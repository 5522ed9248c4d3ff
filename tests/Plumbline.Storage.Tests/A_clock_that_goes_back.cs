using Plumbline.Core.Evidence;
using Plumbline.Core.Tests.Evidence;

namespace Plumbline.Storage.Tests;

public sealed class A_clock_that_goes_back : IDisposable
{
    private readonly TempStore temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task By_two_seconds_passes_in_silence_and_time_counts_on()
    {
        await temp.SealAsync(1);
        await using var store = await temp.OpenAsync();
        temp.Clock.AdjustTime(temp.Clock.GetUtcNow() - TimeSpan.FromSeconds(2));

        await TempStore.SealAsync(store, "later");

        var leaves = await temp.LeavesAsync();
        Assert.Equal(2, leaves.Count);
        Assert.Contains("2026-11-20T23:06:12.000001Z", leaves[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_more_is_recorded_once_as_a_gap()
    {
        await temp.SealAsync(1);
        await using var store = await temp.OpenAsync();
        temp.Clock.AdjustTime(temp.Clock.GetUtcNow() - TimeSpan.FromHours(1));

        var outcome = await store.SealAsync(TempStore.Request("later"), CancellationToken.None);
        await TempStore.SealAsync(store, "latest");

        var leaves = await temp.LeavesAsync();
        Assert.Equal(4, leaves.Count);
        Assert.Contains(
            ""","gap":{"from":"2026-11-20T23:06:12.000000Z","reason":"clockBackwards","to":"2026-11-20T22:06:12.000000Z"},"id":""",
            leaves[1],
            StringComparison.Ordinal
        );
        Assert.EndsWith("\"type\":\"plumbline.dev/gap/v1\",\"v\":1}", leaves[1], StringComparison.Ordinal);
        var gap = GapLeaf.Parse(System.Text.Encoding.UTF8.GetBytes(leaves[1]));
        Assert.Equal("2026-11-20T23:06:12.000001Z", LogTime.Format(gap.Head.Time));
        Assert.Equal(["identity"], gap.Head.Blobs.Select(blob => blob.Name));
        Assert.Equal(SampleEstate.Author.Engine, gap.Head.Engine);
        Assert.Equal(
            "the clock went back from 2026-11-20T23:06:12.000000Z to 2026-11-20T22:06:12.000000Z; a gap entry says so",
            Assert.Single(outcome.Notices, notice => notice.Kind == StoreNoticeKind.ClockBackwards).Message
        );
        Assert.Empty(await temp.VerifyAsync());
    }
}
