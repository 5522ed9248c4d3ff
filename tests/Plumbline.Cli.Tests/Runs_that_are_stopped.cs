using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Plumbline.Cli.Tests;

/// <summary>Real processes, stopped in the middle: what was found is told and sealed, and the store stays whole.</summary>
/// <remarks>A run is in its middle once its line is in the journal; enough manifests keep it there.</remarks>
public sealed partial class Runs_that_are_stopped : IDisposable
{
    private const int Pods = 20_000;
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;

    private readonly Estate _estate = new();

    public Runs_that_are_stopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are Unix's");
        var text = new StringBuilder();
        for (var i = 0; i < Pods; i++)
        {
            text.Append(
                $"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: web-{i}, namespace: shop, labels: {{owner: ada}}}}\n"
                    + "spec: {containers: [{name: web, securityContext: {privileged: true}}]}\n"
            );
        }

        _estate.WritePod();
        _estate.Write("many.yaml", text.ToString());
    }

    public void Dispose() => _estate.Dispose();

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task By_a_first_signal_end_in_order(int signal)
    {
        var run = await StopAsync(p => Send(p, signal));

        Assert.True(run.Exit is ExitCode.Failed or ExitCode.Incomplete, run.ToString());
        if (run.Output.Length > 0)
        {
            Assert.Contains("Sealed as A-1", run.Output);
            Assert.Contains("Interrupted: ", run.Output);
        }
        else
        {
            Assert.Contains("PLB-7010", run.Error);
        }

        await IsWhole(lostRuns: 0);
    }

    [Fact]
    public async Task By_a_second_signal_end_at_once()
    {
        var run = await StopAsync(p =>
        {
            Send(p, Interrupt);
            _ = SendSignal(p.Id, Interrupt); // it may have ended already
        });

        Assert.False(run.Exit is ExitCode.Fine or ExitCode.WrongInput, run.ToString());
        Assert.Equal(0, (await _estate.RunAsync("evidence", "verify")).Exit);
    }

    [Fact]
    public async Task By_being_killed_are_not_forgotten()
    {
        var run = await StopAsync(p => Send(p, Kill));

        Assert.Equal(128 + Kill, run.Exit);
        Assert.Empty(run.Output);
        await IsWhole(lostRuns: 1);
    }

    /// <summary>The next run says what happened, its evidence verifies, and the ledger holds the gap.</summary>
    private async Task IsWhole(int lostRuns)
    {
        File.Delete(_estate.PathOf("many.yaml"));
        var next = await _estate.RunAsync("scan");
        Assert.Equal(0, next.Exit);
        Assert.Equal(lostRuns, next.Error.Split('\n').Count(l => l.StartsWith("plumb: note: ", StringComparison.Ordinal)));
        Assert.Equal(0, (await _estate.RunAsync("evidence", "verify")).Exit);
        var listed = (await _estate.RunAsync("evidence", "list")).Output;
        Assert.Equal(lostRuns, listed.Split('\n').Count(l => l.Contains("a run ended without sealing anything")));
    }

    /// <summary>Starts a scan, stops it as soon as its line is in the journal, and waits for its end.</summary>
    private async Task<Transcript> StopAsync(Action<Process> stop)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(_estate.Folder) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        watcher.Created += (_, e) =>
        {
            if (Path.GetFileName(Path.GetDirectoryName(e.FullPath)) == "runs")
            {
                begun.TrySetResult();
            }
        };
        Directory.CreateDirectory(_estate.PathOf(".plumbline/runs")); // a watcher may miss what is made in a folder that is new itself
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await Task.WhenAny(begun.Task, process.WaitForExitAsync());
        Assert.True(begun.Task.IsCompleted, "the run ended before it was in the journal");
        stop(process);
        await process.WaitForExitAsync();
        return new Transcript("plumb scan", process.ExitCode, await output, await error);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "plumb"), ["scan"])
        {
            WorkingDirectory = _estate.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _estate.Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static void Send(Process process, int signal) => Assert.Equal(0, SendSignal(process.Id, signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
