using System.Collections.Immutable;

namespace Plumbline.Targets.Hosts.Declared;

/// <summary>Recognizes files of hosts in a repository by their names, and what they must hold to be one.</summary>
/// <param name="Type">Of the document that it becomes.</param>
/// <param name="IsJoined">All such files of one folder are one document.</param>
/// <param name="Marks">One of these words stands in it; a file of that name without is something else.</param>
internal sealed record HostFileKind(string Type, bool IsJoined, ImmutableArray<string> Marks)
{
    public const string Sshd = "linux/sshd_config";
    public const string Audit = "linux/auditd_rules";
    public const string Sysctl = "linux/kernel_parameters";
    public const string Sudoers = "linux/sudoers";

    private static readonly HostFileKind OfSshd = new(
        Sshd,
        IsJoined: false,
        ["Port", "Permit", "Authentication", "Match", "Include", "Ciphers", "Subsystem", "Forwarding", "Max", "Client"]
    );

    private static readonly HostFileKind OfAuditFile = new(
        Audit,
        IsJoined: false,
        ["-w ", "-a ", "-A ", "-e ", "-D", "-b "]
    );

    private static readonly HostFileKind OfSysctl = new(Sysctl, IsJoined: false, ["="]);

    private static readonly HostFileKind OfSudoers = new(
        Sudoers,
        IsJoined: false,
        ["ALL", "Defaults", "_Alias", "include"]
    );

    /// <param name="folder">Name of the folder that the file lies in.</param>
    /// <returns>Null for a file that is none by its name.</returns>
    public static HostFileKind? Of(string folder, string name) =>
        (folder, name) switch
        {
            (_, "sshd_config") => OfSshd,
            ("sshd_config.d", _) when SettingsFiles.IsConf(name) => OfSshd,
            ("rules.d", _) when name.EndsWith(".rules", StringComparison.Ordinal) => OfAuditFile with
            {
                IsJoined = true,
            },
            (_, "audit.rules") => OfAuditFile,
            (_, "sysctl.conf") => OfSysctl,
            ("sysctl.d", _) when SettingsFiles.IsConf(name) => OfSysctl,
            (_, "sudoers") => OfSudoers,
            ("sudoers.d", _) when !name.Contains('.') && !name.EndsWith('~') && name != "README" => OfSudoers,
            _ => null,
        };

    public bool Fits(string text) => Marks.Any(m => text.Contains(m, StringComparison.OrdinalIgnoreCase));
}
