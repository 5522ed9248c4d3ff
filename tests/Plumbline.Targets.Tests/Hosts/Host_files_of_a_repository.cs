using Plumbline.Core.Resources;
using Plumbline.Targets.Tests.Files;

namespace Plumbline.Targets.Tests.Hosts;

public sealed class Host_files_of_a_repository : IDisposable
{
    private readonly Folder _folder = new Folder().WithRemote();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Are_documents_of_their_types_declared_under_their_paths()
    {
        _folder
            .With("ansible/sshd_config", "PermitRootLogin yes\n")
            .With("ansible/audit.rules", "-e 2\n-w /a -p wa\n")
            .With("ansible/sudoers", "a ALL=ALL\n")
            .With("ansible/sysctl.d/60.conf", "net.ipv4.ip_forward = 1\n")
            .With("ansible/readme.conf", "no\n");
        var read = await _folder.Read();
        Assert.Equal(
            [
                "repo:github.com/acme/shop//ansible/sysctl.d|linux/kernel_parameters|ansible/sysctl.d/60.conf",
                "repo:github.com/acme/shop//ansible|linux/auditd_rules|ansible/audit.rules",
                "repo:github.com/acme/shop//ansible|linux/sshd_config|ansible/sshd_config",
                "repo:github.com/acme/shop//ansible|linux/sudoers|ansible/sudoers",
            ],
            read.Resources.Select(r => r.Key.Text)
        );
        Assert.All(read.Resources, r => Assert.Equal(Basis.Declared, r.Basis));
        Assert.Equal("yes", read.Resources[2].Document["default"]["permitrootlogin"]);
        Assert.Equal("control", read.Resources[1].Document["rules"][0]["kind"]);
        Assert.True(read.Resources[0].Document["live"].IsUnknown);
        Assert.Empty(read.Gaps);
    }

    [Fact]
    public async Task Of_one_folder_of_rules_are_one_document()
    {
        _folder
            .With("etc/audit/rules.d/10-a.rules", "-w /a -p wa\n")
            .With("etc/audit/rules.d/9-e.rules", "-e 2\n-w /b -p wa\n");
        var rules = Assert.Single((await _folder.Read()).Resources);
        Assert.Equal("etc/audit/rules.d", rules.Key.Primary);
        Assert.Equal(
            ["-w /b -p wa", "-w /a -p wa", "-e 2"],
            Enumerable.Range(0, 3).Select(i => rules.Document["rules"][i]["text"].Utf8.ToString())
        );
        Assert.Equal(2, rules.Document["enabled"]);
    }

    [Fact]
    public async Task Are_open_where_they_include_what_is_not_there()
    {
        _folder.With("sshd_config", "MaxAuthTries 4\nInclude /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin no\n");
        var read = await _folder.Read("sshd_config");
        var settings = Assert.Single(read.Resources).Document["default"];
        Assert.Equal("4", settings["maxauthtries"]);
        Assert.True(settings["permitrootlogin"].IsUnknown);
        Assert.Contains("sshd_config.d", Assert.Single(read.Gaps).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_whole_where_what_they_include_lies_beside_them()
    {
        _folder
            .With("ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin no\n")
            .With("ssh/sshd_config.d/a.conf", "PermitRootLogin yes\n");
        var read = await _folder.Read();
        var whole = Assert.Single(read.Resources, r => r.Key.Primary == "ssh/sshd_config").Document;
        Assert.Equal("yes", whole["default"]["permitrootlogin"]);
        Assert.Equal("6", whole["default"]["maxauthtries"]);
        Assert.Equal("""["ssh/sshd_config", "ssh/sshd_config.d/a.conf"]""", whole["files"].ToString());
        var part = Assert.Single(read.Resources, r => r.Key.Primary == "ssh/sshd_config.d/a.conf").Document;
        Assert.Equal("yes", part["default"]["permitrootlogin"]);
        Assert.True(part["default"]["maxauthtries"].IsUnknown);
    }

    [Fact]
    public async Task Of_other_things_with_such_names_are_passed_over()
    {
        _folder.With("sudoers", "nothing of the kind\n").With("rules.d/x.rules", "SUBSYSTEM==\"usb\"\n");
        Assert.Empty((await _folder.Read()).Resources);
    }

    [Fact]
    public async Task For_the_audit_of_a_cluster_are_manifests_without_a_name()
    {
        _folder.With("audit-policy.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n");
        var policy = Assert.Single((await _folder.Read()).Resources);
        Assert.Equal(("k8s/audit.k8s.io/Policy", "audit-policy.yaml"), (policy.Key.Type, policy.Key.Primary));
    }
}
