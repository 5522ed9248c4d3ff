using Plumbline.Storage;

namespace Plumbline.Cli;

/// <summary>Where evidence stores are, seen from this machine.</summary>
internal static class Stores
{
    /// <param name="option">What was asked for, if anything.</param>
    /// <param name="target">The first path that is scanned; null where none is.</param>
    public static StoreLocation Locate(string? option, string? target, HostEnvironment host) =>
        StoreLocation.Resolve(option, target, host.WorkingFolder, EnvironmentOf(host));

    public static StoreOptions Options(StoreLocation location, HostEnvironment host) =>
        new()
        {
            Folder = location.Folder,
            KeysFolder = StoreLocation.KeysFolder(EnvironmentOf(host)),
            Clock = host.Clock,
        };

    private static StoreEnvironment EnvironmentOf(HostEnvironment host) =>
        new()
        {
            Home = host.Home,
            StateHome = host.Variable("XDG_STATE_HOME") ?? "",
            ConfigHome = host.Variable("XDG_CONFIG_HOME") ?? "",
        };
}
