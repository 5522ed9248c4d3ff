using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Logging;

/// <summary>Streams of log lines out of and into a host; sorted, since files may be read in any order.</summary>
internal sealed class LogFlows
{
    private readonly SortedDictionary<string, Value> _forwards = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Value> _listens = new(StringComparer.Ordinal);
    private Missing? _missing;

    public void Lose(Missing? missing) => _missing ??= missing;

    public void Forward(string via, string protocol, string host, string port, bool tls, string selector) =>
        _forwards[$"{via} {host} {port} {protocol} {selector}"] = new ObjectBuilder
        {
            ["via"] = via,
            ["protocol"] = protocol,
            ["host"] = host,
            ["port"] = port,
            ["tls"] = tls,
            ["selector"] = selector,
        }.ToValue();

    public void Listen(string via, string protocol, string port) =>
        _listens[$"{via} {protocol} {port}"] = new ObjectBuilder
        {
            ["via"] = via,
            ["protocol"] = protocol,
            ["port"] = port,
        }.ToValue();

    public Value Forwards() => HostValues.List(_forwards.Values, _missing?.Open);

    public Value Listens() => HostValues.List(_listens.Values, _missing?.Open);
}
