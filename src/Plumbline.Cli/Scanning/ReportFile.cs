namespace Plumbline.Cli.Scanning;

/// <summary>A file that a report goes to: afterwards it is whole, or as it was before.</summary>
/// <remarks>
/// The report is written beside the file and takes its name when it is complete. A link is followed and stays one; devices
/// (<c>/dev/stderr</c>, a shell's <c>/dev/fd/63</c>) have no "before" and are written to as they are.
/// </remarks>
/// <param name="path">Absolute.</param>
internal sealed class ReportFile(string path)
{
    private static readonly string[] Devices = ["/dev/", "/proc/"];

    private readonly string _target = TargetOf(path);

    private bool IsDevice => Devices.Any(d => _target.StartsWith(d, StringComparison.Ordinal));

    /// <summary>Why nothing can be written there, in words; null where it can. Nothing is changed.</summary>
    public string? Obstacle()
    {
        if (Directory.Exists(_target))
        {
            return "it is a folder";
        }

        var folder = Path.GetDirectoryName(_target);
        if (!Directory.Exists(folder))
        {
            return File.Exists(folder) ? "its folder is a file" : "its folder is not there";
        }

        try
        {
            if (IsDevice)
            {
                return File.Exists(_target) ? null : "there is no such device";
            }

            if (File.Exists(_target))
            {
                new FileStream(_target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
            }

            var probe = Beside();
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write).Dispose();
            File.Delete(probe);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message.TrimEnd('.');
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public void Write(Action<Stream> write)
    {
        if (IsDevice)
        {
            using var device = new FileStream(_target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(device);
            return;
        }

        var draft = Beside();
        try
        {
            using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            if (File.Exists(_target) && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(draft, File.GetUnixFileMode(_target));
            }

            File.Move(draft, _target, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private string Beside() =>
        Path.Combine(Path.GetDirectoryName(_target)!, $".{Path.GetFileName(_target)}.{Path.GetRandomFileName()}");

    private static string TargetOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path; // a link to itself: whoever opens it is told
        }
    }
}
