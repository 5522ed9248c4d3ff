namespace Plumbline.Targets.Hosts.Network;

/// <summary>Which programs hold which sockets: links under <c>/proc/PID/fd</c>, which are the owner's and root's to read.</summary>
internal static class SocketOwners
{
    private const string Prefix = "socket:[";

    public static async Task<(ILookup<string, string> ByInode, Missing? Hidden)> ReadAsync(
        HostReading host,
        CancellationToken cancel
    )
    {
        var found = new List<(string Inode, string Program)>();
        Missing? hidden = null;
        foreach (var process in await host.ProcessesAsync(cancel))
        {
            var folder = $"/proc/{process.Id}/fd";
            var listed = await host.Host.ListAsync(folder, cancel);
            if (listed.Outcome == Access.Outcome.Refused)
            {
                hidden ??= host.Note(
                    new Missing(
                        HostFaults.Refused,
                        "read /proc/PID/fd",
                        "root",
                        "/proc: expected permission to see which program holds which socket, which takes root"
                    )
                );
                continue;
            }

            foreach (var name in listed.IsRead ? listed.Value : [])
            {
                var link = await host.Host.LinkAsync($"{folder}/{name}", cancel);
                if (link.IsRead && link.Value.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    found.Add((link.Value[Prefix.Length..].TrimEnd(']'), process.Program));
                }
            }
        }

        return (found.ToLookup(f => f.Inode, f => f.Program, StringComparer.Ordinal), hidden);
    }
}
