using System.Text.Json;
using Plumbline.Core.Resources;
using Plumbline.Targets.Hosts;
using Plumbline.Values;

namespace Plumbline.Targets.Tests.Hosts;

/// <summary>Twenty small Debian hosts of which a truth file says what is wrong with each.</summary>
public sealed class A_fleet_of_hosts
{
    [LongFact]
    public async Task Is_read_as_its_truth_says()
    {
        var cancel = TestContext.Current.CancellationToken;
        var fleet = await Testbed.UpAsync("fleet", cancel);
        using var truth = JsonDocument.Parse(await File.ReadAllBytesAsync(fleet["FLEET_TRUTH_FILE"], cancel));
        var wrong = new List<string>();
        var compared = 0;
        foreach (var host in truth.RootElement.EnumerateObject())
        {
            var root = await RootOfAsync(Path.GetDirectoryName(fleet["FLEET_TRUTH_FILE"])!, host.Name, cancel);
            var snapshot = await new HostTarget($"host:{host.Name}={root}", new HostTargetOptions()).ReadAsync(
                null,
                cancel
            );
            foreach (var rule in host.Value.GetProperty("rules").EnumerateObject())
            {
                var holds = Holds(rule.Name, snapshot);
                compared++;
                if (holds != rule.Value.GetBoolean())
                {
                    wrong.Add($"{host.Name} {rule.Name}: expected {rule.Value}, got {holds}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(compared >= 20 * 26, $"expected 26 rules on 20 hosts, got {compared} answers");
    }

    /// <summary>The root of the first process in a host's namespaces, from where its mounts can be seen.</summary>
    private static async Task<string> RootOfAsync(string state, string host, CancellationToken cancel)
    {
        var outer = (await File.ReadAllTextAsync(Path.Combine(state, $"{host}.pid"), cancel)).Split(' ')[0];
        var inner = (await File.ReadAllTextAsync($"/proc/{outer}/task/{outer}/children", cancel)).Trim().Split(' ')[0];
        return $"/proc/{inner}/root";
    }

    private static bool Holds(string rule, Snapshot snapshot)
    {
        return rule switch
        {
            "sshd_disable_root_login" => Sshd("permitrootlogin") == "no",
            "sshd_disable_empty_passwords" => Sshd("permitemptypasswords") == "no",
            "sshd_set_max_auth_tries" => int.Parse(Sshd("maxauthtries")) <= 4,
            "sshd_set_idle_timeout" => Sshd("clientaliveinterval") == "300",
            "sshd_set_keepalive" => Sshd("clientalivecountmax") == "3",
            "sshd_enable_warning_banner_net" => Sshd("banner") == "/etc/issue.net",
            "sshd_disable_x11_forwarding" => Sshd("x11forwarding") == "no",
            "disable_host_auth" => Sshd("hostbasedauthentication") == "no",
            "sshd_set_loglevel_verbose" => Sshd("loglevel") == "VERBOSE",
            "file_permissions_sshd_config" => Mode("/etc/ssh/sshd_config") == 0x180,
            "file_permissions_etc_shadow" => Mode("/etc/shadow") == 0x1A0,
            "accounts_maximum_age_login_defs" => Setting("login_defs", "PASS_MAX_DAYS") == "365",
            "accounts_minimum_age_login_defs" => Setting("login_defs", "PASS_MIN_DAYS") == "1",
            "accounts_password_pam_minlen" => Setting("pwquality", "minlen") == "14",
            "accounts_no_uid_except_zero" => Count(Of("users")["users"], u => u["uid"] == 0) == 1,
            "no_empty_passwords_etc_shadow" => Count(Of("password_ageing")["accounts"], a => a["password"] == "empty")
                == 0,
            "sudo_remove_nopasswd" => !Of("sudoers")["rules"].ToString().Contains("NOPASSWD", StringComparison.Ordinal),
            "audit_rules_usergroup_modification_passwd" => Watches("/etc/passwd") && Watches("/etc/shadow"),
            "audit_rules_sysadmin_actions" => Watches("/etc/sudoers"),
            "audit_rules_privileged_commands_sudo" => Count(
                Of("auditd_rules")["rules"],
                r => r["path"] == "/usr/bin/sudo" && r["permissions"] == "x"
            ) == 1,
            "audit_rules_immutable" => Of("auditd_rules")["enabled"] == 2,
            "sysctl_net_ipv4_ip_forward" => Of("kernel_parameters")["configured"]["net.ipv4.ip_forward"]["value"]
                == "0",
            "kernel_module_cramfs_disabled" => Count(Of("kernel_modules")["disabled"], m => m == "cramfs") == 1,
            "dir_perms_world_writable_sticky_bits" => Count(
                Of("files")["world_writable"],
                f => f["path"] == "/srv/share"
            ) == 0,
            "file_permissions_unauthorized_world_writable" => Count(
                Of("files")["world_writable"],
                f => f["path"] == "/srv/notes.txt"
            ) == 0,
            "no_rsh_trust_files" => Count(Of("users")["users"], u => u["trust_files"][".rhosts"].IsDefined) == 0,
            _ => throw new NotSupportedException($"a rule of its own: {rule}"),
        };

        Value Of(string type) => snapshot.Resources.Single(r => r.Key.Type == $"linux/{type}").Document;
        string Sshd(string keyword) => Of("sshd_config")["default"][keyword].Utf8.ToString();
        string Setting(string type, string name) => Of(type)["settings"][name].Utf8.ToString();
        Value Mode(string path) => Of("files")["files"][path]["mode"];
        bool Watches(string path) =>
            Count(Of("auditd_rules")["rules"], r => r["kind"] == "watch" && r["path"] == path) == 1;
        static int Count(Value list, Func<Value, bool> wanted) =>
            Enumerable.Range(0, list.Count).Count(i => wanted(list[i]));
    }
}
