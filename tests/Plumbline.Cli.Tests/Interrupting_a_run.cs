using Microsoft.Extensions.Time.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>The same in one process, where the moment can be chosen.</summary>
public sealed class Interrupting_a_run : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Estate _estate;

    public Interrupting_a_run() => _estate = new Estate { Clock = new AskedClock(_stop), Interrupted = _stop.Token };

    public void Dispose()
    {
        _estate.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task While_a_check_is_asked_seals_that_it_was_not_answered()
    {
        _estate.WritePod();
        Endless.WriteTo(_estate);

        var run = await _estate.RunAsync("scan");

        Assert.Equal(ExitCode.Incomplete, run.Exit);
        Golden.Matches("golden/interrupted.txt", run.ToString());
        _estate.Interrupted = default;
        Assert.Equal(0, (await _estate.RunAsync("evidence", "verify")).Exit);
    }

    [Fact]
    public async Task In_audit_mode_lets_everybody_through_and_says_so()
    {
        _estate.WritePod();
        Endless.WriteTo(_estate);

        var run = await _estate.RunAsync("scan", "--audit");

        Assert.Equal(ExitCode.Fine, run.Exit);
        Assert.Contains("Gate, audit only: ", run.Output);
    }

    [Fact]
    public async Task Before_anything_was_read_seals_nothing()
    {
        _estate.WritePod();
        await _stop.CancelAsync();

        var run = await _estate.RunAsync("scan");

        Assert.Equal(ExitCode.Incomplete, run.Exit);
        Assert.Contains("PLB-7010", run.Error);
        Assert.Empty(run.Output);
    }

    /// <summary>Stops the run when it is asked how late it is by the evaluation; before it the new store and the progress line ask.</summary>
    private sealed class AskedClock(CancellationTokenSource stop)
        : FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero))
    {
        private int _asked;

        public override long GetTimestamp()
        {
            if (++_asked == 3)
            {
                stop.Cancel();
            }

            return base.GetTimestamp();
        }
    }
}
