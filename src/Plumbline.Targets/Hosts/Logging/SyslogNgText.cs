using System.Text.RegularExpressions;

namespace Plumbline.Targets.Hosts.Logging;

/// <summary>Finds destinations and sources of syslog-ng.conf(5) that are on the network.</summary>
internal static class SyslogNgText
{
    private const RegexOptions Linear =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    public static void Read(HostText file, LogFlows flows)
    {
        flows.Lose(file.Missing);
        var (kind, depth) = ("", 0);
        foreach (var (_, line) in file.Lines())
        {
            var first = line.Split((char[])[' ', '\t', '{'], 2)[0];
            kind =
                depth == 0 && first is "destination" or "source" ? first
                : depth == 0 ? ""
                : kind;
            foreach (Match call in Drivers.Matches(kind.Length > 0 ? line : ""))
            {
                Add(kind, call, flows);
            }

            depth = Math.Max(0, depth + line.Count(c => c == '{') - line.Count(c => c == '}'));
        }
    }

    private static void Add(string kind, Match call, LogFlows flows)
    {
        var driver = call.Groups["driver"].Value;
        var arguments = call.Groups["arguments"].Value;
        var transport = Find(Transport, arguments) ?? (driver is "udp" or "udp6" ? "udp" : "tcp");
        var port = Find(Port, arguments) ?? (driver == "syslog" ? "601" : "514");
        if (kind == "source")
        {
            flows.Listen("syslog-ng", transport == "tls" ? "tcp" : transport, port);
        }
        else if (Find(Address, arguments) is { } host)
        {
            flows.Forward("syslog-ng", transport == "tls" ? "tcp" : transport, host, port, transport == "tls", "*.*");
        }
    }

    private static string? Find(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } found ? found.Groups["value"].Value : null;

    private static readonly Regex Drivers = new(
        @"\b(?<driver>network|syslog|tcp6?|udp6?)\s*\((?<arguments>.*)",
        Linear
    );

    private static readonly Regex Transport = new(@"\btransport\(\s*""?(?<value>\w+)", Linear);

    private static readonly Regex Port = new(@"\bport\(\s*(?<value>\d+)", Linear);

    private static readonly Regex Address = new(@"^\s*""(?<value>[^""]+)""", Linear);
}
