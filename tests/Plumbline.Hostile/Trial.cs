using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Cli;
using Plumbline.Core.Waivers;
using Plumbline.Exchange.Reports;
using Plumbline.Hostile.Inputs;

namespace Plumbline.Hostile;

/// <summary>Puts an input before the whole program, in a repository with one manifest that is right, and judges what comes of it.</summary>
/// <remarks>
/// However bad the input: an exit code that the manual names, no mistake of ours, a fault or a gap with its place, and the good
/// manifest judged all the same. What is printed and written hides nothing and obeys nothing.
/// </remarks>
internal sealed partial class Trial : IDisposable
{
    /// <summary>Long after a person has given up, on the busiest machine; what it ends is a failed test, and the end of the process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _root = Directory.CreateTempSubdirectory("plumb-hostile-").FullName;
    private readonly string _folder;

    public Trial()
    {
        _folder = Path.Combine(_root, "shop");
        Write(".git/config", "[remote \"origin\"]\n\turl = https://git.example/acme/shop.git\n"u8.ToArray());
        Write(
            "good.yaml",
            Encoding.UTF8.GetBytes("apiVersion: v1\nkind: Pod\nmetadata: {name: good, labels: {owner: ada}}\n")
        );
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <returns>What is wrong with what came; null where all is well. And how long processors worked on it, whatever else they had to do.</returns>
    public async Task<(string? Fault, TimeSpan Took)> RunAsync(HostileInput input)
    {
        foreach (var (path, bytes) in input.Files)
        {
            Write(path, bytes);
        }

        try
        {
            var start = Environment.CpuUsage.TotalTime;
            var fault =
                input.Kind == "waivers"
                    ? await Task.Run(() => FaultOfWaivers(input)).WaitAsync(Patience)
                    : FaultOf(input, await ScanAsync(input));
            return (fault, Environment.CpuUsage.TotalTime - start);
        }
        finally
        {
            foreach (var (path, _) in input.Files)
            {
                File.Delete(Path.Combine(_folder, path));
            }

            File.Delete(Path.Combine(_root, "out.json"));
            File.Delete(Path.Combine(_root, "out.sarif"));
        }
    }

    /// <summary>Whether the ledger of all these runs is what was sealed.</summary>
    public async Task<string?> VerifyAsync() =>
        await RunAsync(["evidence", "verify", "--store", Store], useLibrary: false) is { Exit: not 0 } run
            ? $"the ledger does not verify:\n{run.Output}{run.Error}"
            : null;

    private string Store => Path.Combine(_root, "store");

    private Task<Run> ScanAsync(HostileInput input)
    {
        string[] reports =
        [
            "--format=cli",
            $"--format=json:{Path.Combine(_root, "out.json")}",
            $"--format=sarif:{Path.Combine(_root, "out.sarif")}",
        ];
        // Words of the input stand first, where they are targets; settings say themselves which reports they want.
        string[] words =
            input.Kind == "settings" ? ["scan", "--store", Store]
            : input.Kind == "words" ? ["scan", "--store", Store, .. input.Words]
            : ["scan", ".", "--store", Store, .. reports];
        return RunAsync(words, input.Files.Any(f => f.Path.StartsWith("library/", StringComparison.Ordinal)))
            .WaitAsync(Patience);
    }

    private async Task<Run> RunAsync(string[] words, bool useLibrary)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var host = new HostEnvironment
        {
            WorkingFolder = _folder,
            Home = Path.Combine(_root, "home"),
            User = "ada",
            Machine = "build-7",
            Variable = name =>
                name switch
                {
                    "LANG" => "C.UTF-8",
                    "PLUMB_CONTENT" => useLibrary
                        ? Path.Combine(_folder, "library")
                        : Path.Combine(AppContext.BaseDirectory, "library"),
                    "XDG_CONFIG_HOME" => Path.Combine(_root, "config"),
                    _ => null,
                },
            Output = new OutputEnd(output, IsTerminal: false, () => 0),
            Error = new OutputEnd(error, IsTerminal: false, () => 0),
        };
        var exit = await Task.Run(() => new CommandLine(host).RunAsync(words));
        return new Run(exit, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Their reader alone: what they lead to when they are right is tested where they are judged.</summary>
    private static string? FaultOfWaivers(HostileInput input)
    {
        _ = WaiverFile.TryRead(input.File, input.Files[0].Bytes, ["demo-owner"], out _, out var faults);
        return faults.FirstOrDefault(f => f.At.Line < 1 || f.Message.Length == 0) is { } vague
            ? $"refused without a place: {vague}"
            : null;
    }

    private string? FaultOf(HostileInput input, Run run)
    {
        if (run.Exit is < 0 or > 3 || run.Error.Contains("PLB-7999", StringComparison.Ordinal))
        {
            return $"exit code {run.Exit}: {run.Error}";
        }

        if (input.Words.Count == 0 && HiddenIn(run.Output + run.Error) is { } hidden)
        {
            return $"the output holds {Visible.Escape(hidden.Value)}";
        }

        return run.Exit == ExitCode.WrongInput ? FaultOfRefusal(input, run)
            : input.Kind is "settings" or "words" ? null
            : FaultOfReports(input, run);
    }

    /// <summary>Manifests are never wrong input; the rest says where it is wrong.</summary>
    private static string? FaultOfRefusal(HostileInput input, Run run)
    {
        var isPlaced = input.Kind switch
        {
            "json" or "yaml" or "string" => false,
            "words" => Code().IsMatch(run.Error),
            "settings" => Code().IsMatch(run.Error)
                && (Place().IsMatch(run.Error) || !run.Error.Contains(input.File, StringComparison.Ordinal)),
            "policy" => Place().IsMatch(run.Error),
            _ => Code().IsMatch(run.Error) && Place().IsMatch(run.Error),
        };
        return isPlaced ? null : $"refused without a place: {run.Error}";
    }

    private string? FaultOfReports(HostileInput input, Run run)
    {
        using var report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_root, "out.json")));
        using var log = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_root, "out.sarif")));
        var findings = report.RootElement.GetProperty("findings").EnumerateArray().ToList();
        if (!findings.Exists(f => f.GetProperty("name").GetString() == "Pod good"))
        {
            return $"the manifest beside it was not judged: {run.Output}";
        }

        foreach (var result in log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
        {
            var message = result.GetProperty("message").GetProperty("text").GetString()!;
            if (HiddenIn(message) is { } hidden || message.Contains("](", StringComparison.Ordinal))
            {
                return $"SARIF says `{message}`";
            }
        }

        return input.Kind switch
        {
            "json" or "yaml" => FaultOfReading(input, report.RootElement),
            "policy" => findings.Exists(f => f.GetProperty("check").GetString() is "guest" or "demo-owner")
                ? null
                : "the policy was not asked",
            _ => null,
        };
    }

    /// <summary>The hostile manifest was read, or is a gap that names it and, where it is broken, the place.</summary>
    private static string? FaultOfReading(HostileInput input, JsonElement report)
    {
        var gaps = report
            .GetProperty("gaps")
            .EnumerateArray()
            .Select(g => g.GetProperty("reason").GetString()!)
            .Where(r => r.Contains(input.File, StringComparison.Ordinal))
            .ToList();
        var files = report.GetProperty("assessment").GetProperty("files");
        return gaps.Find(g => !Place().IsMatch(g)) is { } vague ? $"a gap without a place: {vague}"
            : input.Files[0].Bytes.Length == 0 ? null // which is passed over
            : files.GetProperty("read").GetInt32() < 2 ? "it was not looked at"
            : input.Outcome == Outcome.Gap && gaps.Count == 0 ? "it was taken for JSON"
            : input.Outcome == Outcome.Read && gaps.Exists(g => g.Contains("PLB-2010", StringComparison.Ordinal))
                ? $"it was not taken for JSON: {gaps[0]}"
            : null;
    }

    /// <summary>The first character that a reader would not see, or that a terminal would obey.</summary>
    private static Rune? HiddenIn(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != '\n' && Visible.IsHidden(rune))
            {
                return rune;
            }
        }

        return null;
    }

    private void Write(string path, byte[] bytes)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
    }

    private sealed record Run(int Exit, string Output, string Error);

    [GeneratedRegex("PLB-[0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex(":[0-9]+:[0-9]+: ")]
    private static partial Regex Place();
}
