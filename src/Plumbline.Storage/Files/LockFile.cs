namespace Plumbline.Storage.Files;

/// <summary>An advisory lock that ends with its holder, however that ends: the system frees it with the open file.</summary>
/// <remarks>
/// On Unix <see cref="FileShare.None"/> is <c>flock(2)</c>, which belongs to the open file description: it also separates two stores in
/// one process, holds across containers that share a volume, and needs no process ids, which are reused.
/// </remarks>
internal sealed class LockFile : IDisposable
{
    /// <summary>Short beside the time that one seal takes, long beside the cost of asking.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream held;

    private LockFile(FileStream held) => this.held = held;

    /// <summary>Takes the lock if it is free right now.</summary>
    public static LockFile? TryTake(string path)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = PrivateFiles.FileMode;
            }
            return new(new FileStream(path, options));
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>Takes the lock as soon as it is free; null when it was not within <paramref name="patience"/>.</summary>
    public static async Task<LockFile?> TakeAsync(
        string path,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken)
            {
                return taken;
            }
            var left = patience - clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }
            await Task.Delay(left < Pause ? left : Pause, clock, cancel);
        }
    }

    /// <summary>Lets go and removes the file: for locks that are used once.</summary>
    public void DisposeAndDelete()
    {
        File.Delete(held.Name);
        held.Dispose();
    }

    public void Dispose() => held.Dispose();

    /// <summary>Tells "somebody has it" from every other trouble with the file.</summary>
    public static bool IsHeld(IOException e)
    {
        const int WouldBlock = 11;
        const int WouldBlockOnMac = 35;
        const int SharingViolation = unchecked((int)0x80070020);
        return e.HResult is WouldBlock or WouldBlockOnMac or SharingViolation;
    }
}
