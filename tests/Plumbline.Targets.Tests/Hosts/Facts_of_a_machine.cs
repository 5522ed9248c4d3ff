using Plumbline.Targets.Hosts.Access;

namespace Plumbline.Targets.Tests.Hosts;

public sealed class Facts_of_a_machine
{
    [Fact]
    public async Task Are_kernel_parameters_by_the_last_file_that_names_them()
    {
        var host = new FakeHost
        {
            IsRunning = true,
            ["/usr/lib/sysctl.d/50-default.conf"] = "net.ipv4.ip_forward = 1\nkernel.sysrq=16",
            ["/etc/sysctl.d/60-net.conf"] =
                "; comment\nnet/ipv4/ip_forward=0\n-net.ipv4.conf.all.rp_filter = 1\nnet.ipv4.conf.*.rp_filter = 2",
            ["/usr/lib/sysctl.d/60-net.conf"] = "kernel.sysrq=1",
            ["/proc/sys/net/ipv4/ip_forward"] = "1\n",
            ["/proc/sys/net/ipv4/ip_local_port_range"] = "32768\t60999\n",
        };
        var document = await host.ReadAsync("linux/kernel_parameters");
        Assert.Equal(
            """{"file": "/etc/sysctl.d/60-net.conf", "value": "0"}""",
            document["configured"]["net.ipv4.ip_forward"].ToString()
        );
        Assert.Equal("16", document["configured"]["kernel.sysrq"]["value"]); // the file of that name in /etc hides the other
        Assert.Equal("1", document["live"]["net.ipv4.ip_forward"]);
        Assert.Equal("32768 60999", document["live"]["net.ipv4.ip_local_port_range"]);
        Assert.True(document["live"]["kernel.sysrq"].IsNull);
        Assert.True(document["live"].IsOpen);
        Assert.False(document["configured"].IsOpen);
    }

    [Fact]
    public async Task Are_modules_that_cannot_be_loaded()
    {
        var host = new FakeHost
        {
            IsRunning = true,
            ["/etc/modprobe.d/a.conf"] =
                "install cramfs /bin/false\nblacklist usb-storage\ninstall dccp /bin/true\ninstall sctp /sbin/modprobe --ignore-install sctp",
            ["/etc/modprobe.d/b.conf"] = "install dccp /sbin/modprobe -i dccp",
            ["/proc/modules"] = "ext4 1 0 - Live 0x0\nusb_storage 1 0 - Live 0x0\n",
            ["/proc/sys/kernel/osrelease"] = "6.1\n",
            ["/lib/modules/6.1/modules.dep"] = "kernel/fs/cramfs/cramfs.ko.xz: kernel/x.ko\n",
            ["/lib/modules/6.1/modules.builtin"] = "kernel/net/af-packet.ko\n",
        };
        Assert.Equal(
            """{"available": ["cramfs"], "blacklisted": ["usb_storage"], "built_in": ["af_packet"], "disabled": ["cramfs"], "loaded": ["ext4", "usb_storage"]}""",
            (await host.ReadAsync("linux/kernel_modules")).ToString()
        );
    }

    [Fact]
    public async Task Are_mounts_of_which_the_last_is_seen()
    {
        var host = new FakeHost
        {
            IsRunning = true,
            ["/etc/fstab"] =
                "UUID=1 / ext4 errors=remount-ro 0 1\ntmpfs /my\\040tmp tmpfs nosuid,nodev\n/dev/sda2 none swap sw 0 0",
            ["/proc/self/mounts"] = "a /tmp ext4 rw 0 0\nb /tmp tmpfs rw,noexec 0 0\n",
        };
        Assert.Equal(
            """{"configured": {"/": {"device": "UUID=1", "options": ["errors=remount-ro"], "type": "ext4"}, "/my tmp": {"device": "tmpfs", "options": ["nodev", "nosuid"], "type": "tmpfs"}}, "live": {"/tmp": {"device": "b", "options": ["noexec", "rw"], "type": "tmpfs"}}, "swap": ["/dev/sda2"]}""",
            (await host.ReadAsync("linux/mounts")).ToString()
        );
    }

    [Fact]
    public async Task Are_ports_with_their_programs()
    {
        const string Head =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
        var host = new FakeHost
        {
            IsRunning = true,
            ["/proc/net/tcp"] =
                Head
                + "   0: 0100007F:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 77 1\n"
                + "   1: 0100007F:1234 0100007F:0016 01 00000000:00000000 00:00000000 00000000     0        0 78 1\n",
            ["/proc/net/udp6"] =
                Head
                + "   0: 00000000000000000000000000000000:0202 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 79 2\n",
            ["/proc/5/comm"] = "sshd\n",
            ["/proc/5/cmdline"] = "/usr/sbin/sshd\0-D\0",
        };
        host.Link("/proc/5/fd/3", "socket:[77]");
        Assert.Equal(
            """{"listening": [{"address": "127.0.0.1", "loopback": true, "port": 22, "processes": ["sshd"], "protocol": "tcp"}, {"address": "::", "loopback": false, "port": 514, "processes": [], "protocol": "udp6"}]}""",
            (await host.ReadAsync("linux/ports")).ToString()
        );
    }

    [Fact]
    public async Task Are_chains_of_nftables_with_their_policies()
    {
        var host = new FakeHost
        {
            ["/usr/sbin/nft"] = "",
            ["/etc/nftables.conf"] =
                "#!/usr/sbin/nft -f\nflush ruleset\ntable inet filter {\n\tset ok { type ipv4_addr; elements = { 1.2.3.4 } }\n"
                + "\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n\t\tct state { established, related } accept\n\t\tiif lo accept\n\t}\n"
                + "\tchain helper {\n\t\taccept\n\t}\n\tchain forward { type filter hook forward priority 0; }\n}\n",
        };
        Assert.Equal(
            """[{"family": "inet", "hook": "forward", "name": "forward", "policy": "accept", "rules": 0, "table": "filter"}, {"family": "inet", "hook": "input", "name": "input", "policy": "drop", "rules": 2, "table": "filter"}]""",
            (await host.ReadAsync("linux/firewall"))["nftables"]["chains"].ToString()
        );
    }

    [Fact]
    public async Task Are_policies_of_iptables()
    {
        var host = new FakeHost { IsRunning = true, ["/usr/sbin/iptables"] = "" };
        host.Command(
            HostCommand.Iptables,
            "*nat\n:INPUT ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT DROP [1:2]\n:f2b - [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n"
        );
        Assert.Equal(
            """{"installed": true, "policies": {"INPUT": "DROP"}, "rules": {"INPUT": 1}}""",
            (await host.ReadAsync("linux/firewall"))["iptables"].ToString()
        );
    }

    [Fact]
    public async Task Are_logs_and_where_they_go()
    {
        var host = new FakeHost
        {
            ["/etc/rsyslog.conf"] =
                "$FileCreateMode 0640\nmodule(load=\"imtcp\")\ninput(type=\"imtcp\" port=\"514\")\n$IncludeConfig /etc/rsyslog.d/*.conf\nauth.* @@logs.example.com:6514;RSYSLOG\n*.* @[::1]\n",
            ["/etc/rsyslog.d/a.conf"] =
                "action(type=\"omfwd\"\n  target=\"10.0.0.1\" port=\"1514\" protocol=\"tcp\"\n  StreamDriver=\"gtls\" StreamDriverMode=\"1\")\n",
            ["/etc/audit/plugins.d/syslog.conf"] = "active = yes\n",
        };
        var document = await host.ReadAsync("linux/log_forwarding");
        Assert.Equal(
            """[{"host": "10.0.0.1", "port": "1514", "protocol": "tcp", "selector": "*.*", "tls": true, "via": "rsyslog"}, {"host": "::1", "port": "514", "protocol": "udp", "selector": "*.*", "tls": false, "via": "rsyslog"}, {"host": "logs.example.com", "port": "6514", "protocol": "tcp", "selector": "auth.*", "tls": false, "via": "rsyslog"}]""",
            document["forwards"].ToString()
        );
        Assert.Equal("""[{"port": "514", "protocol": "tcp", "via": "rsyslog"}]""", document["listens"].ToString());
        Assert.Equal("0640", document["rsyslog"]["file_create_mode"]);
        Assert.True(document["audit"]["syslog"].IsTrue);
    }

    [Fact]
    public async Task Are_jobs_of_cron_without_their_passwords()
    {
        var host = new FakeHost
        {
            ["/etc/crontab"] =
                "SHELL=/bin/sh\n17 *\t* * *\troot    cd / && run-parts --report /etc/cron.hourly\n@daily bob backup PASSWORD=hunter22\n",
            ["/var/spool/cron/crontabs/alice"] = "0 1 * * 1 /home/alice/job\n",
            ["/etc/cron.daily/logrotate"] = "",
            ["/etc/cron.allow"] = "root\n",
        };
        var document = await host.ReadAsync("linux/cron");
        Assert.DoesNotContain("hunter22", document.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, document["entries"].Count);
        Assert.Equal(
            """{"command": "/home/alice/job", "file": "/var/spool/cron/crontabs/alice", "schedule": "0 1 * * 1", "user": "alice"}""",
            document["entries"][2].ToString()
        );
        Assert.Equal("""["logrotate"]""", document["scripts"]["daily"].ToString());
        Assert.Equal("""["root"]""", document["allow"].ToString());
        Assert.True(document["deny"].IsUndefined);
    }

    [Fact]
    public async Task Are_files_that_everyone_may_write_or_that_nobody_owns()
    {
        var host = new FakeHost
        {
            ["/etc/passwd"] = "root:x:0:0::/:/bin/sh",
            ["/etc/group"] = "root:x:0:",
            ["/var/lib/dpkg/info/sudo.list"] = "/usr/bin/sudo\n",
        };
        host.Facts("/srv/share", 0, 0, 0x1FF, FileKind.Directory);
        host.Facts("/tmp", 0, 0, 0x3FF, FileKind.Directory);
        host.Facts("/srv/notes", 0, 0, 0x1B6);
        host.Facts("/srv/old", 4711, 0, 0x1A4);
        host.Facts("/usr/bin/sudo", 0, 0, 0x9ED);
        host.Facts("/proc/1/mem", 9, 9, 0x1B6);
        var document = await host.ReadAsync("linux/files");
        Assert.Equal(["/srv/notes", "/srv/share"], Paths("world_writable"));
        Assert.Equal(["/srv/old"], Paths("unowned"));
        Assert.Equal([], Paths("ungrouped"));
        Assert.Equal("sudo", document["privileged"][0]["package"]);
        Assert.True(document["files"]["/etc/shadow"]["exists"].IsFalse);
        Assert.True(document["files"].IsOpen);

        IEnumerable<string> Paths(string list) =>
            Enumerable.Range(0, document[list].Count).Select(i => document[list][i]["path"].Utf8.ToString());
    }

    [Fact]
    public async Task Are_services_of_a_running_systemd()
    {
        var host = new FakeHost { IsRunning = true, ["/proc/1/comm"] = "systemd\n" };
        host.Command(
            HostCommand.UnitFiles,
            "auditd.service enabled enabled\ngetty@.service enabled enabled\nrpcbind.service masked enabled\nuser.slice static -\n"
        );
        host.Command(
            HostCommand.Units,
            "  auditd.service loaded active running Security Auditing\n● gone.service not-found inactive dead gone\n  getty@tty1.service loaded active running Getty\n  user@0.service loaded active running User\n"
        );
        Assert.Equal(
            """{"manager": "systemd", "units": {"auditd.service": {"active": "active", "enabled": "enabled"}, "getty@.service": {"active": "inactive", "enabled": "enabled"}, "getty@tty1.service": {"active": "active", "enabled": "enabled"}, "rpcbind.service": {"active": "inactive", "enabled": "masked"}}}""",
            (await host.ReadAsync("linux/services")).ToString()
        );
    }

    [Fact]
    public async Task Are_services_by_files_links_and_processes_where_no_systemd_runs()
    {
        const string Install = "[Install]\nWantedBy=multi-user.target\n";
        var host = new FakeHost
        {
            IsRunning = true,
            ["/proc/1/comm"] = "sshd\n",
            ["/proc/9/comm"] = "auditd\n",
            ["/proc/9/cmdline"] = "/sbin/auditd\0",
            ["/usr/lib/systemd/system/auditd.service"] = $"[Service]\nExecStart=/sbin/auditd -n\n{Install}",
            ["/usr/lib/systemd/system/cron.service"] = $"[Service]\nExecStart=-/usr/sbin/cron -f\n{Install}",
            ["/usr/lib/systemd/system/once.service"] = "[Service]\nType=oneshot\nExecStart=/bin/true\n",
            ["/etc/init.d/old"] = "",
        };
        host.Link(
            "/etc/systemd/system/multi-user.target.wants/auditd.service",
            "/usr/lib/systemd/system/auditd.service"
        );
        host.Link("/etc/systemd/system/rpcbind.service", "/dev/null");
        host.Link("/etc/rc3.d/S01old", "../init.d/old");
        var units = (await host.ReadAsync("linux/services"))["units"];
        Assert.Equal("""{"active": "active", "enabled": "enabled"}""", units["auditd.service"].ToString());
        Assert.Equal("""{"active": "inactive", "enabled": "disabled"}""", units["cron.service"].ToString());
        Assert.Equal("static", units["once.service"]["enabled"]);
        Assert.True(units["once.service"]["active"].IsUnknown);
        Assert.Equal("masked", units["rpcbind.service"]["enabled"]);
        Assert.Equal("enabled", units["old.service"]["enabled"]);
    }
}
