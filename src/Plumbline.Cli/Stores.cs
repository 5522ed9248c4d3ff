using Plumbline.Core;
using Plumbline.Core.Evidence;
using Plumbline.Languages.Yaml;
using Plumbline.Policies.Checks;
using Plumbline.Rego;
using Plumbline.Storage;
using Plumbline.Values;

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
            Random = host.FillRandom,
            Author = () => AuthorOf(host),
        };

    /// <summary>Who writes entries, and with what; looks at every assembly of the engine.</summary>
    public static LeafAuthor AuthorOf(HostEnvironment host) =>
        new()
        {
            Actor = host.User,
            Machine = host.Machine,
            ToolVersion = Program.Version,
            Engine = EngineDigest.Of(
                [
                    typeof(Value).Assembly,
                    typeof(Policy).Assembly,
                    typeof(YamlReader).Assembly,
                    typeof(Ordinal).Assembly,
                    typeof(RegoChecks).Assembly,
                ],
                Environment.Version
            ),
        };

    private static StoreEnvironment EnvironmentOf(HostEnvironment host) =>
        new()
        {
            Home = host.Home,
            StateHome = host.Variable("XDG_STATE_HOME") ?? "",
            ConfigHome = host.Variable("XDG_CONFIG_HOME") ?? "",
        };
}
