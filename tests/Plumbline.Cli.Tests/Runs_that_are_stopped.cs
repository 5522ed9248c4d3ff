using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>Real processes, stopped in the middle: what was found is told and sealed, and the store stays whole.</summary>
/// <remarks>A run is in its middle once its line is in the journal; enough manifests keep it there.</remarks>
public sealed partial class Runs_that_are_stopped : IDisposable
{
    private const int Pods = 20_000;
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;

    /// <summary>The processes have the machine's clock, and what runs after them must not be before them.</summary>
    private readonly Estate _estate = new()
    {
        Clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(1)),
    };

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

        _estate.WritePod("a/pod.yaml");
        _estate.Write("z/many.yaml", text.ToString());
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
        Directory.Delete(_estate.PathOf("z"), recursive: true);
        var next = await _estate.RunAsync("scan");
        Assert.Equal(0, next.Exit);
        Assert.Equal(
            lostRuns,
            next.Error.Split('\n').Count(l => l.StartsWith("plumb: note: ", StringComparison.Ordinal))
        );
        Assert.Equal(0, (await _estate.RunAsync("evidence", "verify")).Exit);
        var listed = (await _estate.RunAsync("evidence", "list")).Output;
        Assert.Equal(lostRuns, listed.Split('\n').Count(l => l.Contains("a run ended without sealing anything")));
    }

    /// <summary>Starts a scan, stops it as soon as its line is in the journal, and waits for its end.</summary>
    private async Task<Transcript> StopAsync(Action<Process> stop)
    {
        using var process = Start();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        while (!IsInJournal())
        {
            Assert.False(process.HasExited, "the run ended before it was in the journal");
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }

        stop(process);
        await process.WaitForExitAsync();
        return new Transcript("plumb scan", process.ExitCode, await output, await error);
    }

    private bool IsInJournal()
    {
        if (!File.Exists(_estate.PathOf(".plumbline/store.db")))
        {
            return false;
        }

        try
        {
            using var connection = new SqliteConnection(
                $"Data Source={_estate.PathOf(".plumbline/store.db")};Mode=ReadOnly;Pooling=False"
            );
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM run";
            return command.ExecuteScalar() is > 0L;
        }
        catch (SqliteException)
        {
            return false; // it is still being made
        }
    }

    private Process Start()
    {
        // A shell that runs the tests in the background has interrupts ignored, and children inherit that.
        string[] command = ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, "plumb"), "scan"];
        var start = new ProcessStartInfo("env", command)
        {
            WorkingDirectory = _estate.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
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
