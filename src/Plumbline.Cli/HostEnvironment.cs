using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Cli;

/// <summary>The machine as this program sees it: the only door to folder, variables, clock, chance, signals and terminal.</summary>
internal sealed record HostEnvironment
{
    /// <summary>Absolute; what relative paths are relative to.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The user's home folder.</summary>
    public required string Home { get; init; }

    /// <summary>Name of whoever runs this.</summary>
    public required string User { get; init; }

    /// <summary>Name of this machine.</summary>
    public required string Machine { get; init; }

    /// <summary>Value of an environment variable; null where it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Name of the file or link that was started: a link may have the name of a foreign tool.</summary>
    public string StartedAs { get; init; } = "plumb";

    /// <summary>Opens standard input.</summary>
    public Func<Stream> Input { get; init; } = Console.OpenStandardInput;

    /// <summary>Results go here.</summary>
    public required OutputEnd Output { get; init; }

    /// <summary>Progress and faults go here.</summary>
    public required OutputEnd Error { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public Action<Span<byte>> FillRandom { get; init; } = RandomNumberGenerator.Fill;

    /// <summary>Set by the first Ctrl-C or SIGTERM.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>Checks, frameworks and natural keys: beside the program, unless <c>PLUMB_CONTENT</c> names another folder.</summary>
    public string ContentFolder =>
        Variable("PLUMB_CONTENT") is { Length: > 0 } given
            ? Path.GetFullPath(given, WorkingFolder)
            : Path.Combine(AppContext.BaseDirectory, "content");

    /// <summary>A path as the user may open it: relative where it lies below the working folder.</summary>
    public string Shown(string path)
    {
        var relative = Path.GetRelativePath(WorkingFolder, path);
        return relative == ".." || relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? path
            : relative;
    }

    public static HostEnvironment OfThisProcess(CancellationToken interrupted) =>
        new()
        {
            WorkingFolder = Environment.CurrentDirectory,
            Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            User = Environment.UserName,
            Machine = Environment.MachineName,
            Variable = Environment.GetEnvironmentVariable,
            StartedAs = NameOfThisProcess(),
            Output = new OutputEnd(Console.OpenStandardOutput(), !Console.IsOutputRedirected, WindowWidth),
            Error = new OutputEnd(Console.OpenStandardError(), !Console.IsErrorRedirected, WindowWidth),
            Interrupted = interrupted,
        };

    /// <summary>The first word of the command line as the system keeps it; .NET itself follows links and forgets their names.</summary>
    /// <remarks>proc(5), <c>/proc/pid/cmdline</c>: words that end with a zero byte. Where there is none, links are not told apart.</remarks>
    private static string NameOfThisProcess()
    {
        try
        {
            var words = File.ReadAllBytes("/proc/self/cmdline").AsSpan();
            var end = words.IndexOf((byte)0);
            return Path.GetFileName(Encoding.UTF8.GetString(end < 0 ? words : words[..end]));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return "plumb";
        }
    }

    /// <summary>0 where there is no window, or it does not tell.</summary>
    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (Exception refused) when (refused is IOException or PlatformNotSupportedException)
        {
            return 0;
        }
    }
}

/// <summary>One of the two streams that a program writes to.</summary>
/// <param name="IsTerminal">A person looks at it, and not a file or pipe.</param>
/// <param name="WindowWidth">Columns of the terminal's window; 0 where that is not known.</param>
internal sealed record OutputEnd(Stream Stream, bool IsTerminal, Func<int> WindowWidth);

/// <summary>Ctrl-C and SIGTERM: the first asks for an orderly end, the second one ends the program at once.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _first = new();
    private readonly List<PosixSignalRegistration> _registrations;

    public Interrupts() =>
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive),
        ];

    public CancellationToken Token => _first.Token;

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _first.Dispose();
    }

    /// <summary>A signal that is not held back takes its usual course, which is the end.</summary>
    private void Receive(PosixSignalContext signal)
    {
        if (_first.IsCancellationRequested)
        {
            return;
        }

        signal.Cancel = true;
        _first.Cancel();
    }
}
