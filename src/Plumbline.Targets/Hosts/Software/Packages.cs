using Plumbline.Core;
using Plumbline.Languages.Config;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Software;

/// <summary>A package that is installed.</summary>
internal sealed record Package(string Name, string Version, string Architecture);

/// <summary>What a host's package manager says is installed.</summary>
/// <param name="Manager"><c>dpkg</c>, <c>rpm</c>, <c>apk</c>, <c>none</c>.</param>
internal sealed record Installed(string Manager, IReadOnlyList<Package> Packages, Missing? Missing);

/// <summary><c>linux/packages</c>: from the managers' own databases; of rpm, whose database is no text, from its program.</summary>
internal static class Packages
{
    private const string Dpkg = "/var/lib/dpkg/status";
    private const string Apk = "/lib/apk/db/installed";

    private static readonly string[] Rpm =
    [
        "/usr/lib/sysimage/rpm/rpmdb.sqlite",
        "/var/lib/rpm/rpmdb.sqlite",
        "/usr/lib/sysimage/rpm/Packages.db",
        "/var/lib/rpm/Packages.db",
        "/var/lib/rpm/Packages",
    ];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var installed = await InstalledAsync(host, cancel);
        var byName = installed
            .Packages.GroupBy(p => p.Name)
            .OrderBy(g => g.Key, Ordinal.Comparer)
            .Select(g => KeyValuePair.Create(g.Key, g.AsEnumerable()));
        return new ObjectBuilder
        {
            ["manager"] = installed.Manager,
            ["packages"] = HostValues.Map(
                byName,
                all => HostValues.List(all.OrderBy(p => (p.Version, p.Architecture)).Select(ToValue)),
                installed.Missing
            ),
        }.ToValue();
    }

    public static async Task<Installed> InstalledAsync(HostReading host, CancellationToken cancel)
    {
        var dpkg = await host.TextAsync(Dpkg, cancel);
        if (dpkg.Exists)
        {
            return new Installed("dpkg", [.. OfDpkg(dpkg)], dpkg.Missing);
        }

        var apk = await host.TextAsync(Apk, cancel);
        if (apk.Exists)
        {
            return new Installed("apk", [.. OfApk(apk)], apk.Missing);
        }

        foreach (var database in Rpm)
        {
            if (await host.ExistsAsync(database, cancel))
            {
                return await OfRpmAsync(host, cancel);
            }
        }

        return new Installed("none", [], null);
    }

    /// <summary>Stanzas of deb-control(5); only what dpkg has in the state <c>installed</c>, or on the way there.</summary>
    private static IEnumerable<Package> OfDpkg(HostText file) =>
        Stanzas
            .Read(file.Text ?? "")
            .Where(s => s.GetValueOrDefault("Status", "").Split(' ') is [_, _, not ("config-files" or "not-installed")])
            .Where(s => s.ContainsKey("Package") && s.ContainsKey("Version"))
            .Select(s => new Package(s["Package"], s["Version"], s.GetValueOrDefault("Architecture", "")));

    /// <summary>apk-installed(5): a letter a field; <c>P</c> name, <c>V</c> version, <c>A</c> architecture.</summary>
    private static IEnumerable<Package> OfApk(HostText file) =>
        Stanzas
            .Read(file.Text ?? "")
            .Where(s => s.ContainsKey("P") && s.ContainsKey("V"))
            .Select(s => new Package(s["P"], s["V"], s.GetValueOrDefault("A", "")));

    private static async Task<Installed> OfRpmAsync(HostReading host, CancellationToken cancel)
    {
        var (output, missing) = await host.RunAsync(HostCommand.RpmPackages, cancel);
        if (output is null)
        {
            missing ??= host.Note(
                new Missing(
                    HostFaults.NotRead,
                    "read the database of rpm",
                    "",
                    "rpm: expected the program that reads it, got none"
                )
            );
            return new Installed("rpm", [], missing);
        }

        var packages = output
            .Split('\n')
            .Select(l => l.Split('\t'))
            .Where(f => f.Length == 3 && f[0] != "gpg-pubkey")
            .Select(f => new Package(f[0], f[1], f[2]));
        return new Installed("rpm", [.. packages], null);
    }

    private static Value ToValue(Package package) =>
        new ObjectBuilder { ["version"] = package.Version, ["architecture"] = package.Architecture }.ToValue();
}
