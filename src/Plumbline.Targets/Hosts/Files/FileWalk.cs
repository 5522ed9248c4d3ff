using System.Collections.Frozen;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Targets.Hosts.Machine;
using Plumbline.Targets.Hosts.Software;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Files;

/// <summary>Goes through the local file systems for what everyone may write, what belongs to nobody, and what runs as another.</summary>
/// <remarks>
/// In the order of names, links not followed. Left out: what the kernel makes up, network and removable mounts, and the layers of containers,
/// which are other hosts. One look at each entry; folders that are closed leave the lists open, as the limits do.
/// </remarks>
internal sealed class FileWalk(HostReading host, HostNames names)
{
    /// <summary>A large file server has that many; above it a scan would be no longer a matter of seconds.</summary>
    private const int MaxEntries = 2_000_000;

    /// <summary>What one list holds at most: more is a finding in itself.</summary>
    private const int MaxFound = 10_000;

    private static readonly FrozenSet<string> LocalTypes = FrozenSet.ToFrozenSet([
        "bcachefs",
        "btrfs",
        "erofs",
        "ext2",
        "ext3",
        "ext4",
        "f2fs",
        "jfs",
        "overlay",
        "reiserfs",
        "rootfs",
        "tmpfs",
        "ubifs",
        "vfat",
        "virtiofs",
        "xfs",
        "zfs",
    ]);

    private static readonly FrozenSet<string> Skipped = FrozenSet.ToFrozenSet([
        "/dev",
        "/proc",
        "/run",
        "/snap",
        "/sys",
        "/var/lib/containerd",
        "/var/lib/containers",
        "/var/lib/docker",
        "/var/lib/kubelet",
        "/var/lib/lxc",
        "/var/lib/lxd",
        "/var/lib/machines",
        "/var/snap",
    ]);

    private const int EveryoneWrites = 0x002;
    private const int Sticky = 0x200;
    private const int SetGid = 0x400;
    private const int SetUid = 0x800;

    private readonly ArrayBuilder _worldWritable = new();
    private readonly ArrayBuilder _unowned = new();
    private readonly ArrayBuilder _ungrouped = new();
    private readonly List<(string Path, FileFacts Facts)> _privileged = [];
    private readonly HashSet<(ulong, ulong)> _roots = [];
    private Missing? _missing;
    private int _seen;

    public async Task AddToAsync(ObjectBuilder document, CancellationToken cancel)
    {
        await WalkAsync(await MountsAsync(cancel), cancel);
        var (owners, other) = await PackageOwners.OfAsync(host, _privileged.ConvertAll(p => p.Path), cancel);
        document["world_writable"] = Close(_worldWritable);
        document["unowned"] = Close(_unowned);
        document["ungrouped"] = Close(_ungrouped);
        document["privileged"] = HostValues.List(
            _privileged.Select(p => Privileged(p.Path, p.Facts, owners, other)),
            _missing?.Open
        );
    }

    private async Task WalkAsync(Dictionary<string, string> mounts, CancellationToken cancel)
    {
        var left = new Stack<string>([""]);
        while (left.TryPop(out var folder))
        {
            cancel.ThrowIfCancellationRequested();
            var listed = await host.Host.ListAsync(folder.Length == 0 ? "/" : folder, cancel);
            if (!listed.IsRead)
            {
                _missing ??= listed.Outcome == Outcome.Absent ? null : Closed(listed.Outcome);
                continue;
            }

            for (var i = listed.Value.Length - 1; i >= 0; i--)
            {
                var path = $"{folder}/{listed.Value[i]}";
                var facts = await host.Host.FactsAsync(path, followLink: false, cancel);
                if (!facts.IsRead || ++_seen > MaxEntries)
                {
                    continue;
                }

                Look(path, facts.Value);
                if (facts.Value.Kind == FileKind.Directory && IsWalked(path, facts.Value, mounts))
                {
                    left.Push(path);
                }
            }

            if (_seen > MaxEntries)
            {
                _missing ??= TooMany();
                return;
            }
        }
    }

    private void Look(string path, FileFacts facts)
    {
        if (facts.Kind == FileKind.Link)
        {
            return;
        }

        var isDirectory = facts.Kind == FileKind.Directory;
        if (
            facts.Kind is FileKind.File or FileKind.Directory
            && (facts.Mode & EveryoneWrites) != 0
            && !(isDirectory && (facts.Mode & Sticky) != 0)
        )
        {
            Add(_worldWritable, path, facts);
        }

        if (names.UserOf(facts.Owner) is null)
        {
            Add(_unowned, path, facts);
        }

        if (names.GroupOf(facts.Group) is null)
        {
            Add(_ungrouped, path, facts);
        }

        if (facts.Kind == FileKind.File && (facts.Mode & (SetUid | SetGid)) != 0 && _privileged.Count < MaxFound)
        {
            _privileged.Add((path, facts));
        }
    }

    /// <summary>A mount of a folder that was walked already, and one that is not local, is not gone into.</summary>
    private bool IsWalked(string path, FileFacts facts, Dictionary<string, string> mounts)
    {
        if (Skipped.Contains(path))
        {
            return false;
        }

        return !mounts.TryGetValue(path, out var type)
            || (LocalTypes.Contains(type) && _roots.Add((facts.Device, facts.Inode)));
    }

    private async Task<Dictionary<string, string>> MountsAsync(CancellationToken cancel)
    {
        var mounts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (host.Host.IsRunning)
        {
            foreach (var mount in Mount.Lines(await host.TextAsync("/proc/self/mounts", cancel)))
            {
                mounts[mount.Point] = mount.Type;
            }
        }

        return mounts;
    }

    private void Add(ArrayBuilder list, string path, FileFacts facts)
    {
        if (list.Count >= MaxFound)
        {
            list.Open = TooMany().Open;
            return;
        }

        list.Add(Found(path, facts).ToValue());
    }

    private ObjectBuilder Found(string path, FileFacts facts)
    {
        var found = new ObjectBuilder { ["path"] = path, ["kind"] = HostFiles.WordOf(facts.Kind) };
        found.AddFacts(facts, names);
        return found;
    }

    private Value Privileged(string path, FileFacts facts, IReadOnlyDictionary<string, string> owners, Value other)
    {
        var found = Found(path, facts);
        found["setuid"] = (facts.Mode & SetUid) != 0;
        found["setgid"] = (facts.Mode & SetGid) != 0;
        if (owners.TryGetValue(path, out var package))
        {
            found["package"] = package;
        }
        else if (other.IsDefined)
        {
            found["package"] = other;
        }

        return found.ToValue();
    }

    private Value Close(ArrayBuilder list)
    {
        list.Open ??= _missing?.Open;
        return list.Build();
    }

    private Missing Closed(Outcome outcome) =>
        host.Note(
            outcome == Outcome.Refused
                ? new Missing(
                    HostFaults.Refused,
                    "walk the file systems",
                    "root",
                    "/: expected permission to look into every folder, which takes root"
                )
                : new Missing(
                    HostFaults.Walk,
                    "walk the file systems",
                    "",
                    "/: expected to look into every folder, got an error of the system"
                )
        );

    private Missing TooMany() =>
        host.Note(
            new Missing(
                HostFaults.Walk,
                "walk all of the file systems",
                "",
                $"/: expected at most {MaxEntries:N0} entries, and {MaxFound:N0} found, got more"
            )
        );
}
