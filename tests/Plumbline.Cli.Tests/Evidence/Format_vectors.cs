using System.Diagnostics;
using System.Text;

namespace Plumbline.Cli.Tests.Evidence;

/// <summary>The files in <c>docs/formats/vectors</c>: what the code writes today, and what a stranger reads who has only the documents.</summary>
/// <remarks>
/// <c>read_vectors.py</c> is that stranger: Python's standard library, none of our code. PLUMB_ACCEPT=1 writes the files anew; a
/// diff there is a change of a stored format, and needs a new version of it.
/// </remarks>
public sealed class Format_vectors : IDisposable
{
    private static readonly string[] Parts = ["log", "pending", "snapshot"];

    private readonly string _copy = Directory.CreateTempSubdirectory("plumb-vectors-").FullName;

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Fact]
    public async Task Are_what_is_written_today()
    {
        var made = await SampleLog.MakeAsync();
        if (Environment.GetEnvironmentVariable("PLUMB_ACCEPT") == "1")
        {
            Accept(made);
        }

        Assert.Equal(made.Keys.Order(StringComparer.Ordinal), Kept().Order(StringComparer.Ordinal));
        foreach (var (path, bytes) in made)
        {
            var kept = await File.ReadAllBytesAsync(Path.Combine(SampleLog.Folder, path), default);
            Assert.True(
                bytes.AsSpan().SequenceEqual(kept),
                $"`docs/formats/vectors/{path}` differs from what is written today"
            );
        }
    }

    [Fact]
    public async Task Are_read_by_a_stranger()
    {
        var (exit, output) = await ReadAsync(SampleLog.Folder);

        Assert.Equal("", output.Error);
        Assert.Equal(0, exit);
        Assert.Contains("2 assessments", output.Text);
    }

    [Fact]
    public async Task Are_refused_by_a_stranger_when_a_byte_was_flipped()
    {
        CopyKept();
        // One of each kind; under PLUMB_LONG every file.
        var files = Long.Wanted ? [.. Kept()] : Kept().GroupBy(KindOf).Select(g => g.First()).ToList();
        Assert.InRange(files.Count, 12, int.MaxValue);
        foreach (var file in files)
        {
            var path = Path.Combine(_copy, file);
            var bytes = await File.ReadAllBytesAsync(path, default);
            var flipped = bytes.ToArray();
            flipped[flipped.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(path, flipped, default);

            var (exit, output) = await ReadAsync(_copy);

            Assert.True(exit == 1, $"{file}: a flipped byte went unnoticed\n{output.Text}");
            Assert.Contains(file, output.Error);
            await File.WriteAllBytesAsync(path, bytes, default);
        }
    }

    /// <summary>What files of one kind have in common: the folder, and of payloads how they begin.</summary>
    private static string KindOf(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var start = file.StartsWith("log/opened/", StringComparison.Ordinal)
            ? File.ReadAllBytes(Path.Combine(SampleLog.Folder, file))[32..38]
            : [];
        return
            folder is "log/blobs" or "log/proofs" or "log/opened" or "snapshot/documents"
            || folder.EndsWith("/blobs", StringComparison.Ordinal)
            ? $"{folder} {Encoding.UTF8.GetString(start)}"
            : file;
    }

    private static IEnumerable<string> Kept() =>
        Parts
            .Select(p => Path.Combine(SampleLog.Folder, p))
            .Where(Directory.Exists)
            .SelectMany(p => Directory.EnumerateFiles(p, "*", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(SampleLog.Folder, f).Replace(Path.DirectorySeparatorChar, '/'));

    private static void Accept(IReadOnlyDictionary<string, byte[]> made)
    {
        foreach (var file in Kept().ToList())
        {
            File.Delete(Path.Combine(SampleLog.Folder, file));
        }

        foreach (var (path, bytes) in made)
        {
            var file = Path.Combine(SampleLog.Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }

    private void CopyKept()
    {
        foreach (var file in Kept())
        {
            var copy = Path.Combine(_copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(SampleLog.Folder, file), copy);
        }
    }

    private static async Task<(int Exit, (string Text, string Error) Output)> ReadAsync(string folder)
    {
        Assert.SkipUnless(HasPython, "reading as a stranger needs python3");
        var script = Repository.Path("tests/Plumbline.Cli.Tests/Evidence/read_vectors.py");
        using var process = Process.Start(
            new ProcessStartInfo("python3", [script, folder])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        var text = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await text, await error));
    }

    private static bool HasPython { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(p => File.Exists(Path.Combine(p, "python3")));
}
