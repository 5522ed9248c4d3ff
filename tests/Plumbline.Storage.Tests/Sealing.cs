using System.Text;
using CsCheck;
using Plumbline.Core.Evidence;
using Plumbline.Ledger.Checkpoints;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Tiles;
using Plumbline.Ledger.Trees;

namespace Plumbline.Storage.Tests;

public sealed class Sealing : IDisposable
{
    private readonly TempStore temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Gives_a_receipt_whose_checkpoint_anybody_can_verify()
    {
        await using var store = await temp.OpenAsync();

        var receipt = await TempStore.SealAsync(store, "one");

        Assert.Equal((0, 1), (receipt.Index, receipt.Label));
        var head = SignedCheckpoint
            .Open(Encoding.UTF8.GetBytes(receipt.Checkpoint), store.Origin, [VerifierKey.Parse(store.VerifierKey)])
            .Head;
        Assert.Equal(1, head.Size);
        Assert.Equal(head.Root.ToArray(), receipt.LeafHash.ToArray());
    }

    [Fact]
    public async Task Keeps_the_leaf_byte_for_byte()
    {
        await using var store = await temp.OpenAsync();
        var request = TempStore.Request("one", TempStore.Text("hello"));
        byte[] written = [];

        await store.SealAsync(
            request with
            {
                Leaf = (time, blobs) => written = TempStore.Leaf("one", time, blobs),
            },
            CancellationToken.None
        );

        var entry = await store.EntryAsync(0, CancellationToken.None);
        Assert.Equal(written, entry!.Data.ToArray());
        Assert.Equal(TreeHash.OfLeaf(written).ToArray(), entry.LeafHash.ToArray());
        Assert.Null(await store.EntryAsync(1, CancellationToken.None));
    }

    [Fact]
    public async Task Twice_under_one_id_yields_the_first_entry()
    {
        await using var store = await temp.OpenAsync();
        await TempStore.SealAsync(store, "zero");
        var first = await TempStore.SealAsync(store, "one", TempStore.Text("a"));

        var second = await TempStore.SealAsync(store, "one", TempStore.Text("b"));

        Assert.Equal((first.Index, first.Label), (second.Index, second.Label));
        Assert.Equal(2, (await temp.LeavesAsync()).Count);
    }

    [Fact]
    public async Task Labels_assessments_only()
    {
        await using var store = await temp.OpenAsync();
        await TempStore.SealAsync(store, "first");
        var other = TempStore.Request("other") with
        {
            Leaf = (time, blobs) => TempStore.Leaf("other", time, blobs, "plumbline.dev/waiver/v1"),
        };
        var waiver = Assert.IsType<SealOutcome.Sealed>(await store.SealAsync(other, CancellationToken.None));
        var second = await TempStore.SealAsync(store, "second");

        Assert.Null(waiver.Receipt.Label);
        Assert.Equal(2, second.Label);
        Assert.Equal(2, (await store.AssessmentAsync(2, CancellationToken.None))!.Index);
        Assert.Null(await store.AssessmentAsync(3, CancellationToken.None));
    }

    [Fact]
    public async Task Finds_entries_by_the_names_they_were_sealed_under()
    {
        await using var store = await temp.OpenAsync();
        await store.SealAsync(TempStore.Request("a") with { Names = ["host:db|linux/service|auditd"] }, default);
        await store.SealAsync(TempStore.Request("b") with { Names = ["another"] }, default);
        await store.SealAsync(
            TempStore.Request("c") with
            {
                Names = ["another", "host:db|linux/service|auditd"],
            },
            default
        );

        Assert.Equal([0, 2], await store.FindAsync("host:db|linux/service|auditd", CancellationToken.None));
        Assert.Empty(await store.FindAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public async Task Proves_every_entry_from_the_tiles_across_their_edges()
    {
        await temp.SealAsync(258);
        await using var store = await temp.OpenForReadingAsync();
        var text = await store.CheckpointAsync(CancellationToken.None);
        var head = SignedCheckpoint
            .Open(Encoding.UTF8.GetBytes(text!), store.Origin, [VerifierKey.Parse(store.VerifierKey)])
            .Head;
        var tiles = new Dictionary<(int, long), byte[]>();
        foreach (var tile in TileId.OfTree(head.Size))
        {
            tiles[(tile.Level, tile.Index)] = await store.TileAsync(tile.Level, tile.Index, CancellationToken.None);
        }
        var tree = new TiledTree(head.Size, tile => tiles[(tile.Level, tile.Index)]);

        await foreach (var entry in store.EntriesAsync(0, CancellationToken.None))
        {
            var proof = tree.ProveInclusion(entry.Index, head.Size);
            Assert.True(proof.Proves(TreeHash.OfLeaf(entry.Data.Span), head.Root), $"entry {entry.Index}");
        }
        Assert.Empty(await store.TileAsync(2, 0, CancellationToken.None));
    }

    [Fact]
    public async Task Refuses_a_leaf_that_does_not_state_the_logs_time()
    {
        await using var store = await temp.OpenAsync();
        var request = TempStore.Request("one") with
        {
            Leaf = (time, blobs) => TempStore.Leaf("one", time.AddSeconds(1), blobs),
        };

        var refused = await Assert.ThrowsAsync<FormatException>(() => store.SealAsync(request, default));

        Assert.Contains("2026-11-20T23:06:12.000000Z", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await temp.LeavesAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"id":"a","type":"t"}""")]
    [InlineData("""{"id":1,"time":"2026-11-20T23:06:12.000000Z","type":"t"}""")]
    [InlineData("""{"id":"a","time":"yesterday","type":"t"}""")]
    [InlineData("""{"id":"a","time":"2026-11-20T23:06:12.000000Z","type":"t"} """)]
    [InlineData("""{"id":"a","time":"2026-11-20T23:06:12.000000Z","type":"t"}{}""")]
    public async Task Refuses_a_leaf_that_is_none(string leaf)
    {
        await using var store = await temp.OpenAsync();
        var request = TempStore.Request("one") with { Leaf = (_, _) => Encoding.UTF8.GetBytes(leaf) };

        await Assert.ThrowsAsync<FormatException>(() => store.SealAsync(request, default));
        Assert.Empty(await temp.LeavesAsync());
    }

    [Fact]
    public async Task Refuses_a_leaf_that_is_longer_than_an_entry_may_be()
    {
        await using var store = await temp.OpenAsync();
        var id = new string('x', LedgerEntry.MaxBytes);

        var refused = await Assert.ThrowsAsync<FormatException>(() => store.SealAsync(TempStore.Request(id), default));

        Assert.Contains("at most 65535 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_store_out_of_version_control()
    {
        await temp.SealAsync(1);

        Assert.Equal("*\n", await File.ReadAllTextAsync(Path.Combine(temp.Options.Folder, ".gitignore"), default));
    }

    [Fact]
    public async Task Cuts_the_clock_to_microseconds_and_counts_on_within_one()
    {
        await using var store = await temp.OpenAsync();
        temp.Clock.Advance(TimeSpan.FromTicks(12_345_678));
        await TempStore.SealAsync(store, "a");
        await TempStore.SealAsync(store, "b");

        var leaves = await temp.LeavesAsync();

        Assert.Contains("\"2026-11-20T23:06:13.234567Z\"", leaves[0], StringComparison.Ordinal);
        Assert.Contains("\"2026-11-20T23:06:13.234568Z\"", leaves[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_read_back_as_they_were_written() =>
        Gen.Long[0, 253_402_300_799_999_999]
            .Sample(microseconds =>
            {
                var text = LogTime.Format(LogTime.FromMicroseconds(microseconds));
                return text.Length == LogTime.Length
                    && LogTime.TryParse(text, out var time)
                    && LogTime.ToMicroseconds(time) == microseconds;
            });
}
