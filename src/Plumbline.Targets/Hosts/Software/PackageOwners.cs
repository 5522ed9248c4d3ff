using System.Text;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Software;

/// <summary>Which package a file came with, for a few files: from the lists that dpkg and apk keep.</summary>
internal static class PackageOwners
{
    /// <returns>Packages by path; and what stands for that of the others, undefined where they surely have none.</returns>
    public static async Task<(IReadOnlyDictionary<string, string> Owners, Value Other)> OfAsync(
        HostReading host,
        IReadOnlyList<string> paths,
        CancellationToken cancel
    )
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        if (paths.Count == 0)
        {
            return (owners, default);
        }

        var wanted = paths.ToDictionary(p => p, p => p, StringComparer.Ordinal);
        foreach (var path in paths.Where(p => p.StartsWith("/usr/", StringComparison.Ordinal)))
        {
            wanted.TryAdd(path["/usr".Length..], path); // a package from before /bin became a link to /usr/bin
        }

        const string Dpkg = "/var/lib/dpkg/info";
        var (names, missing) = await host.ListAsync(Dpkg, cancel);
        foreach (var name in names.Where(n => n.EndsWith(".list", StringComparison.Ordinal)))
        {
            var (stream, unread) = await host.OpenAsync($"{Dpkg}/{name}", cancel);
            missing ??= unread;
            if (stream is not null)
            {
                using var reader = new StreamReader(stream, Encoding.UTF8);
                AddListed(reader, wanted, name[..^".list".Length].Split(':')[0], owners);
            }
        }

        var apk = await host.TextAsync("/lib/apk/db/installed", cancel);
        AddOfApk(apk, wanted, owners);
        missing ??= apk.Missing;
        var isTold = names.Length > 0 || apk.Exists;
        return (
            owners,
            missing?.Perhaps(ValueKind.String)
                ?? (
                    isTold
                        ? default
                        : HostValues.Untold("no file lists of dpkg or apk", ValueKind.String, present: false)
                )
        );
    }

    private static void AddListed(
        StreamReader list,
        Dictionary<string, string> wanted,
        string package,
        Dictionary<string, string> owners
    )
    {
        while (list.ReadLine() is { } line)
        {
            if (wanted.TryGetValue(line, out var path))
            {
                owners.TryAdd(path, package);
            }
        }
    }

    /// <summary>apk-installed(5): <c>F</c> is a folder, <c>R</c> a file in it.</summary>
    private static void AddOfApk(HostText apk, Dictionary<string, string> wanted, Dictionary<string, string> owners)
    {
        var (package, folder) = ("", "");
        foreach (var (_, line) in apk.Lines(""))
        {
            switch (line.Length > 1 && line[1] == ':' ? line[0] : ' ')
            {
                case 'P':
                    package = line[2..];
                    break;
                case 'F':
                    folder = line[2..];
                    break;
                case 'R' when wanted.TryGetValue($"/{folder}/{line[2..]}", out var path):
                    owners.TryAdd(path, package);
                    break;
            }
        }
    }
}
