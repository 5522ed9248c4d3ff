using System.Collections.Immutable;

namespace Plumbline.Targets.Hosts.Access;

/// <summary>A command that may run on a host: the whole list is <see cref="All"/>, and every one of them only reads.</summary>
/// <param name="Program">Looked up in <see cref="Folders"/> only.</param>
/// <param name="NeedsRoot">Without root it is not even tried: it would be refused, or tell a part.</param>
internal sealed record HostCommand(string Program, ImmutableArray<string> Arguments, bool NeedsRoot)
{
    /// <summary>Longest that one may take: <c>rpm -qa</c> of a large system on a slow disk takes a tenth.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    /// <summary>Most that is taken from one: the largest, <c>nft list ruleset</c> with big sets, stays far below.</summary>
    public const int MaxOutputBytes = 32 << 20;

    public static readonly ImmutableArray<string> Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>sshd(8): the effective configuration; reads the host keys, which are root's.</summary>
    public static readonly HostCommand SshdTest = new("sshd", ["-T"], NeedsRoot: true);

    /// <summary>sshd(8), since OpenSSH 9.3: the same without the keys.</summary>
    public static readonly HostCommand SshdPrint = new("sshd", ["-G"], NeedsRoot: false);

    public static readonly HostCommand UnitFiles = new(
        "systemctl",
        ["list-unit-files", "--no-legend", "--no-pager", "--plain"],
        NeedsRoot: false
    );

    public static readonly HostCommand Units = new(
        "systemctl",
        ["list-units", "--all", "--no-legend", "--no-pager", "--plain", "--full"],
        NeedsRoot: false
    );

    public static readonly HostCommand AuditStatus = new("auditctl", ["-s"], NeedsRoot: true);

    public static readonly HostCommand AuditRules = new("auditctl", ["-l"], NeedsRoot: true);

    public static readonly HostCommand Nftables = new("nft", ["list", "ruleset"], NeedsRoot: true);

    public static readonly HostCommand Iptables = new("iptables-save", [], NeedsRoot: true);

    public static readonly HostCommand Ip6tables = new("ip6tables-save", [], NeedsRoot: true);

    public static readonly HostCommand RpmPackages = new(
        "rpm",
        ["-qa", "--queryformat", @"%{NAME}\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\t%{ARCH}\n"],
        NeedsRoot: false
    );

    public static ImmutableArray<HostCommand> All { get; } =
    [SshdTest, SshdPrint, UnitFiles, Units, AuditStatus, AuditRules, Nftables, Iptables, Ip6tables, RpmPackages];

    /// <summary>As people know it: the program and the words that say what it does.</summary>
    public string Shown => string.Join(' ', Arguments.Where(a => a.Length <= 16).Prepend(Program).Take(3));
}
