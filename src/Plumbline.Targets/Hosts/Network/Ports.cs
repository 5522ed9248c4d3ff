using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Plumbline.Core;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Network;

/// <summary><c>linux/ports</c>: sockets that wait for somebody, from <c>/proc/net</c> (proc(5)).</summary>
internal static class Ports
{
    private const string Listen = "0A";
    private const string Unconnected = "07";

    /// <summary>An address and the programs behind it.</summary>
    private sealed record Socket(string Protocol, IPAddress Address, int Port, string Inode);

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        if (!host.Host.IsRunning)
        {
            return new ObjectBuilder { ["listening"] = host.NotRunning().Present(ValueKind.Array) }.ToValue();
        }

        var sockets = new List<Socket>();
        Missing? missing = null;
        foreach (var protocol in (string[])["tcp", "tcp6", "udp", "udp6"])
        {
            var file = await host.TextAsync($"/proc/net/{protocol}", cancel);
            missing ??= file.Missing;
            sockets.AddRange(file.Lines().Select(l => Parse(protocol, l.Text)).OfType<Socket>());
        }

        var (owners, hidden) = await SocketOwners.ReadAsync(host, cancel);
        var listening = sockets
            .GroupBy(s => (s.Protocol, s.Address, s.Port))
            .OrderBy(g => g.Key.Protocol, Ordinal.Comparer)
            .ThenBy(g => g.Key.Port)
            .ThenBy(g => g.Key.Address.ToString(), Ordinal.Comparer)
            .Select(g => ToValue(g.First(), [.. g.SelectMany(s => owners[s.Inode])], hidden));
        return new ObjectBuilder { ["listening"] = HostValues.List(listening, missing?.Open) }.ToValue();
    }

    private static Value ToValue(Socket socket, List<string> programs, Missing? hidden) =>
        new ObjectBuilder
        {
            ["protocol"] = socket.Protocol,
            ["address"] = socket.Address.ToString(),
            ["port"] = socket.Port,
            ["loopback"] = IPAddress.IsLoopback(
                socket.Address.IsIPv4MappedToIPv6 ? socket.Address.MapToIPv4() : socket.Address
            ),
            ["processes"] =
                programs.Count == 0 && hidden is not null
                    ? hidden.Present(ValueKind.Array)
                    : HostValues.SortedTexts(programs),
        }.ToValue();

    /// <summary>A line: number, local address, peer, state, …, inode as the tenth word.</summary>
    private static Socket? Parse(string protocol, string line)
    {
        var f = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var state = protocol.StartsWith("tcp", StringComparison.Ordinal) ? Listen : Unconnected;
        if (
            f.Length < 10
            || f[3] != state
            || !f[2].TrimStart('0').StartsWith(':')
            || !f[2].EndsWith(":0000", StringComparison.Ordinal)
        )
        {
            return null;
        }

        var colon = f[1].IndexOf(':');
        return
            colon is 8 or 32
            && int.TryParse(f[1][(colon + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port)
            ? new Socket(protocol, Address(f[1][..colon]), port, f[9])
            : null;
    }

    /// <summary>Words of 32 bits, each in the order of this machine's bytes.</summary>
    private static IPAddress Address(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        for (var i = 0; BitConverter.IsLittleEndian && i < bytes.Length; i += 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(
                bytes.AsSpan(i),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i))
            );
        }

        return new IPAddress(bytes);
    }
}

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
