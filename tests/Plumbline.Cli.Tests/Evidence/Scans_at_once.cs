using System.Collections.Immutable;
using Plumbline.Storage.Tests;

namespace Plumbline.Cli.Tests.Evidence;

/// <summary>Processes that share a store, or have one that refuses (CONTRACTS §8, "Store").</summary>
public sealed class Scans_at_once : IDisposable
{
    private static readonly ImmutableDictionary<string, string> Usual = ImmutableDictionary<string, string>.Empty;

    private readonly Estate _estate = new();

    public Scans_at_once() => _estate.WriteShop();

    public void Dispose() => _estate.Dispose();

    [Fact]
    public async Task Over_one_store_are_both_sealed()
    {
        const int Rounds = 3;
        for (var round = 0; round < Rounds; round++)
        {
            var runs = await Task.WhenAll(ScanAsync(), ScanAsync());
            Assert.All(runs, run => Assert.Equal(ExitCode.Failed, run.Exit)); // the gate's word: what was found counts
            Assert.All(runs, run => Assert.Contains("Sealed", run.Output));
        }

        await ScanAsync(); // takes in what may have had to wait
        var verified = await _estate.RunProcessAsync(Usual, "evidence", "verify");
        Assert.Equal(ExitCode.Fine, verified.Exit);
        Assert.Contains($"{(2 * Rounds) + 1} assessments", verified.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_estate.PathOf(".plumbline/pending")));
    }

    [Fact]
    public async Task That_find_the_store_held_leave_a_bundle_for_the_next()
    {
        await ScanAsync();
        await using (
            File.Open(_estate.PathOf(".plumbline/writer.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None)
        )
        {
            // Held by this process for as long as a run waits: its clock is one that hurries.
            var waiting = Task.Run(() => _estate.RunAsync("scan"));
            while (!waiting.IsCompleted)
            {
                _estate.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            Assert.Contains("Sealed, and waiting: ", (await waiting).Output);
        }

        var next = await ScanAsync();

        Assert.Equal(ExitCode.Failed, next.Exit);
        Assert.Contains("is now entry 1", next.Error.ReplaceLineEndings(" ").Replace("  ", ""));
        Assert.Equal(ExitCode.Fine, (await _estate.RunProcessAsync(Usual, "evidence", "verify")).Exit);
    }

    [Fact]
    public async Task Of_a_store_that_is_read_only_report_and_seal_nothing()
    {
        await ScanAsync();
        using (Mount.ReadOnly(_estate.PathOf(".plumbline")))
        {
            await SealsNothingAsync("PLB-4002");
        }
    }

    [Theory]
    [InlineData("16k")]
    [InlineData("64k")]
    [InlineData("160k")]
    public async Task Of_a_store_that_is_full_report_and_seal_nothing(string size)
    {
        using (Mount.Small(_estate.PathOf(".plumbline"), size))
        {
            await SealsNothingAsync("PLB-4003");
        }
    }

    private async Task SealsNothingAsync(string code)
    {
        var run = await ScanAsync();
        Assert.Equal(ExitCode.WrongInput, run.Exit);
        Assert.Contains(code, run.Error);
        Assert.Contains("No container is privileged", run.Output);
        Assert.Contains("Nothing was sealed.", run.Output);
    }

    private Task<Transcript> ScanAsync() => _estate.RunProcessAsync(Usual, "scan");
}
