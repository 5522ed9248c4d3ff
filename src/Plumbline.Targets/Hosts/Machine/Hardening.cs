using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/limits</c>: limits.conf(5), the main file and then its folder.</summary>
internal static class ResourceLimits
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var files = await PathPattern.ReadAsync(host, "/etc/security/limits.conf", cancel);
        files.AddRange(await host.FolderAsync("/etc/security/limits.d", SettingsFiles.IsConf, cancel));
        var entries = new ArrayBuilder { Open = files.FirstMissing()?.Open };
        foreach (var file in files)
        {
            foreach (var (_, line) in file.Lines())
            {
                var words = line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (words is [var domain, var type, var item, var value, ..])
                {
                    entries.Add(
                        new ObjectBuilder
                        {
                            ["domain"] = domain,
                            ["type"] = type,
                            ["item"] = item,
                            ["value"] = value,
                            ["file"] = file.Path,
                        }.ToValue()
                    );
                }
            }
        }

        return new ObjectBuilder { ["entries"] = entries.Build() }.ToValue();
    }
}

/// <summary><c>linux/apparmor</c>: whether the kernel enforces it, and which profiles how.</summary>
internal static class AppArmor
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var document = new ObjectBuilder
        {
            ["installed"] =
                await host.ExistsAsync("/etc/apparmor.d", cancel)
                || await host.HasProgramAsync("apparmor_parser", cancel),
        };
        if (!host.Host.IsRunning)
        {
            document["enabled"] = host.NotRunning().Present(ValueKind.Boolean);
            document["profiles"] = host.NotRunning().Present(ValueKind.Object);
            return document.ToValue();
        }

        var enabled = await host.TextAsync("/sys/module/apparmor/parameters/enabled", cancel);
        document["enabled"] = enabled.Trimmed == "Y";
        var profiles =
            enabled.Trimmed == "Y" ? await host.TextAsync("/sys/kernel/security/apparmor/profiles", cancel) : null;
        document["profiles"] =
            profiles?.Missing?.Present(ValueKind.Object)
            ?? HostValues.Map(Modes(profiles).OrderBy(p => p.Key, Core.Ordinal.Comparer), m => (Value)m);
        return document.ToValue();
    }

    /// <summary><c>NAME (enforce)</c>, a profile a line.</summary>
    private static Dictionary<string, string> Modes(HostText? profiles)
    {
        var modes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, line) in profiles?.Lines("") ?? [])
        {
            var open = line.LastIndexOf(" (", StringComparison.Ordinal);
            if (open > 0)
            {
                modes[line[..open]] = line[(open + 2)..].TrimEnd(')');
            }
        }

        return modes;
    }
}

/// <summary><c>linux/selinux</c>: what runs, and <c>/etc/selinux/config</c>.</summary>
internal static class SeLinux
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var config = await host.TextAsync("/etc/selinux/config", cancel);
        var document = new ObjectBuilder { ["installed"] = config.Exists };
        if (host.Host.IsRunning)
        {
            var enforce = await host.TextAsync("/sys/fs/selinux/enforce", cancel);
            document["enabled"] = enforce.Exists;
            if (enforce.Exists)
            {
                document["mode"] =
                    enforce.Missing?.Present(ValueKind.String) ?? (enforce.Trimmed == "1" ? "enforcing" : "permissive");
            }
        }
        else
        {
            document["enabled"] = host.NotRunning().Present(ValueKind.Boolean);
            document["mode"] = host.NotRunning().Perhaps(ValueKind.String);
        }

        foreach (var (_, name, value) in SettingsFiles.Split(config.Text ?? ""))
        {
            _ = name switch
            {
                "SELINUX" => document["configured"] = value,
                "SELINUXTYPE" => document["policy"] = value,
                _ => default,
            };
        }

        return document.ToValue();
    }
}

/// <summary><c>linux/shell_profile</c>: where the shells' start files set when idle ones end, and the mask of new files.</summary>
internal static class ShellProfile
{
    private static readonly string[] Files = ["/etc/profile", "/etc/bash.bashrc", "/etc/bashrc", "/etc/profile.d/*.sh"];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var files = new List<HostText>();
        foreach (var pattern in Files)
        {
            files.AddRange(await PathPattern.ReadAsync(host, pattern, cancel));
        }

        var tmout = new ArrayBuilder { Open = files.FirstMissing()?.Open };
        var umask = new ArrayBuilder { Open = files.FirstMissing()?.Open };
        foreach (var file in files)
        {
            AddTimeouts(file, tmout);
            AddMasks(file, umask);
        }

        return new ObjectBuilder { ["tmout"] = tmout.Build(), ["umask"] = umask.Build() }.ToValue();
    }

    /// <summary>An assignment, with what else the file does to the variable: <c>readonly TMOUT</c>, <c>export TMOUT</c>, <c>typeset -xr</c>.</summary>
    private static void AddTimeouts(HostText file, ArrayBuilder found)
    {
        var lines = file.Lines().Select(l => l.Text.Split('#')[0]).ToList();
        var mentions = lines.FindAll(l => l.Contains("TMOUT", StringComparison.Ordinal));
        foreach (var line in mentions)
        {
            var at = line.IndexOf("TMOUT=", StringComparison.Ordinal);
            var value = at < 0 ? "" : string.Concat(line[(at + 6)..].TrimStart('"', '\'').TakeWhile(char.IsAsciiDigit));
            if (value.Length > 0)
            {
                found.Add(
                    new ObjectBuilder
                    {
                        ["value"] = value,
                        ["readonly"] = mentions.Exists(l => Does(l, "readonly", 'r')),
                        ["exported"] = mentions.Exists(l => Does(l, "export", 'x')),
                        ["file"] = file.Path,
                    }.ToValue()
                );
            }
        }
    }

    private static bool Does(string line, string word, char flag)
    {
        var words = line.Split((char[])[' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);
        return words.Contains(word) || (words is ["typeset" or "declare", ['-', ..] flags, ..] && flags.Contains(flag));
    }

    private static void AddMasks(HostText file, ArrayBuilder found)
    {
        foreach (var (_, line) in file.Lines())
        {
            var words = line.Split('#')[0].Split((char[])[' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);
            var at = Array.IndexOf(words, "umask");
            if (at >= 0 && at + 1 < words.Length && words[at + 1] is not ['-', ..])
            {
                found.Add(new ObjectBuilder { ["value"] = words[at + 1], ["file"] = file.Path }.ToValue());
            }
        }
    }
}

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
