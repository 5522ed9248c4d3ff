using Plumbline.Targets.Hosts.Accounts;
using Plumbline.Values;

namespace Plumbline.Targets.Tests.Hosts;

public sealed class Accounts_of_a_host
{
    private const string Hash = "$y$j9T$abcdefghijklmnopqrstuv$0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    [Theory]
    [InlineData("", "empty", null)]
    [InlineData("*", "none", null)]
    [InlineData("!", "locked", null)]
    [InlineData("!!", "locked", null)]
    [InlineData("!" + Hash, "locked", "yescrypt")]
    [InlineData(Hash, "set", "yescrypt")]
    [InlineData("$6$salt$hash", "set", "sha512")]
    [InlineData("$2b$10$hash", "set", "bcrypt")]
    [InlineData("$1$salt$hash", "set", "md5")]
    [InlineData("$9$salt$hash", "set", "other")]
    [InlineData("abJnggxhB/yWI", "set", "des")]
    [InlineData("x", "shadowed", null)]
    public void Have_a_password_or_not(string field, string state, string? algorithm)
    {
        Assert.Equal(state, Passwd.StateOf(field));
        Assert.Equal(algorithm, Passwd.AlgorithmOf(field));
    }

    [Fact]
    public async Task Age_and_never_show_a_hash()
    {
        var host = new FakeHost
        {
            ["/etc/shadow"] = $"a:{Hash}:20400:1:365:7:30::\nb:*:20000:0:99999:7:::\na:!:1::::::\n",
        };
        var snapshot = await host.ScanAsync();
        var document = Assert.Single(snapshot.Resources, r => r.Key.Type == "linux/password_ageing").Document;
        Assert.Equal(
            """{"a": {"algorithm": "yescrypt", "inactivity": 30, "last_change": 20400, "maximum": 365, "minimum": 1, "password": "set", "warning": 7}, "b": {"last_change": 20000, "maximum": 99999, "minimum": 0, "password": "none", "warning": 7}}""",
            document["accounts"].ToString()
        );
        Assert.DoesNotContain(snapshot.Resources, r => Text(r.Bytes).Contains("j9T", StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_may_not_be_read_are_unknown_and_the_gap_says_who_may()
    {
        var host = new FakeHost
        {
            ["/etc/shadow"] = "a:!:1::::::",
            ["/etc/group"] = "root:x:0:\nshadow:x:42:",
            Refused = { "/etc/shadow" },
        };
        host.Facts("/etc/shadow", 0, 42, 0x1A0);
        var snapshot = await host.ScanAsync();
        var document = Assert.Single(snapshot.Resources, r => r.Key.Type == "linux/password_ageing");
        Assert.True(document.Document["accounts"].AsUnknown is { Present: true, Kind: ValueKind.Object });
        var gap = Assert.Single(snapshot.Gaps, g => g.Operation == "read /etc/shadow");
        Assert.Equal(("PLB-3202", "root, or group shadow"), (gap.Code, gap.Permission));
        var affected = Assert.Single(gap.Affects);
        Assert.Equal((document.Key.Text, "/accounts"), (affected.What, affected.Pointer?.Text));
    }

    [Fact]
    public async Task Keep_their_duplicates_and_order()
    {
        var host = new FakeHost
        {
            ["/etc/passwd"] =
                "root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\nroot::7:7::/nowhere:/usr/sbin/nologin\nbroken\n",
            ["/root/.rhosts"] = "+ +",
        };
        var users = (await host.ReadAsync("linux/users"))["users"];
        Assert.Equal(3, users.Count);
        Assert.Equal(["root", "toor", "root"], Enumerable.Range(0, 3).Select(i => users[i]["name"].Utf8.ToString()));
        Assert.True(users[0]["trust_files"][".rhosts"].IsObject);
        Assert.True(users[0]["home"]["exists"].IsTrue);
        Assert.Equal("empty", users[2]["password"]);
        Assert.True(users[2]["interactive"].IsFalse);
        Assert.True(users[2]["home"]["exists"].IsFalse);
    }

    [Fact]
    public async Task Whose_homes_are_closed_may_have_files_that_let_others_in()
    {
        var host = new FakeHost
        {
            ["/etc/passwd"] = "a:x:1:1::/home/a:/bin/sh",
            ["/home/a/.rhosts"] = "+ +",
            Refused = { "/home/a" },
        };
        Assert.True((await host.ReadAsync("linux/users"))["users"][0]["trust_files"].IsOpen);
    }

    [Fact]
    public async Task Of_groups_are_members_and_those_whose_own_group_it_is()
    {
        var host = new FakeHost
        {
            ["/etc/passwd"] = "a:x:1:27::/:/bin/sh",
            ["/etc/group"] = "sudo:x:27:b,c\nempty::5:",
        };
        Assert.Equal(
            """[{"gid": 27, "members": ["b", "c"], "name": "sudo", "password": "shadowed", "primary": ["a"]}, {"gid": 5, "members": [], "name": "empty", "password": "none", "primary": []}]""",
            (await host.ReadAsync("linux/groups"))["groups"].ToString()
        );
    }

    [Fact]
    public async Task Are_asked_by_services_with_includes_in_place()
    {
        var host = new FakeHost
        {
            ["/etc/pam.d/login"] =
                "auth [success=ok\tdefault=bad]  /lib/security/pam_x.so a b # why\n@include common\npassword include common",
            ["/etc/pam.d/common"] =
                "-auth required pam_unix.so\npassword required pam_pwquality.so \\\n  retry=3\nauth substack deep",
            ["/etc/pam.d/deep"] = "auth sufficient pam_deny.so\nsession optional pam_y.so",
        };
        var login = (await host.ReadAsync("linux/pam"))["services"]["login"];
        var shown = Enumerable
            .Range(0, login.Count)
            .Select(i =>
                $"{login[i]["type"].Utf8} {login[i]["control"].Utf8} {login[i]["module"].Utf8} {login[i]["arguments"]} {login[i]["substack"].Utf8}".TrimEnd()
            );
        Assert.Equal(
            [
                """auth [success=ok default=bad] pam_x.so ["a", "b"]""",
                "auth required pam_unix.so []",
                """password required pam_pwquality.so ["retry=3"]""",
                "auth sufficient pam_deny.so [] deep",
                """password required pam_pwquality.so ["retry=3"]""",
            ],
            shown
        );
    }

    [Fact]
    public async Task Have_rules_for_passwords_of_which_the_main_file_is_read_last()
    {
        var host = new FakeHost
        {
            ["/etc/security/pwquality.conf"] = "# minlen = 8\nminlen = 14\nenforce_for_root",
            ["/etc/security/pwquality.conf.d/10.conf"] = "minlen=6\ndcredit=-1",
        };
        Assert.Equal(
            """{"files": ["/etc/security/pwquality.conf.d/10.conf", "/etc/security/pwquality.conf"], "settings": {"dcredit": "-1", "enforce_for_root": "true", "minlen": "14"}}""",
            (await host.ReadAsync("linux/pwquality")).ToString()
        );
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
