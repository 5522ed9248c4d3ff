using Plumbline.Targets.Hosts.Access;
using Plumbline.Targets.Hosts.Audit;

namespace Plumbline.Targets.Tests.Hosts;

public sealed class Rules_of_auditd
{
    [Theory]
    [InlineData(
        "-w /etc/passwd -p aw -k identity",
        """{"keys": ["identity"], "kind": "watch", "path": "/etc/passwd", "permissions": "wa", "text": "-w /etc/passwd -p aw -k identity"}"""
    )]
    [InlineData(
        "-w /etc/sudoers.d/",
        """{"dir": "/etc/sudoers.d", "keys": [], "kind": "watch", "permissions": "rwxa", "text": "-w /etc/sudoers.d/"}"""
    )]
    [InlineData(
        "-a always,exit -F arch=b64 -S all -F path=/etc/x -F perm=wa -F key=k",
        """{"keys": ["k"], "kind": "watch", "path": "/etc/x", "permissions": "wa", "text": "-a always,exit -F arch=b64 -S all -F path=/etc/x -F perm=wa -F key=k"}"""
    )]
    [InlineData("-e 2", """{"kind": "control", "option": "-e", "text": "-e 2", "value": "2"}""")]
    [InlineData("-D", """{"kind": "control", "option": "-D", "text": "-D"}""")]
    [InlineData(
        "-a exit,always -F arch=b32 -S chmod,fchmod -S fchmodat -F auid>=1000 -F auid!=-1 -C uid!=euid -k perm",
        """{"action": "always", "arch": "b32", "fields": [{"name": "auid", "operator": ">=", "value": "1000"}, {"name": "auid", "operator": "!=", "value": "-1"}, {"kind": "comparison", "name": "uid", "operator": "!=", "value": "euid"}], "keys": ["perm"], "kind": "syscall", "list": "exit", "syscalls": ["chmod", "fchmod", "fchmodat"], "text": "-a exit,always -F arch=b32 -S chmod,fchmod -S fchmodat -F auid>=1000 -F auid!=-1 -C uid!=euid -k perm"}"""
    )]
    [InlineData("-w", """{"kind": "invalid", "text": "-w"}""")]
    [InlineData("-a always", """{"kind": "invalid", "text": "-a always"}""")]
    [InlineData("delete everything", """{"kind": "invalid", "text": "delete everything"}""")]
    public void Are_read_by_kind(string line, string expected) =>
        Assert.Equal(expected, AuditRule.Parse(line).Document.ToString());

    [Fact]
    public async Task Of_a_folder_are_joined_as_augenrules_does()
    {
        var host = new FakeHost
        {
            ["/etc/audit/rules.d/9-last.rules"] = "-w /b -p wa",
            ["/etc/audit/rules.d/10-first.rules"] = "-e 2\n-b 64\n-w /c -p wa",
            ["/etc/audit/rules.d/1-base.rules"] = "-b 32\n-D\n-w /a -p wa\n-f 2",
            ["/etc/audit/rules.d/note.txt"] = "-w /never",
        };
        var document = await host.ReadAsync("linux/auditd_rules");
        var texts = Enumerable
            .Range(0, document["rules"].Count)
            .Select(i => document["rules"][i]["text"].Utf8.ToString());
        Assert.Equal(["-D", "-b 64", "-f 2", "-w /a -p wa", "-w /b -p wa", "-w /c -p wa", "-e 2"], texts);
        Assert.Equal(2, document["enabled"]);
        Assert.Equal("files", document["source"]);
    }

    [Fact]
    public async Task Of_one_file_keep_their_order_so_that_what_follows_the_lock_is_seen()
    {
        var host = new FakeHost { ["/etc/audit/audit.rules"] = "-e 2\n-w /a -p wa" };
        var rules = (await host.ReadAsync("linux/auditd_rules"))["rules"];
        Assert.Equal("-e", rules[0]["option"]);
        Assert.Equal("watch", rules[1]["kind"]);
    }

    [Fact]
    public async Task Of_the_kernel_count_before_those_of_files()
    {
        var host = new FakeHost { IsRunning = true, ["/etc/audit/rules.d/a.rules"] = "-e 2" };
        host.Command(HostCommand.AuditStatus, "enabled 1\nfailure 1\npid 400\nbacklog_limit 8192\nlost 0\n");
        host.Command(HostCommand.AuditRules, "-w /etc/passwd -p wa -k identity\n");
        var document = await host.ReadAsync("linux/auditd_rules");
        Assert.Equal("loaded", document["source"]);
        Assert.Equal(1, document["enabled"]);
        Assert.Equal(1, document["rules"].Count);
        Assert.Equal("-e 2", document["configured"]["rules"][0]["text"]);
    }

    [Fact]
    public async Task That_may_not_be_read_leave_the_list_open()
    {
        var host = new FakeHost { ["/etc/audit/rules.d/a.rules"] = "-e 2", Refused = { "/etc/audit" } };
        var document = await host.ReadAsync("linux/auditd_rules");
        Assert.True(document["rules"].IsOpen);
        Assert.True(document["enabled"].IsUnknown);
    }
}
