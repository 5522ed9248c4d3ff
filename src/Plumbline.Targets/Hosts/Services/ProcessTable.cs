using Plumbline.Targets.Hosts.Access;

namespace Plumbline.Targets.Hosts.Services;

/// <summary>A process that runs.</summary>
/// <param name="Program">The name that the kernel shows, at most 15 characters.</param>
/// <param name="Path">What it was started as, which the program may have overwritten; empty for a thread of the kernel.</param>
internal sealed record RunningProcess(string Id, string Program, string Path)
{
    /// <summary>Whether a program of this path runs in it.</summary>
    public bool Runs(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return Path == path
            || Path[(Path.LastIndexOf('/') + 1)..] == name
            || (Path.Length > 0 && Program == name[..Math.Min(name.Length, 15)]);
    }
}

/// <summary>The processes of a running host, from <c>/proc</c>, which tells their names to everybody.</summary>
internal static class ProcessTable
{
    public static async Task<List<RunningProcess>> ReadAsync(HostReading reading, CancellationToken cancel)
    {
        var processes = new List<RunningProcess>();
        var listed = await reading.Host.ListAsync("/proc", cancel);
        foreach (var id in (listed.IsRead ? listed.Value : []).Where(n => n.All(char.IsAsciiDigit)))
        {
            var name = await TextAsync(reading.Host, $"/proc/{id}/comm", cancel);
            if (name is not null)
            {
                var line = await TextAsync(reading.Host, $"/proc/{id}/cmdline", cancel) ?? "";
                processes.Add(new RunningProcess(id, name.Trim(), line.Split('\0')[0]));
            }
        }

        return processes;
    }

    /// <summary>Null for one that has ended since.</summary>
    private static async ValueTask<string?> TextAsync(IHost host, string path, CancellationToken cancel)
    {
        const int MaxBytes = 1 << 20;
        var opened = await host.OpenAsync(path, cancel);
        if (!opened.IsRead)
        {
            return null;
        }

        await using var stream = opened.Value;
        try
        {
            return await BoundedRead.ToEndAsync(stream, MaxBytes, cancel) is { } bytes
                ? global::System.Text.Encoding.UTF8.GetString(bytes)
                : null;
        }
        catch (IOException)
        {
            return null; // read after its process ended (ESRCH)
        }
    }
}
