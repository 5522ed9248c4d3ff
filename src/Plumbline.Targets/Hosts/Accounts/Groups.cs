using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Accounts;

/// <summary><c>linux/groups</c>: group(5), with those whose primary group it is.</summary>
internal static class Groups
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var file = await host.TextAsync("/etc/group", cancel);
        var passwd = await host.TextAsync("/etc/passwd", cancel);
        var byGroup = Passwd.Lines(passwd).ToLookup(u => u.Gid, u => u.Name);
        var groups = new ArrayBuilder { Open = file.Missing?.Open };
        foreach (var (_, line) in file.Lines())
        {
            var f = line.Split(':');
            if (f.Length >= 4 && Passwd.Number(f[2]) is { } gid)
            {
                groups.Add(
                    new ObjectBuilder
                    {
                        ["name"] = f[0],
                        ["gid"] = gid,
                        ["password"] = f[1].Length == 0 ? "none" : Passwd.StateOf(f[1]),
                        ["members"] = HostValues.Texts(f[3].Split(',', StringSplitOptions.RemoveEmptyEntries)),
                        ["primary"] = passwd.Missing?.Present(ValueKind.Array) ?? HostValues.Texts(byGroup[gid]),
                    }.ToValue()
                );
            }
        }

        return new ObjectBuilder
        {
            ["groups"] = groups.Build(),
            ["nss"] = await Passwd.NssAsync(host, cancel),
        }.ToValue();
    }
}
