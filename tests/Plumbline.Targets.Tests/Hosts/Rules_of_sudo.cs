using Plumbline.Values;

namespace Plumbline.Targets.Tests.Hosts;

public sealed class Rules_of_sudo
{
    private static async Task<Value> Read(string sudoers) =>
        await new FakeHost { ["/etc/sudoers"] = sudoers }.ReadAsync("linux/sudoers");

    [Theory]
    [InlineData("a ALL=(ALL) ALL", """[{"command": "ALL", "runas_groups": [], "runas_users": ["ALL"], "tags": []}]""")]
    [InlineData(
        "a ALL = NOPASSWD: /bin/x, PASSWD: /bin/y",
        """[{"command": "/bin/x", "runas_groups": [], "runas_users": ["root"], "tags": ["NOPASSWD"]}, {"command": "/bin/y", "runas_groups": [], "runas_users": ["root"], "tags": ["PASSWD"]}]"""
    )]
    [InlineData(
        "a ALL=(www:adm) NOPASSWD:NOEXEC: /bin/x -a\\, b, !/bin/z",
        """[{"command": "/bin/x -a\\, b", "runas_groups": ["adm"], "runas_users": ["www"], "tags": ["NOEXEC", "NOPASSWD"]}, {"command": "!/bin/z", "runas_groups": ["adm"], "runas_users": ["www"], "tags": ["NOEXEC", "NOPASSWD"]}]"""
    )]
    [InlineData(
        "Cmnd_Alias C = /a, D : D = /b\na ALL = !C",
        """[{"command": "!/a", "runas_groups": [], "runas_users": ["root"], "tags": []}, {"command": "!/b", "runas_groups": [], "runas_users": ["root"], "tags": []}]"""
    )]
    [InlineData(
        "a h1 = /x : h2 = /y",
        """[{"command": "/x", "runas_groups": [], "runas_users": ["root"], "tags": []}, {"command": "/y", "runas_groups": [], "runas_users": ["root"], "tags": []}]"""
    )]
    [InlineData(
        "a ALL = \\\n   /x",
        """[{"command": "/x", "runas_groups": [], "runas_users": ["root"], "tags": []}]"""
    )]
    public async Task Give_commands_with_runas_and_tags(string sudoers, string commands) =>
        Assert.Equal(commands, (await Read(sudoers))["rules"][0]["commands"].ToString());

    [Theory]
    [InlineData("a, %b ,#1000 ALL=ALL", """["a", "%b", "#1000"]""")]
    [InlineData("User_Alias OPS = a, !b\nOPS, c ALL=ALL", """["a", "!b", "c"]""")]
    [InlineData("OPS ALL=ALL\nUser_Alias OPS = late", """["late"]""")] // defined behind its use
    public async Task Give_users_with_aliases_replaced(string sudoers, string users) =>
        Assert.Equal(users, (await Read(sudoers))["rules"][0]["users"].ToString());

    [Theory]
    [InlineData("User_Alias X = Y\nUser_Alias Y = X\nX ALL=ALL")]
    [InlineData("User_Alias X = X, X\nX ALL=ALL")]
    public async Task With_aliases_of_themselves_come_to_an_end(string sudoers) =>
        Assert.InRange((await Read(sudoers))["rules"][0]["users"].Count, 1, 10_000);

    [Theory]
    [InlineData(
        "Defaults use_pty, !authenticate",
        """[{"name": "use_pty", "scope": "all", "value": true}, {"name": "authenticate", "scope": "all", "value": false}]"""
    )]
    [InlineData(
        "Defaults:a,b timestamp_timeout=15",
        """[{"for": ["a", "b"], "name": "timestamp_timeout", "scope": "user", "value": "15"}]"""
    )]
    [InlineData(
        "Defaults env_keep += \"A B\"",
        """[{"name": "env_keep", "operator": "+=", "scope": "all", "value": "A B"}]"""
    )]
    [InlineData(
        "Defaults logfile=/var/log/sudo.log # why",
        """[{"name": "logfile", "scope": "all", "value": "/var/log/sudo.log"}]"""
    )]
    public async Task Have_defaults(string sudoers, string defaults) =>
        Assert.Equal(defaults, (await Read(sudoers))["defaults"].ToString());

    [Fact]
    public async Task Come_from_included_folders_without_names_that_sudo_skips()
    {
        var host = new FakeHost
        {
            ["/etc/sudoers"] = "@includedir /etc/sudoers.d\nlast ALL=ALL",
            ["/etc/sudoers.d/a"] = "first ALL=ALL",
            ["/etc/sudoers.d/b.conf"] = "never ALL=ALL",
            ["/etc/sudoers.d/c~"] = "never ALL=ALL",
        };
        var document = await host.ReadAsync("linux/sudoers");
        Assert.Equal(2, document["rules"].Count);
        Assert.Equal("first", document["rules"][0]["users"][0]);
        Assert.Equal("last", document["rules"][1]["users"][0]);
    }

    [Fact]
    public async Task That_are_none_leave_the_lists_open()
    {
        var document = await Read("this is no rule\na ALL=ALL");
        Assert.True(document["rules"].IsOpen);
        Assert.Equal(1, document["rules"].Count);
    }

    [Fact]
    public async Task With_a_secret_lose_it()
    {
        var document = await Read("a ALL = /usr/bin/mysql --password=hunter22");
        Assert.DoesNotContain("hunter22", document.ToString(), StringComparison.Ordinal);
        Assert.True(document["rules"][0]["commands"][0]["command"].AsUnknown is { Cause: "redacted", Present: true });
    }

    [Fact]
    public async Task Of_files_that_include_themselves_come_to_an_end()
    {
        var document = await Read("@include /etc/sudoers\n@include /etc/sudoers\na ALL=ALL");
        Assert.True(document["rules"].IsOpen);
    }
}
