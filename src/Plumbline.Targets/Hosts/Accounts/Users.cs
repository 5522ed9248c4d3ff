using System.Collections.Frozen;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Accounts;

/// <summary><c>linux/users</c>: the accounts of <c>/etc/passwd</c>, their homes, and files in them that grant access.</summary>
internal static class Users
{
    private static readonly FrozenSet<string> NoShells = FrozenSet.ToFrozenSet([
        "nologin",
        "false",
        "true",
        "sync",
        "halt",
        "shutdown",
    ]);

    /// <summary>hosts.equiv(5), netrc(5), aliases: files with which a user lets others in, or leaves a password or mail to them.</summary>
    private static readonly string[] TrustFiles = [".forward", ".netrc", ".rhosts", ".shosts"];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var file = await host.TextAsync("/etc/passwd", cancel);
        var names = await host.NamesAsync(cancel);
        var users = new ArrayBuilder { Open = file.Missing?.Open };
        foreach (var line in Passwd.Lines(file))
        {
            var user = new ObjectBuilder
            {
                ["name"] = line.Name,
                ["uid"] = line.Uid,
                ["gid"] = line.Gid,
                ["comment"] = line.Comment,
                ["shell"] = line.Shell,
                ["password"] = Passwd.StateOf(line.Password),
                ["interactive"] = !NoShells.Contains(line.Shell[(line.Shell.LastIndexOf('/') + 1)..]),
            };
            await AddHomeAsync(user, line.Home, host, names, cancel);
            users.Add(user.ToValue());
        }

        return new ObjectBuilder { ["users"] = users.Build(), ["nss"] = await Passwd.NssAsync(host, cancel) }.ToValue();
    }

    private static async Task AddHomeAsync(
        ObjectBuilder user,
        string path,
        HostReading host,
        HostNames names,
        CancellationToken cancel
    )
    {
        var home = new ObjectBuilder { ["path"] = path };
        var facts = path.StartsWith('/') ? await host.FactsAsync(path, cancel) : default;
        if (facts.Missing is { } missing)
        {
            home["exists"] = missing.Present(ValueKind.Boolean);
            home.Open = missing.Open;
            user["home"] = home.ToValue();
            user["trust_files"] = missing.Present(ValueKind.Object);
            return;
        }

        home["exists"] = facts.Facts is not null;
        if (facts.Facts is { } found)
        {
            home.AddFacts(found, names);
        }

        user["home"] = home.ToValue();
        user["trust_files"] = await TrustFilesAsync(path, host, names, cancel);
    }

    private static async Task<Value> TrustFilesAsync(
        string home,
        HostReading host,
        HostNames names,
        CancellationToken cancel
    )
    {
        var files = new ObjectBuilder();
        foreach (var name in TrustFiles)
        {
            var (facts, missing) = home.StartsWith('/')
                ? await host.FactsAsync($"{home.TrimEnd('/')}/{name}", cancel)
                : default;
            if (missing is not null)
            {
                files.Open = missing.Open;
            }
            else if (facts is { Kind: not FileKind.Directory } found)
            {
                var file = new ObjectBuilder();
                file.AddFacts(found, names);
                files[name] = file.ToValue();
            }
        }

        return files.ToValue();
    }
}
