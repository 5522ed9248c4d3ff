using System.Globalization;
using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Software;

/// <summary><c>linux/updates</c>: what is newer than what is installed, as far as this host itself was told.</summary>
internal static class Updates
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var installed = await Packages.InstalledAsync(host, cancel);
        var isApt = installed.Manager == "dpkg";
        var document = new ObjectBuilder
        {
            ["manager"] = isApt ? "apt" : installed.Manager,
            ["unattended"] = await UnattendedAsync(host, cancel),
        };
        if (isApt)
        {
            await AddAptAsync(document, installed, host, cancel);
        }
        else if (installed.Manager == "none")
        {
            document["pending"] = Value.EmptyObject;
        }
        else
        {
            var cause = $"the index of {installed.Manager} is not read offline";
            document["pending"] = new ObjectBuilder { Open = new OpenMark(cause) }.ToValue();
            document["index"] = HostValues.Untold(cause, ValueKind.Object);
        }

        return document.ToValue();
    }

    private static async Task AddAptAsync(
        ObjectBuilder document,
        Installed installed,
        HostReading host,
        CancellationToken cancel
    )
    {
        var lists = new AptLists(host);
        await lists.ReadAsync(installed.Packages, cancel);
        var pending = new ObjectBuilder
        {
            Open =
                (lists.Missing ?? installed.Missing)?.Open
                ?? (lists.Fetched is null ? new OpenMark("apt never fetched its lists") : null),
        };
        foreach (var (name, update) in lists.Pending)
        {
            pending[name] = new ObjectBuilder
            {
                ["installed"] = update.Installed,
                ["candidate"] = update.Candidate,
                ["security"] = update.IsSecurity,
            }.ToValue();
        }

        document["pending"] = pending.ToValue();
        var index = new ObjectBuilder();
        index.AddIf("fetched", Text(lists.Fetched));
        index.AddIf("published", Text(lists.Published));
        document["index"] =
            lists.Missing is { } missing && lists.Fetched is null ? missing.Present(ValueKind.Object) : index.ToValue();
    }

    private static string? Text(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static async Task<Value> UnattendedAsync(HostReading host, CancellationToken cancel)
    {
        var isDebians = await host.HasProgramAsync("unattended-upgrade", cancel);
        var dnf = await host.TextAsync("/etc/dnf/automatic.conf", cancel);
        var unattended = new ObjectBuilder { ["installed"] = isDebians || dnf.Exists };
        if (isDebians)
        {
            var files = await host.FolderAsync(
                "/etc/apt/apt.conf.d",
                n => !n.StartsWith('.') && !n.EndsWith('~'),
                cancel
            );
            files.AddRange(await PathPattern.ReadAsync(host, "/etc/apt/apt.conf", cancel));
            unattended["enabled"] = files.FirstMissing()?.Present(ValueKind.Boolean) ?? IsPeriodic(files);
        }
        else if (dnf.Exists)
        {
            var applies = Ini.Read(dnf.Text ?? "")
                .LastOrDefault(e => e is { Section: "commands", Name: "apply_updates" })
                .Value;
            unattended["enabled"] =
                dnf.Missing?.Present(ValueKind.Boolean) ?? applies?.ToLowerInvariant() is "yes" or "true" or "1";
        }

        return unattended.ToValue();
    }

    /// <summary>apt.conf(5): the last <c>APT::Periodic::Unattended-Upgrade</c>, a number of days or <c>always</c>; 0 is never.</summary>
    private static bool IsPeriodic(IEnumerable<HostText> files)
    {
        const string Name = "Unattended-Upgrade";
        var value = "0";
        foreach (var (_, line) in files.SelectMany(f => f.Lines("#/")))
        {
            var words = Words.Split(line.TrimEnd(';'));
            if (words is [var name, var set, ..] && (name == Name || name == $"APT::Periodic::{Name}"))
            {
                value = set.TrimEnd(';');
            }
        }

        return value != "0";
    }
}
