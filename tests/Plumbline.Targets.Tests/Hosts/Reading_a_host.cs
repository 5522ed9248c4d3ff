using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Plumbline.Core.Resources;
using Plumbline.Targets.Hosts;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Targets.Tests.Files;

namespace Plumbline.Targets.Tests.Hosts;

public sealed partial class Reading_a_host
{
    [Fact]
    public async Task Twice_gives_the_same_bytes()
    {
        var (first, second) = (await Example().ScanAsync(), await Example().ScanAsync());
        Assert.Equal(first.Resources.Select(r => (r.Key, r.Digest)), second.Resources.Select(r => (r.Key, r.Digest)));
        Assert.Equal(first.Gaps.Select(g => g.Reason), second.Gaps.Select(g => g.Reason));
    }

    [Fact]
    public async Task Gives_one_document_of_each_type_under_one_realm()
    {
        var snapshot = await Example().ScanAsync();
        Assert.Equal(
            HostTypes.All.Select(t => t.Name).Append(HostTypes.Reading).Order(StringComparer.Ordinal),
            snapshot.Resources.Select(r => r.Key.Type)
        );
        Assert.All(
            snapshot.Resources,
            r => Assert.Equal(("host:web-01", "web-01", Basis.Effective), (r.Key.Realm, r.Key.Primary, r.Basis))
        );
    }

    [Fact]
    public void Is_described_type_by_type()
    {
        var described = Heading()
            .Matches(File.ReadAllText(Repository.Path("docs/hosts.md")))
            .SelectMany(m => m.Groups["types"].Value.Split(", "))
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            HostTypes.All.Select(t => t.Name).Append(HostTypes.Reading).Order(StringComparer.Ordinal),
            described
        );
    }

    [Fact]
    public async Task Says_who_read_and_what_was_refused()
    {
        var host = new FakeHost
        {
            IsRunning = true,
            Identity = new(1000, 1000, [4, 1000]),
            ["/etc/shadow"] = "",
            Refused = { "/etc/shadow" },
        };
        host.Command(HostCommand.AuditStatus, "");
        var reading = await host.ReadAsync("linux/reading");
        Assert.Equal(
            """{"gid": 1000, "groups": [4, 1000], "root": false, "uid": 1000}""",
            reading["identity"].ToString()
        );
        Assert.Equal("machine", reading["source"]);
        Assert.Equal("needs root", reading["refused"]["read /etc/shadow"]);
        Assert.Equal("""{"complete": false, "outcome": "refused"}""", reading["commands"]["auditctl -s"].ToString());
    }

    [Fact]
    public async Task Runs_each_command_at_most_once_and_none_in_a_folder()
    {
        var host = Example();
        await host.ScanAsync();
        Assert.Equal(host.CommandsRun.Distinct(), host.CommandsRun);
        var folder = new FakeHost { ["/var/lib/rpm/Packages"] = "", ["/usr/sbin/nft"] = "" };
        var reading = await folder.ReadAsync("linux/reading");
        Assert.Equal("{}", reading["commands"].ToString());
    }

    [Fact]
    public void Runs_nothing_but_what_the_table_of_commands_names()
    {
        string[] readers = ["auditctl", "ip6tables-save", "iptables-save", "nft", "rpm", "sshd", "systemctl"];
        Assert.Equal(readers, HostCommand.All.Select(c => c.Program).Distinct().Order(StringComparer.Ordinal));
        var starters = Directory
            .EnumerateFiles(Repository.Path("src/Plumbline.Targets/Hosts"), "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("Process.Start", StringComparison.Ordinal))
            .Select(Path.GetFileName);
        Assert.Equal(["ThisMachine.cs"], starters);
    }

    [Fact]
    public async Task Of_a_folder_leaves_unknown_what_only_a_running_machine_tells()
    {
        var snapshot = await new FakeHost().ScanAsync();
        var gap = Assert.Single(snapshot.Gaps, g => g.Code == HostFaults.NotRunning);
        Assert.Contains(
            gap.Affects,
            a => a.Pointer?.Text == "/live" && a.What.Contains("linux/mounts", StringComparison.Ordinal)
        );
        Assert.Contains(gap.Affects, a => a.Pointer?.Text == "/listening");
    }

    [Fact]
    public async Task Interrupted_gives_what_was_read_and_names_the_rest()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var snapshot = await new HostTarget(new FakeHost(), new HostTargetOptions()).ReadAsync(null, stop.Token);
        var gap = Assert.Single(snapshot.Gaps);
        Assert.Equal(HostFaults.Interrupted, gap.Code);
        Assert.Equal(HostTypes.All.Length + 1, gap.Affects.Length);
    }

    /// <summary>Whatever stands in the files that collectors read: it ends, and every document can be stored.</summary>
    [Fact]
    public void Ends_whatever_the_files_say()
    {
        var line = Gen.OneOf(
            Gen.Int[0, Lines.Length - 1].Select(i => Lines[i]),
            Gen.Byte.Array[0, 20].Select(b => Encoding.Latin1.GetString(b))
        );
        Gen.Select(line.List[0, 8], Gen.Bool)
            .Sample(
                t =>
                {
                    var text = string.Join('\n', t.Item1);
                    var host = new FakeHost { IsRunning = t.Item2 };
                    foreach (var path in Files)
                    {
                        host[path] = text;
                    }

                    foreach (var command in HostCommand.All)
                    {
                        host.Command(command, text);
                    }

                    Assert.Equal(HostTypes.All.Length + 1, host.ScanAsync().GetAwaiter().GetResult().Resources.Length);
                },
                iter: 40
            );
    }

    [Fact]
    public async Task Takes_no_line_that_is_no_line_of_configuration()
    {
        var host = new FakeHost { ["/etc/login.defs"] = new string('x', (1 << 20) + 1) };
        var snapshot = await host.ScanAsync();
        Assert.Single(snapshot.Gaps, g => g.Operation == "read /etc/login.defs" && g.Code == HostFaults.Unreadable);
        Assert.True(
            Assert.Single(snapshot.Resources, r => r.Key.Type == "linux/login_defs").Document["settings"].IsOpen
        );
    }

    [Fact]
    public async Task In_a_root_folder_follows_links_as_the_host_would()
    {
        using var folder = new Folder();
        folder.With("usr/lib/os-release", "ID=alpine\n").With("etc/hostname", "db-07\n").With("outside", "ID=never\n");
        File.CreateSymbolicLink(folder["etc/os-release"], "/usr/lib/os-release");
        File.CreateSymbolicLink(folder["etc/issue"], "../../../../../../etc/hostname");
        File.CreateSymbolicLink(folder["etc/motd"], "motd");
        var snapshot = await new HostTarget($"host:{folder.Root}", new HostTargetOptions()).ReadAsync(
            null,
            TestContext.Current.CancellationToken
        );
        var os = Assert.Single(snapshot.Resources, r => r.Key.Type == "linux/host");
        Assert.Equal("host:db-07", os.Key.Realm);
        Assert.Equal("alpine", os.Document["os"]["id"]);
        var banners = Assert.Single(snapshot.Resources, r => r.Key.Type == "linux/banners").Document["files"];
        Assert.Equal("db-07\n", banners["/etc/issue"]["text"]);
        Assert.True(banners["/etc/motd"]["exists"].IsFalse);
    }

    [Fact]
    public async Task Of_this_machine_answers_whoever_reads()
    {
        var reading = new HostReading(new ThisMachine("here"));
        foreach (var type in HostTypes.All.Where(t => t.Name != "linux/files")) // which walks all of its disks
        {
            var found = await type.ReadAsync(reading, TestContext.Current.CancellationToken);
            Assert.True(found.IsObject && found.Count > 0, type.Name);
        }

        var groups = await HostTypes.All.Single(t => t.Name == "linux/groups").ReadAsync(reading, default);
        Assert.Equal("root", groups["groups"][0]["name"]);
    }

    [LongFact]
    public async Task Of_this_machine_finds_all_of_it_and_no_hash()
    {
        var snapshot = await new HostTarget("host:here", new HostTargetOptions()).ReadAsync(
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(HostTypes.All.Length + 1, snapshot.Resources.Length);
        Assert.DoesNotContain(
            snapshot.Resources,
            r => Encoding.UTF8.GetString(r.Bytes).Contains("$y$", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("host", true)]
    [InlineData("host:web", true)]
    [InlineData("./host", false)]
    [InlineData("hosts", false)]
    public void Is_asked_for_by_its_word(string target, bool isHost) => Assert.Equal(isHost, HostTarget.IsOne(target));

    [Fact]
    public async Task That_is_no_folder_of_one_is_wrong_input()
    {
        using var folder = new Folder();
        var refused = await Assert.ThrowsAsync<TargetException>(() =>
            new HostTarget($"host:x={folder.Root}", new HostTargetOptions()).ReadAsync(
                null,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(HostFaults.NoHost, refused.Code);
    }

    private static readonly string[] Lines =
    [
        "@include /etc/sudoers",
        "Include *",
        "auth include login",
        "@include login",
        "Match User a",
        "-a always,exit -F",
        "User_Alias A = A, A",
        "A ALL=A",
        "table x {",
        "chain y {",
        "}",
        "= = =",
        "a:b:c:d:e:f:g",
        "::::::::",
        "$IncludeConfig /etc/*",
        "[Install",
        "install x",
        "\\",
        "\"",
        "(",
        "Defaults",
        "Defaults!",
        "%",
        "=1",
    ];

    private static readonly string[] Files =
    [
        "/etc/apparmor.d/x",
        "/etc/audit/auditd.conf",
        "/etc/audit/plugins.d/a.conf",
        "/etc/audit/rules.d/a.rules",
        "/etc/chrony/chrony.conf",
        "/etc/crontab",
        "/etc/default/grub",
        "/etc/default/ufw",
        "/etc/fstab",
        "/etc/group",
        "/etc/login.defs",
        "/etc/modprobe.d/a.conf",
        "/etc/nftables.conf",
        "/etc/nsswitch.conf",
        "/etc/pam.d/login",
        "/etc/passwd",
        "/etc/profile",
        "/etc/rsyslog.conf",
        "/etc/rsyslog.d/a.conf",
        "/etc/security/limits.conf",
        "/etc/shadow",
        "/etc/ssh/sshd_config",
        "/etc/sudoers",
        "/etc/sysctl.d/a.conf",
        "/etc/syslog-ng/syslog-ng.conf",
        "/etc/systemd/journald.conf",
        "/etc/systemd/system/a.service",
        "/lib/apk/db/installed",
        "/proc/1/cmdline",
        "/proc/1/comm",
        "/proc/cmdline",
        "/proc/modules",
        "/proc/net/tcp",
        "/proc/net/udp6",
        "/proc/self/mounts",
        "/usr/bin/chronyd",
        "/usr/sbin/iptables",
        "/usr/sbin/nft",
        "/usr/sbin/ufw",
        "/var/lib/apt/lists/x_InRelease",
        "/var/lib/apt/lists/x_main_binary-amd64_Packages",
        "/var/lib/dpkg/status",
    ];

    private static FakeHost Example()
    {
        var host = new FakeHost
        {
            IsRunning = true,
            ["/etc/passwd"] = "root:x:0:0::/root:/bin/sh",
            ["/etc/ssh/sshd_config"] = "Port 22",
            ["/proc/1/comm"] = "systemd",
        };
        host.Command(HostCommand.UnitFiles, "a.service enabled -");
        host.Command(HostCommand.Units, "a.service loaded active running A");
        return host;
    }

    [GeneratedRegex(
        @"^### (?<types>linux/.*)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Heading();
}
