using System.Diagnostics;
using System.Globalization;
using Plumbline.Core.Tests.Evidence;

namespace Plumbline.Storage.Tests;

/// <summary>The oracle: what was confirmed is there, once, where it was said to be; nothing is there that was not asked for.</summary>
public sealed class A_crash : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("plumb-crash-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private StoreOptions Options =>
        new()
        {
            Folder = Path.Combine(root, "store"),
            KeysFolder = Path.Combine(root, "keys"),
            Author = () => SampleEstate.Author,
        };

    [Fact]
    public async Task Of_a_writer_loses_nothing_that_was_confirmed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kills as Unix does");
        var random = new Random(4711);
        var oracle = new Oracle();
        var next = 0;
        for (var round = 0; round < (Long.Wanted ? 1000 : 10); round++)
        {
            using var child = Start([], first: next, count: int.MaxValue / 2);
            var confirmations = random.Next(1, 6);
            while (confirmations > 0 && await child.StandardOutput.ReadLineAsync() is { } line)
            {
                oracle.Hear(line);
                confirmations -= line.StartsWith("ack", StringComparison.Ordinal) ? 1 : 0;
            }
            await Task.Delay(TimeSpan.FromMicroseconds(random.Next(0, 5_000))); // somewhere in the next one or two seals
            child.Kill();
            await oracle.HearAllAsync(child);
            next = oracle.Attempted.Count == 0 ? 0 : oracle.Attempted.Max() + 1;
            await oracle.CheckAsync(Options);
        }
        Assert.NotEmpty(oracle.Confirmed);
    }

    [Fact]
    public async Task That_cuts_the_write_ahead_log_short_goes_back_to_a_whole_commit()
    {
        var copies = Directory.CreateDirectory(Path.Combine(root, "copies")).FullName;
        await using (var store = await EvidenceStore.OpenAsync(Options, CancellationToken.None))
        {
            for (var i = 0; i < 4; i++)
            {
                await TempStore.SealAsync(store, $"e{i}", TempStore.Text($"text {i}"));
            }
            // The log is folded into the file when the last connection closes: this is what a power cut would leave.
            File.Copy(Path.Combine(Options.Folder, "store.db"), Path.Combine(copies, "store.db"));
            File.Copy(Path.Combine(Options.Folder, "store.db-wal"), Path.Combine(copies, "store.db-wal"));
        }
        var log = await File.ReadAllBytesAsync(Path.Combine(copies, "store.db-wal"), default);
        var step = Long.Wanted ? 512 : 12_800;
        var sizes = new List<int>();
        foreach (var cut in Enumerable.Range(0, log.Length / step + 1).Select(i => i * step).Append(log.Length))
        {
            var options = Options with { Folder = Path.Combine(root, $"cut-{sizes.Count}") };
            Directory.CreateDirectory(options.Folder);
            File.Copy(Path.Combine(copies, "store.db"), Path.Combine(options.Folder, "store.db"));
            await File.WriteAllBytesAsync(Path.Combine(options.Folder, "store.db-wal"), log[..cut], default);
            await using var store = await EvidenceStore.OpenAsync(options, CancellationToken.None);
            Assert.Empty(await store.VerifyAsync(CancellationToken.None).ToListAsync());
            sizes.Add(await store.EntriesAsync(0, CancellationToken.None).CountAsync());
        }
        Assert.Equal(sizes.Order(), sizes);
        Assert.Equal((0, 4), (sizes[0], sizes[^1]));
    }

    /// <remarks>Tessera's method: every single system call of one seal fails once, in each way.</remarks>
    [Theory]
    [InlineData("pwrite64", "signal=KILL")]
    [InlineData("fsync", "signal=KILL")]
    [InlineData("unlink", "signal=KILL")]
    [InlineData("ftruncate", "signal=KILL")]
    [InlineData("pwrite64", "error=EIO")]
    [InlineData("fsync", "error=EIO")]
    [InlineData("pwrite64", "error=ENOSPC")]
    public async Task At_any_system_call_of_a_seal_leaves_a_store_that_holds(string call, string fault)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "needs strace");
        var oracle = new Oracle();
        var next = 0;
        await SealAsync(oracle, [], next++); // makes the store, so that what follows is a seal and not a migration
        for (var when = 1; ; when += Long.Wanted ? 1 : 11)
        {
            var isHit = await SealAsync(oracle, Strace(call, fault, when), next++);
            await oracle.CheckAsync(Options);
            if (!isHit)
            {
                Assert.NotEqual(1, when);
                break;
            }
        }
    }

    [Theory]
    [InlineData("pwrite64", "signal=KILL")]
    [InlineData("fsync", "signal=KILL")]
    [InlineData("pwrite64", "error=EIO")]
    public async Task While_a_store_is_made_leaves_none_or_one_that_holds(string call, string fault)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "needs strace");
        for (var when = 1; ; when += Long.Wanted ? 1 : 60)
        {
            var oracle = new Oracle();
            var isHit = await SealAsync(oracle, Strace(call, fault, when), 0);
            await SealAsync(oracle, [], 1);
            await oracle.CheckAsync(Options);
            Assert.Contains(1, oracle.Confirmed.Keys);
            Directory.Delete(Options.Folder, recursive: true);
            if (!isHit)
            {
                Assert.NotEqual(1, when);
                break;
            }
        }
    }

    /// <summary>Lets a child seal one entry.</summary>
    /// <returns>Whether the injected fault came to pass.</returns>
    private async Task<bool> SealAsync(Oracle oracle, string[] prefix, int number)
    {
        using var child = Start(prefix, number, count: 1);
        var errors = child.StandardError.ReadToEndAsync();
        await oracle.HearAllAsync(child);
        await errors;
        await child.WaitForExitAsync();
        var trace = Path.Combine(root, "trace");
        var isHit = File.Exists(trace) && (await File.ReadAllTextAsync(trace)).Contains("(INJECTED)", default);
        File.Delete(trace);
        return isHit || (prefix.Length > 0 && child.ExitCode == 137);
    }

    private string[] Strace(string call, string fault, int when) =>
        [
            "/usr/bin/strace",
            "-f",
            "-qq",
            "-o",
            Path.Combine(root, "trace"),
            "-P",
            Path.Combine(Options.Folder, "store.db"),
            "-P",
            Path.Combine(Options.Folder, "store.db-wal"),
            "-P",
            Options.Folder,
            "-e",
            $"trace={call}",
            "-e",
            $"inject={call}:{fault}:when={when.ToString(CultureInfo.InvariantCulture)}",
        ];

    private Process Start(string[] prefix, int first, int count)
    {
        string[] command =
        [
            .. prefix,
            Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : "dotnet",
            Path.Combine(AppContext.BaseDirectory, "Plumbline.Storage.CrashChild.dll"),
            Options.Folder,
            Options.KeysFolder,
            first.ToString(CultureInfo.InvariantCulture),
            count.ToString(CultureInfo.InvariantCulture),
        ];
        return Process.Start(
            new ProcessStartInfo(command[0], command[1..])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = prefix.Length > 0 || count == 1,
            }
        )!;
    }

    private sealed class Oracle
    {
        public HashSet<int> Attempted { get; } = [];

        public Dictionary<int, long> Confirmed { get; } = [];

        public void Hear(string line)
        {
            if (line.Split(' ') is not [var what, var number, .. var rest])
            {
                return;
            }
            var n = int.Parse(number, CultureInfo.InvariantCulture);
            if (what == "attempt")
            {
                Attempted.Add(n);
            }
            else if (what == "ack")
            {
                Confirmed.Add(n, long.Parse(rest[0], CultureInfo.InvariantCulture));
            }
        }

        public async Task HearAllAsync(Process child)
        {
            while (await child.StandardOutput.ReadLineAsync() is { } line)
            {
                Hear(line);
            }
        }

        public async Task CheckAsync(StoreOptions options)
        {
            // Opening settles: heads are signed, bundles taken in, dead runs recorded.
            await using var store = await EvidenceStore.OpenAsync(options, CancellationToken.None);
            Assert.Empty(await store.VerifyAsync(CancellationToken.None).ToListAsync());
            var found = new Dictionary<int, long>();
            await foreach (var entry in store.EntriesAsync(0, CancellationToken.None))
            {
                using var leaf = System.Text.Json.JsonDocument.Parse(entry.Data);
                if (leaf.RootElement.GetProperty("id").GetString()!.Split("number-") is [_, var number])
                {
                    found.Add(int.Parse(number, CultureInfo.InvariantCulture), entry.Index); // throws on a duplicate
                }
            }
            Assert.Empty(Confirmed.Except(found));
            Assert.Empty(found.Keys.Except(Attempted));
        }
    }
}
