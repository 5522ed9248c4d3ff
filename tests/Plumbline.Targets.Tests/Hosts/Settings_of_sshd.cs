using Plumbline.Targets.Hosts.Access;

namespace Plumbline.Targets.Tests.Hosts;

public sealed class Settings_of_sshd
{
    private static async Task<string> Default(string keyword, string config)
    {
        var host = new FakeHost { ["/etc/ssh/sshd_config"] = config };
        return (await host.ReadAsync("linux/sshd_config"))["default"][keyword].ToString();
    }

    [Theory]
    [InlineData("permitrootlogin", "PermitRootLogin no\nPermitRootLogin yes", "\"no\"")] // the first counts
    [InlineData("permitrootlogin", "permitROOTlogin=NO", "\"no\"")]
    [InlineData("permitrootlogin", "PermitRootLogin \"without-password\" # why", "\"prohibit-password\"")]
    [InlineData("permitrootlogin", "#PermitRootLogin yes", "\"prohibit-password\"")] // OpenSSH's own default
    [InlineData("permitrootlogin", "Match User root\nPermitRootLogin yes", "\"prohibit-password\"")]
    [InlineData("logingracetime", "LoginGraceTime 1m30s", "\"90\"")]
    [InlineData("clientaliveinterval", "ClientAliveInterval 5m", "\"300\"")]
    [InlineData("maxstartups", "MaxStartups 10", "\"10:30:10\"")]
    [InlineData("loglevel", "LogLevel verbose", "\"VERBOSE\"")]
    [InlineData("banner", "Banner /etc/Issue.net", "\"/etc/Issue.net\"")]
    [InlineData("kbdinteractiveauthentication", "ChallengeResponseAuthentication no", "\"no\"")]
    [InlineData("ciphers", "Ciphers aes256-ctr,aes128-ctr", "[\"aes256-ctr\", \"aes128-ctr\"]")]
    [InlineData("allowusers", "AllowUsers a b\nAllowUsers c", "[\"a\", \"b\", \"c\"]")] // lines add up
    [InlineData("port", "Port 22\nPort 2222", "[\"22\", \"2222\"]")]
    [InlineData("subsystem", "Subsystem sftp /usr/lib/sftp-server -l INFO", "[\"sftp /usr/lib/sftp-server -l INFO\"]")]
    public async Task Are_read_as_sshd_reads_them(string keyword, string config, string expected) =>
        Assert.Equal(expected, await Default(keyword, config));

    [Theory]
    [InlineData("macs", "")] // differs from version to version
    [InlineData("ciphers", "Ciphers -3des-cbc")] // changes a list that is not told
    public async Task Are_unknown_where_the_version_decides(string keyword, string config) =>
        Assert.Contains("unknown", await Default(keyword, config), StringComparison.Ordinal);

    [Fact]
    public async Task Included_files_stand_where_the_include_does()
    {
        var host = new FakeHost
        {
            ["/etc/ssh/sshd_config"] =
                "MaxAuthTries 4\nInclude sshd_config.d/*.conf\nPermitRootLogin no\nMaxSessions 2",
            ["/etc/ssh/sshd_config.d/50-b.conf"] = "PermitRootLogin yes\nMaxAuthTries 9",
            ["/etc/ssh/sshd_config.d/60-a.conf"] = "MaxSessions 5",
        };
        var document = await host.ReadAsync("linux/sshd_config");
        Assert.Equal("yes", document["default"]["permitrootlogin"]);
        Assert.Equal("4", document["default"]["maxauthtries"]);
        Assert.Equal("5", document["default"]["maxsessions"]);
        Assert.Equal(3, document["files"].Count);
    }

    [Fact]
    public async Task Of_a_match_are_those_that_it_sets()
    {
        var host = new FakeHost
        {
            ["/etc/ssh/sshd_config"] =
                "Match User backup Address 10.0.0.0/8\n PermitRootLogin yes\nMatch all\n X11Forwarding yes",
        };
        var matches = (await host.ReadAsync("linux/sshd_config"))["matches"];
        Assert.Equal(
            """[{"criteria": "User backup Address 10.0.0.0/8", "settings": {"permitrootlogin": "yes"}}, {"criteria": "all", "settings": {"x11forwarding": "yes"}}]""",
            matches.ToString()
        );
    }

    [Fact]
    public async Task A_match_in_an_included_file_ends_with_it_and_holds_within_the_one_around_it()
    {
        var host = new FakeHost
        {
            ["/etc/ssh/sshd_config"] = "Match Group ops\nInclude inner\nMaxAuthTries 3",
            ["/etc/ssh/inner"] = "Match User root\nPermitRootLogin yes",
        };
        var matches = (await host.ReadAsync("linux/sshd_config"))["matches"];
        Assert.Equal(
            """[{"criteria": "Group ops", "settings": {"maxauthtries": "3"}}, {"criteria": "Group ops User root", "settings": {"permitrootlogin": "yes"}}]""",
            matches.ToString()
        );
    }

    [Fact]
    public async Task After_a_file_that_may_not_be_read_are_unknown_and_before_it_known()
    {
        var host = new FakeHost
        {
            ["/etc/ssh/sshd_config"] = "MaxAuthTries 4\nInclude secret\nPermitRootLogin no",
            ["/etc/ssh/secret"] = "PermitRootLogin yes",
            Refused = { "/etc/ssh/secret" },
        };
        var document = await host.ReadAsync("linux/sshd_config");
        Assert.Equal("4", document["default"]["maxauthtries"]);
        Assert.True(document["default"]["permitrootlogin"].AsUnknown is { Present: true });
        Assert.True(document["default"].IsOpen);
        Assert.True(document["matches"].IsOpen);
    }

    [Fact]
    public async Task Are_sshds_own_where_it_can_be_asked()
    {
        var host = new FakeHost
        {
            IsRunning = true,
            ["/etc/ssh/sshd_config"] = "PermitRootLogin no\nMatch User a\nBanner none",
        };
        host.Command(
            HostCommand.SshdTest,
            "permitrootlogin without-password\nport 22\nciphers a,b\nacceptenv LANG\nacceptenv LC_*\n"
        );
        var document = await host.ReadAsync("linux/sshd_config");
        Assert.Equal("effective", document["source"]);
        Assert.Equal(
            """{"acceptenv": ["LANG", "LC_*"], "ciphers": ["a", "b"], "permitrootlogin": "prohibit-password", "port": ["22"]}""",
            document["default"].ToString()
        );
        Assert.Equal("none", document["matches"][0]["settings"]["banner"]);
    }

    [Fact]
    public async Task Of_files_that_include_themselves_come_to_an_end()
    {
        var host = new FakeHost { ["/etc/ssh/sshd_config"] = "Include *\nInclude *\nInclude *\nPort 22" };
        Assert.True((await host.ReadAsync("linux/sshd_config"))["files"].Count <= 1_000);
    }

    [Fact]
    public async Task Are_none_without_sshd() =>
        Assert.Equal("""{"installed": false}""", (await new FakeHost().ReadAsync("linux/sshd_config")).ToString());
}
