using System.Collections.Immutable;
using Plumbline.Targets.Hosts.Accounts;
using Plumbline.Targets.Hosts.Audit;
using Plumbline.Targets.Hosts.Files;
using Plumbline.Targets.Hosts.Logging;
using Plumbline.Targets.Hosts.Machine;
using Plumbline.Targets.Hosts.Network;
using Plumbline.Targets.Hosts.Privileges;
using Plumbline.Targets.Hosts.Services;
using Plumbline.Targets.Hosts.Software;
using Plumbline.Targets.Hosts.Ssh;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts;

/// <summary>A type of document that a host has exactly one of.</summary>
/// <param name="Name">After InSpec's resource where there is one.</param>
/// <param name="ReadAsync">What could not be read is in the value as unknown; it does not throw.</param>
internal sealed record HostType(string Name, Func<HostReading, CancellationToken, Task<Value>> ReadAsync);

/// <summary>All that is read of a host; docs/hosts.md has the shape of each.</summary>
internal static class HostTypes
{
    /// <summary>How the host was read, which is known when all else was.</summary>
    public const string Reading = "linux/reading";

    public static ImmutableArray<HostType> All { get; } =
    [
        new("linux/apparmor", AppArmor.ReadAsync),
        new("linux/auditd_conf", SettingsFiles.Plain("/etc/audit/auditd.conf")),
        new("linux/auditd_rules", AuditdRules.ReadAsync),
        new("linux/banners", Banners.ReadAsync),
        new("linux/coredump", SettingsFiles.Systemd("coredump.conf", "Coredump")),
        new("linux/cron", Cron.ReadAsync),
        new("linux/faillock", SettingsFiles.Plain("/etc/security/faillock.conf")),
        new("linux/files", HostFiles.ReadAsync),
        new("linux/firewall", Firewall.ReadAsync),
        new("linux/groups", Groups.ReadAsync),
        new("linux/grub", Grub.ReadAsync),
        new("linux/host", HostFacts.ReadAsync),
        new("linux/journald", SettingsFiles.Systemd("journald.conf", "Journal")),
        new("linux/kernel_modules", KernelModules.ReadAsync),
        new("linux/kernel_parameters", KernelParameters.ReadAsync),
        new("linux/limits", ResourceLimits.ReadAsync),
        new("linux/log_forwarding", LogForwarding.ReadAsync),
        new("linux/login_defs", SettingsFiles.Plain("/etc/login.defs")),
        new("linux/mounts", Mounts.ReadAsync),
        new("linux/packages", Packages.ReadAsync),
        new("linux/pam", PamServices.ReadAsync),
        new("linux/password_ageing", PasswordAgeing.ReadAsync),
        new("linux/ports", Ports.ReadAsync),
        new("linux/pwhistory", SettingsFiles.Plain("/etc/security/pwhistory.conf")),
        // The library reads the folder first (pwquality.conf(5)).
        new(
            "linux/pwquality",
            SettingsFiles.Plain("/etc/security/pwquality.conf.d/*.conf", "/etc/security/pwquality.conf")
        ),
        new("linux/selinux", SeLinux.ReadAsync),
        new("linux/services", HostServices.ReadAsync),
        new("linux/shell_profile", ShellProfile.ReadAsync),
        new("linux/sshd_config", SshdConfig.ReadAsync),
        new("linux/sudoers", Sudoers.ReadAsync),
        new("linux/time", TimeSources.ReadAsync),
        new("linux/updates", Updates.ReadAsync),
        new("linux/users", Users.ReadAsync),
    ];
}
