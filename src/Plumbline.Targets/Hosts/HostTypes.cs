using System.Collections.Immutable;
using Plumbline.Targets.Hosts.Machine;
using Plumbline.Targets.Hosts.Ssh;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts;

/// <summary>A type of document that a host has exactly one of.</summary>
/// <param name="Name">After InSpec's resource where there is one.</param>
/// <param name="ReadAsync">What could not be read is in the value as unknown; it does not throw.</param>
internal sealed record HostType(string Name, Func<HostReading, CancellationToken, Task<Value>> ReadAsync);

/// <summary>All that is read of a host; docs/hosts.md has the shape of each.</summary>
internal static class HostTypes
{
    public static ImmutableArray<HostType> All { get; } =
    [new("linux/host", HostFacts.ReadAsync), new("linux/sshd_config", SshdConfig.ReadAsync)];

    /// <summary>How the host was read, which is known when all else was.</summary>
    public const string Reading = "linux/reading";
}
