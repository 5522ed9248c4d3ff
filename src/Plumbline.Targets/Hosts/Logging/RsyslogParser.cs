using System.Text.RegularExpressions;

namespace Plumbline.Targets.Hosts.Logging;

/// <summary>Finds in rsyslog.conf(5) what is sent and received: selectors with <c>@host</c>, <c>omfwd</c>, inputs, in both of its dialects.</summary>
internal sealed partial class RsyslogParser(LogFlows flows)
{
    private const int MaxFiles = 1_000;

    private readonly List<HostText> _files = [];
    private bool _isTlsDefault;

    public IReadOnlyList<HostText> Files => _files;

    /// <summary>The last <c>$FileCreateMode</c>, or <c>fileCreateMode</c> of the file output's module.</summary>
    public string? FileCreateMode { get; private set; }

    /// <summary>Takes in a file, and gives the patterns that it includes where it does.</summary>
    public IEnumerable<string> Read(HostText file)
    {
        if (_files.Count >= MaxFiles)
        {
            yield break;
        }

        _files.Add(file);
        flows.Lose(file.Missing);
        foreach (var (_, line) in file.Lines(continues: true))
        {
            if (
                line.StartsWith('$')
                && line.Split((char[])[' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries) is [var name, var value]
            )
            {
                if (name.Equals("$IncludeConfig", StringComparison.OrdinalIgnoreCase))
                {
                    yield return value.Trim();
                }
                else
                {
                    Directive(name.ToLowerInvariant(), value.Trim());
                }
            }
            else if (Selector().Match(line) is { Success: true } sent)
            {
                Send(sent);
            }
        }

        foreach (Match call in Calls().Matches(string.Join('\n', file.Lines().Select(l => l.Text))))
        {
            if (call.Groups["name"].Value == "include")
            {
                if (Argument(call, "file") is { } pattern)
                {
                    yield return pattern;
                }
            }
            else
            {
                Call(call);
            }
        }
    }

    private void Directive(string name, string value)
    {
        switch (name)
        {
            case "$filecreatemode":
                FileCreateMode = value;
                break;
            case "$defaultnetstreamdriver":
                _isTlsDefault = value is "gtls" or "ossl";
                break;
            case "$inputtcpserverrun":
                flows.Listen("rsyslog", "tcp", value);
                break;
            case "$udpserverrun":
                flows.Listen("rsyslog", "udp", value);
                break;
        }
    }

    /// <summary><c>*.* @@(options)host:port;template</c>: one <c>@</c> is UDP, two are TCP.</summary>
    private void Send(Match sent)
    {
        var host = sent.Groups["host"].Value.Trim('[', ']');
        var port = sent.Groups["port"].Success ? sent.Groups["port"].Value : "514";
        var isTcp = sent.Groups["at"].Length == 2;
        flows.Forward(
            "rsyslog",
            isTcp ? "tcp" : "udp",
            host,
            port,
            isTcp && _isTlsDefault,
            sent.Groups["selector"].Value
        );
    }

    private void Call(Match call)
    {
        var kind = Argument(call, call.Groups["name"].Value == "module" ? "load" : "type") ?? "";
        switch (call.Groups["name"].Value, kind)
        {
            case ("action", "omfwd") when Argument(call, "target") is { } target:
                var isTls =
                    Argument(call, "streamdriver") is "gtls" or "ossl"
                    || Argument(call, "streamdrivermode") == "1"
                    || _isTlsDefault;
                var protocol = Argument(call, "protocol")?.ToLowerInvariant() ?? "udp";
                flows.Forward(
                    "rsyslog",
                    protocol,
                    target,
                    Argument(call, "port") ?? "514",
                    isTls && protocol == "tcp",
                    "*.*"
                );
                break;
            case ("action", "omrelp") when Argument(call, "target") is { } target:
                flows.Forward(
                    "rsyslog",
                    "relp",
                    target,
                    Argument(call, "port") ?? "514",
                    Argument(call, "tls") == "on",
                    "*.*"
                );
                break;
            case ("input", "imtcp" or "imudp" or "imrelp"):
                flows.Listen("rsyslog", kind[2..], Argument(call, "port") ?? "514");
                break;
            case ("module", "builtin:omfile" or "omfile"):
                FileCreateMode = Argument(call, "filecreatemode") ?? FileCreateMode;
                break;
            case ("global", _):
                _isTlsDefault |= Argument(call, "defaultnetstreamdriver") is "gtls" or "ossl";
                break;
        }
    }

    private static string? Argument(Match call, string name) =>
        Arguments()
            .Matches(call.Groups["arguments"].Value)
            .Where(a => a.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(a => a.Groups["value"].Value)
            .FirstOrDefault();

    [GeneratedRegex(
        @"^(?<selector>[^\s""(]+)\s+(?<at>@@?)(\([^)]*\))?(?<host>\[[^\]]*\]|[^:;\s]+)(:(?<port>\d+))?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Selector();

    [GeneratedRegex(
        @"\b(?<name>action|input|module|global|include)\s*\((?<arguments>([^()""]|""[^""]*"")*)\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Calls();

    [GeneratedRegex(
        @"(?<name>[A-Za-z.]+)\s*=\s*""(?<value>[^""]*)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Arguments();
}

/// <summary>Finds destinations and sources of syslog-ng.conf(5) that are on the network.</summary>
internal static partial class SyslogNgText
{
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
            foreach (Match call in Drivers().Matches(kind.Length > 0 ? line : ""))
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
        var transport = Find(Transport(), arguments) ?? (driver is "udp" or "udp6" ? "udp" : "tcp");
        var port = Find(Port(), arguments) ?? (driver == "syslog" ? "601" : "514");
        if (kind == "source")
        {
            flows.Listen("syslog-ng", transport == "tls" ? "tcp" : transport, port);
        }
        else if (Find(Address(), arguments) is { } host)
        {
            flows.Forward("syslog-ng", transport == "tls" ? "tcp" : transport, host, port, transport == "tls", "*.*");
        }
    }

    private static string? Find(Regex pattern, string text) =>
        pattern.Match(text) is { Success: true } found ? found.Groups["value"].Value : null;

    [GeneratedRegex(@"\b(?<driver>network|syslog|tcp6?|udp6?)\s*\((?<arguments>.*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Drivers();

    [GeneratedRegex(@"\btransport\(\s*""?(?<value>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Transport();

    [GeneratedRegex(@"\bport\(\s*(?<value>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Port();

    [GeneratedRegex(@"^\s*""(?<value>[^""]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
