using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Plumbline.Targets.Hosts.Access;

/// <summary>The machine that this program runs on.</summary>
internal sealed class ThisMachine(string name) : IHost
{
    public string Name => name;

    public bool IsRunning => true;

    public HostIdentity Identity { get; } = LocalFiles.Identity();

    public ValueTask<Reply<Stream>> OpenAsync(string path, CancellationToken cancel) => new(LocalFiles.Open(path));

    public ValueTask<Reply<FileFacts>> FactsAsync(string path, bool followLink, CancellationToken cancel) =>
        new(Statx.Of(path, followLink));

    public ValueTask<Reply<string>> LinkAsync(string path, CancellationToken cancel) => new(LocalFiles.Link(path));

    public ValueTask<Reply<ImmutableArray<string>>> ListAsync(string path, CancellationToken cancel) =>
        new(LocalFiles.List(path));

    /// <remarks>No shell, no input, an environment of two variables; a program that takes too long or says too much is ended.</remarks>
    public async ValueTask<Reply<string>> RunAsync(HostCommand command, CancellationToken cancel)
    {
        var program = HostCommand.Folders.Select(f => $"{f}/{command.Program}").FirstOrDefault(File.Exists);
        if (program is null)
        {
            return Reply<string>.None(Outcome.Absent);
        }

        if (command.NeedsRoot && !Identity.IsRoot)
        {
            return Reply<string>.None(Outcome.Refused);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(HostCommand.TimeLimit);
        try
        {
            return await RunAsync(program, command.Arguments, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Reply<string>.None(Outcome.TimedOut);
        }
        catch (Win32Exception)
        {
            return Reply<string>.None(Outcome.Failed);
        }
    }

    private static async Task<Reply<string>> RunAsync(
        string program,
        ImmutableArray<string> arguments,
        CancellationToken limit
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        start.Environment["PATH"] = string.Join(':', HostCommand.Folders);
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit);
            var output = await BoundedRead.ToEndAsync(
                process.StandardOutput.BaseStream,
                HostCommand.MaxOutputBytes,
                limit
            );
            if (output is null)
            {
                return Reply<string>.None(Outcome.TooLarge);
            }

            await errors;
            await process.WaitForExitAsync(limit);
            return process.ExitCode == 0
                ? Reply<string>.Of(Encoding.UTF8.GetString(output))
                : Reply<string>.None(Outcome.Failed);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>Reads a stream that may be longer than it should be.</summary>
internal static class BoundedRead
{
    /// <returns>Null where there is more than the limit.</returns>
    public static async Task<byte[]?> ToEndAsync(Stream stream, int maxBytes, CancellationToken cancel)
    {
        using var read = new MemoryStream();
        var buffer = new byte[64 << 10];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            if (read.Length + count > maxBytes)
            {
                return null;
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }
}
