using Plumbline.Storage.Tests;

namespace Plumbline.Cli.Tests;

/// <summary>A store that refuses costs the evidence, and says so; it never costs the report.</summary>
public sealed class Bad_stores : IDisposable
{
    private readonly Estate _estate = new();

    public Bad_stores() => _estate.WriteShop();

    public void Dispose() => _estate.Dispose();

    [Fact]
    public async Task That_cannot_be_written_to_leave_the_report()
    {
        await _estate.RunAsync("scan");
        using (Mount.ReadOnly(_estate.PathOf(".plumbline")))
        {
            await SealsNothing("read-only-store", "PLB-4002");
        }

        await IsAsItWas();
    }

    [Fact]
    public async Task That_are_full_leave_the_report()
    {
        using (Mount.Small(_estate.PathOf(".plumbline"), "64k"))
        {
            await SealsNothing("full-store", "PLB-4003");
        }
    }

    [Fact]
    public async Task That_are_damaged_leave_the_report_and_are_not_touched()
    {
        await _estate.RunAsync("scan");
        var path = _estate.PathOf(".plumbline/store.db");
        var bytes = await File.ReadAllBytesAsync(path, default);
        bytes.AsSpan(100, 4000).Fill(0x5A);
        await File.WriteAllBytesAsync(path, bytes, default);

        await SealsNothing("corrupt-store", "PLB-4004");

        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, default));
        var verified = await _estate.RunAsync("evidence", "verify");
        Assert.Equal(1, verified.Exit);
        Assert.Contains("PLB-4004", verified.Error);
    }

    [Fact]
    public async Task That_another_run_holds_get_it_later()
    {
        await _estate.RunAsync("scan");
        Transcript run;
        await using (
            File.Open(_estate.PathOf(".plumbline/writer.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None)
        )
        {
            var scan = Task.Run(() => _estate.RunAsync("scan"));
            while (!scan.IsCompleted)
            {
                _estate.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            run = await scan;
        }

        Assert.Equal(1, run.Exit); // the gate: what was found counts
        Assert.Contains("Sealed, and waiting: ", run.Output);
        var next = await _estate.RunAsync("scan");
        Assert.Contains("Sealed as A-3, ledger entry 2.", next.Output);
        Assert.Contains("plumb: note: ", next.Error);
        await IsAsItWas();
    }

    [Fact]
    public async Task That_are_no_stores_are_told_apart()
    {
        await _estate.RunAsync("scan", "--store", "deploy/orders-db.yaml/store");

        var run = await _estate.RunAsync("evidence", "list", "--store", "nowhere");

        Assert.Equal(2, run.Exit);
        Assert.Contains("PLB-4001", run.Error);
    }

    [Fact]
    public async Task That_were_tampered_with_do_not_verify()
    {
        await _estate.RunAsync("scan");
        var path = _estate.PathOf(".plumbline/store.db");
        var text = await File.ReadAllBytesAsync(path, default);
        var at = text.AsSpan().IndexOf("plumbline.dev/assessment/v1"u8);
        text[at] = (byte)'q';
        await File.WriteAllBytesAsync(path, text, default);

        var run = await _estate.RunAsync("evidence", "verify");

        Assert.Equal(1, run.Exit);
        Assert.Contains("FAIL  ", run.Output + run.Error);
    }

    private async Task SealsNothing(string name, string code)
    {
        var run = await _estate.RunAsync("scan");

        Assert.Equal(2, run.Exit);
        Assert.Contains(code, run.Error);
        Assert.Contains("No container is privileged", run.Output);
        Assert.Contains("Nothing was sealed.", run.Output);
        Golden.Matches($"golden/bad-input/{name}.txt", run.ToString());
    }

    private async Task IsAsItWas() => Assert.Equal(0, (await _estate.RunAsync("evidence", "verify")).Exit);
}
