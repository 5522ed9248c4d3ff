using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Plumbline.Core.Evidence;
using Plumbline.Storage;

namespace Plumbline.Cli.Tests;

/// <summary>A repository in a temporary folder, a user with a home of their own, and a clock that stands still: the whole machine of a test.</summary>
internal sealed partial class Estate : IDisposable
{
    private readonly Dictionary<string, string> _variables;
    private int _chance;

    public Estate()
    {
        Root = Directory.CreateTempSubdirectory("plumb-cli-").FullName;
        Folder = Path.Combine(Root, "shop");
        _variables = new(StringComparer.Ordinal)
        {
            ["LANG"] = "C.UTF-8",
            ["PLUMB_CONTENT"] = Repository.Path("tests/Plumbline.Cli.Tests/content"),
            ["XDG_CONFIG_HOME"] = Path.Combine(Root, "config"),
            ["XDG_STATE_HOME"] = Path.Combine(Root, "state"),
        };
        Write(".git/config", "[remote \"origin\"]\n\turl = https://git.example/acme/shop.git\n");
    }

    public string Root { get; }

    /// <summary>The repository, and the working folder.</summary>
    public string Folder { get; set; }

    public FakeTimeProvider Clock { get; init; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public IReadOnlyDictionary<string, string> Variables => _variables;

    public int Width { get; set; } = 120;

    public bool IsTerminal { get; set; }

    public CancellationToken Interrupted { get; set; }

    /// <summary>Name of the link that is started.</summary>
    public string StartedAs { get; set; } = "plumb";

    public string this[string variable]
    {
        set => _variables[variable] = value;
    }

    public string PathOf(string path) => Path.Combine(Folder, path);

    public void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllBytes(PathOf(path), bytes);
    }

    /// <summary>One manifest that passes, so that a scan has something to say.</summary>
    public void WritePod(string path = "pod.yaml", string name = "web") =>
        Write(
            path,
            $$$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: {{{name}}}, namespace: shop, labels: {owner: ada}}
            spec:
              containers:
                - name: web
                  image: registry.example/web:1.0.0

            """
        );

    /// <summary>Something that fails, something that cannot be told, something that warns, and something that is not read.</summary>
    public void WriteShop()
    {
        WritePod();
        Write(
            "deploy/orders-db.yaml",
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: orders-db
              namespace: shop
            spec:
              containers:
                - name: postgres
                  image: postgres
                  securityContext:
                    privileged: true
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: orders-db, namespace: shop}
            stringData: {password: secret}

            """
        );
        Write("payments/Chart.yaml", "apiVersion: v2\nname: payments\nversion: 1.0.0\n");
        Write("payments/templates/pod.yaml", "kind: {{ .Values.kind }}\n");
    }

    /// <summary>A library of checks and frameworks of its own.</summary>
    public void UseContent(params (string Path, string Text)[] files)
    {
        this["PLUMB_CONTENT"] = PathOf("library");
        foreach (var (path, text) in files)
        {
            Write($"library/{path}", text);
        }
    }

    /// <summary>The same bytes in every test, and no two alike in one.</summary>
    public void Chance(Span<byte> bytes)
    {
        for (; bytes.Length > 0; bytes = bytes[Math.Min(bytes.Length, SHA256.HashSizeInBytes)..])
        {
            var next = SHA256.HashData(BitConverter.GetBytes(Interlocked.Increment(ref _chance)));
            next.AsSpan(0, Math.Min(bytes.Length, next.Length)).CopyTo(bytes);
        }
    }

    /// <summary>This machine, with nobody to listen.</summary>
    public HostEnvironment Host() =>
        new()
        {
            WorkingFolder = Folder,
            Home = Path.Combine(Root, "home"),
            User = "ada",
            Machine = "build-7",
            Variable = name => _variables.GetValueOrDefault(name),
            Output = new OutputEnd(Stream.Null, false, () => 0),
            Error = new OutputEnd(Stream.Null, false, () => 0),
            Clock = Clock,
            FillRandom = Chance,
            Interrupted = Interrupted,
        };

    public Task<Transcript> RunAsync(params string[] args) => RunWithInputAsync("", args);

    /// <param name="input">What standard input holds.</param>
    public async Task<Transcript> RunWithInputAsync(string input, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var host = Host() with
        {
            StartedAs = StartedAs,
            Input = () => new MemoryStream(Encoding.UTF8.GetBytes(input)),
            Output = new OutputEnd(output, IsTerminal, () => Width),
            Error = new OutputEnd(error, IsTerminal, () => Width),
        };
        _variables["COLUMNS"] = $"{Width}";
        var exit = await new CommandLine(host).RunAsync(args);
        return new Transcript($"plumb {string.Join(' ', args)}", exit, Masked(output), Masked(error));
    }

    /// <summary>The same machine, seen by a process of its own: its clock and its chance are real ones.</summary>
    /// <param name="variables">Set beside those of the estate.</param>
    public async Task<Transcript> RunProcessAsync(IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "plumb"), args)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in _variables.Concat(variables))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Transcript($"plumb {string.Join(' ', args)}", process.ExitCode, await output, await error);
    }

    /// <summary>The store, to be read.</summary>
    public Task<EvidenceStore> OpenStoreAsync() =>
        EvidenceStore.OpenAsync(
            new StoreOptions
            {
                Folder = PathOf(".plumbline"),
                KeysFolder = Path.Combine(_variables["XDG_CONFIG_HOME"], "plumbline", "keys"),
                Access = StoreAccess.Read,
                Author = static () => throw new NotSupportedException("a reader writes nothing"),
            },
            default
        );

    public async Task<T> ReadAsync<T>(int label, Func<SealedAssessment, Task<T>> read)
    {
        await using var store = await OpenStoreAsync();
        return await read((await new AssessmentReader(store).OpenAsync(label, default))!);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>What is another thing in every run is replaced by something of the same length.</summary>
    private string Masked(MemoryStream stream)
    {
        var text = Encoding.UTF8.GetString(stream.ToArray());
        if (text.Contains(Root, StringComparison.Ordinal))
        {
            // Where a line breaks depends on how long the folder's name is.
            text = text.Replace("\n  ", " ", StringComparison.Ordinal)
                .Replace(Root, "/estate", StringComparison.Ordinal);
        }

        text = LogName().Replace(text, "plumbline.local/00000000-0000-7000-8000-000000000000");
        text = KeyName().Replace(text, m => $"+00000000+{new string('A', m.Length - 10)}");
        text = LeafHash().Replace(text, m => $"\"leaf_hash\": \"{new string('A', 43)}=\"");
        return Digest().Replace(text, $"sha256:{new string('0', 64)}");
    }

    [GeneratedRegex("plumbline\\.local/[0-9a-f-]{36}")]
    private static partial Regex LogName();

    [GeneratedRegex("\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]{44}")]
    private static partial Regex KeyName();

    [GeneratedRegex("\"leaf_hash\": \"[A-Za-z0-9+/]{43}=\"")]
    private static partial Regex LeafHash();

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Digest();
}

/// <summary>What a run printed, and how it ended.</summary>
internal sealed record Transcript(string Command, int Exit, string Output, string Error)
{
    public override string ToString() =>
        $"$ {Command}\n{Output}{(Error.Length > 0 ? $"--- standard error\n{Error}" : "")}--- exit {Exit}\n";
}
