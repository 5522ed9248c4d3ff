using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/grub</c>: whether the boot loader asks for a password, and what it gives the kernel.</summary>
internal static class Grub
{
    private static readonly string[] Configurations =
    [
        "/boot/grub/grub.cfg",
        "/boot/grub2/grub.cfg",
        "/boot/efi/EFI/*/grub.cfg",
        "/boot/grub/user.cfg",
        "/boot/grub2/user.cfg",
    ];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var files = new List<HostText>();
        foreach (var pattern in Configurations)
        {
            files.AddRange(await PathPattern.ReadAsync(host, pattern, cancel));
        }

        var settings = await host.TextAsync("/etc/default/grub", cancel);
        var document = new ObjectBuilder { ["installed"] = files.Count > 0 || settings.Exists };
        var missing = files.FirstMissing();
        var lines = files.SelectMany(f => f.Lines()).Select(l => Words.Split(l.Text)).ToList();
        var hasPassword = lines.Exists(w =>
            w is ["password" or "password_pbkdf2", ..]
            || (w is [var first, ..] && first.StartsWith("GRUB2_PASSWORD=", StringComparison.Ordinal))
        );
        document["password"] = hasPassword || missing is null ? hasPassword : missing.Present(ValueKind.Boolean);
        document["superusers"] = HostValues.List(
            lines
                .Where(w => w is ["set", var set, ..] && set.StartsWith("superusers=", StringComparison.Ordinal))
                .SelectMany(w =>
                    w[1]
                        ["superusers=".Length..]
                        .Split((char[])[' ', ',', ';', '&', '|'], StringSplitOptions.RemoveEmptyEntries)
                )
                .Distinct()
                .Order(Core.Ordinal.Comparer)
                .Select(u => (Value)u),
            missing?.Open
        );
        document["kernel_arguments"] =
            settings.Missing?.Present(ValueKind.Array) ?? HostValues.Texts(Arguments(settings));
        document["live_arguments"] = await LiveAsync(host, cancel);
        document["files"] = HostValues.FilesOf(files);
        return document.ToValue();
    }

    private static IEnumerable<string> Arguments(HostText settings) =>
        settings
            .Lines()
            .Where(l =>
                l.Text.StartsWith("GRUB_CMDLINE_LINUX=", StringComparison.Ordinal)
                || l.Text.StartsWith("GRUB_CMDLINE_LINUX_DEFAULT=", StringComparison.Ordinal)
            )
            .SelectMany(l => Words.Split(l.Text[(l.Text.IndexOf('=') + 1)..]))
            .SelectMany(v => Words.Split(v));

    private static async Task<Value> LiveAsync(HostReading host, CancellationToken cancel)
    {
        if (!host.Host.IsRunning)
        {
            return host.NotRunning().Present(ValueKind.Array);
        }

        var live = await host.TextAsync("/proc/cmdline", cancel);
        return live.Missing?.Present(ValueKind.Array) ?? HostValues.Texts(Words.Split(live.Trimmed));
    }
}
