using System.Collections.Frozen;
using System.Collections.Immutable;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Services;

/// <summary>Units from their files and links alone, as <c>systemctl --root</c> tells them: no systemd runs.</summary>
internal sealed class UnitFolder(HostReading host)
{
    /// <summary>Highest first: of two files with one name that of the first folder counts (systemd.unit(5), "Unit File Load Path").</summary>
    private static readonly ImmutableArray<string> Folders =
    [
        "/etc/systemd/system",
        "/run/systemd/system",
        "/usr/local/lib/systemd/system",
        "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ];

    public static readonly FrozenSet<string> Types = FrozenSet.ToFrozenSet([
        ".automount",
        ".mount",
        ".path",
        ".service",
        ".socket",
        ".target",
        ".timer",
    ]);

    private readonly SortedDictionary<string, (string State, UnitFile? File, Missing? Missing)> _units = new(
        StringComparer.Ordinal
    );

    /// <summary>Units that something in <c>/etc</c>, and in <c>/run</c>, asks for.</summary>
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wantedNow = new(StringComparer.Ordinal);

    public Missing? Missing { get; private set; }

    /// <summary>By name: <c>enabled</c> and what tells whether it runs.</summary>
    public async Task<SortedDictionary<string, (string State, UnitFile? File, Missing? Missing)>> ReadAsync(
        CancellationToken cancel
    )
    {
        foreach (var folder in Folders)
        {
            var (names, missing) = await host.ListAsync(folder, cancel);
            Missing ??= missing;
            foreach (var name in names)
            {
                await AddAsync(folder, name, cancel);
            }
        }

        foreach (var (name, unit) in _units.ToList())
        {
            if (unit.State.Length == 0)
            {
                _units[name] = unit with { State = StateOf(name, unit.File) };
            }
        }

        return _units;
    }

    private async Task AddAsync(string folder, string name, CancellationToken cancel)
    {
        if (folder is "/etc/systemd/system" or "/run/systemd/system" && IsWants(name))
        {
            var (wanted, missing) = await host.ListAsync($"{folder}/{name}", cancel);
            Missing ??= missing;
            (folder.StartsWith("/etc", StringComparison.Ordinal) ? _wanted : _wantedNow).UnionWith(wanted);
            return;
        }

        if (!Types.Contains(name[Math.Max(0, name.LastIndexOf('.'))..]))
        {
            return;
        }

        var path = $"{folder}/{name}";
        var link = await host.Host.LinkAsync(path, cancel);
        if (link.IsRead && Base(link.Value) is var target)
        {
            // A link to another name says that the other one is asked for under this one.
            if (folder.StartsWith("/etc", StringComparison.Ordinal) && target != name && target != "null")
            {
                _wanted.Add(target);
            }

            if (target == "null" || target != name)
            {
                _units.TryAdd(name, (target == "null" ? "masked" : "alias", null, null));
                return;
            }
        }

        if (_units.ContainsKey(name))
        {
            return;
        }

        var text = await host.TextAsync(path, cancel);
        if (text.Exists)
        {
            var file = text.Text is null ? null : UnitFile.Parse(text.Text);
            _units[name] = (text.Text?.Length == 0 ? "masked" : "", file, text.Missing);
        }
    }

    private string StateOf(string name, UnitFile? file)
    {
        var isAsked = IsIn(_wanted, name);
        return isAsked && file?.IsInstallable != false ? "enabled"
            : IsIn(_wantedNow, name) && file?.IsInstallable != false ? "enabled-runtime"
            : file is { IsIndirect: true } ? "indirect"
            : file is { IsInstallable: true } ? "disabled"
            : file is null ? ""
            : "static";
    }

    /// <summary>A template counts where an instance of it is asked for.</summary>
    private static bool IsIn(HashSet<string> wanted, string name)
    {
        var at = name.IndexOf("@.", StringComparison.Ordinal);
        return at < 0
            ? wanted.Contains(name)
            : wanted.Any(w =>
                w.StartsWith(name[..(at + 1)], StringComparison.Ordinal)
                && w.EndsWith(name[(at + 1)..], StringComparison.Ordinal)
            );
    }

    private static bool IsWants(string name) =>
        name.EndsWith(".wants", StringComparison.Ordinal)
        || name.EndsWith(".requires", StringComparison.Ordinal)
        || name.EndsWith(".upholds", StringComparison.Ordinal);

    private static string Base(string path) => path[(path.LastIndexOf('/') + 1)..];
}
