using System.Globalization;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Audit;

/// <summary><c>linux/auditd_rules</c>: the rules that the kernel has, else those of the files.</summary>
internal static class AuditdRules
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var configured = await ConfiguredAsync(host, cancel);
        var (status, rules) = await LoadedAsync(host, cancel);
        if (rules is null)
        {
            return configured.ToDeclared();
        }

        var document = new ObjectBuilder { ["source"] = "loaded" };
        foreach (var (_, member) in AuditRuleSet.Controls)
        {
            var value = StatusOf(status!, member);
            if (value.IsDefined)
            {
                document[member] = value;
            }
        }

        document["rules"] = rules.Rules();
        document["configured"] = new ObjectBuilder
        {
            ["rules"] = configured.Rules(),
            ["files"] = configured.Files(),
        }.ToValue();
        return document.ToValue();
    }

    private static async Task<AuditRuleSet> ConfiguredAsync(HostReading host, CancellationToken cancel)
    {
        var folder = await host.FolderAsync(
            "/etc/audit/rules.d",
            n => n.EndsWith(".rules", StringComparison.Ordinal) && !n.StartsWith('.'),
            cancel
        );
        if (folder.Count > 0)
        {
            folder.Sort((left, right) => NaturalOrder.Compare(left.Path, right.Path));
            return AuditRuleSet.OfFolder(folder);
        }

        var file = await host.TextAsync("/etc/audit/audit.rules", cancel);
        return file.Exists ? AuditRuleSet.OfFile(file) : new AuditRuleSet([], []);
    }

    private static async Task<(string? Status, AuditRuleSet? Rules)> LoadedAsync(
        HostReading host,
        CancellationToken cancel
    )
    {
        if (!host.Host.IsRunning)
        {
            return (null, null);
        }

        var (status, _) = await host.RunAsync(HostCommand.AuditStatus, cancel);
        if (status is null)
        {
            return (null, null);
        }

        var (rules, _) = await host.RunAsync(HostCommand.AuditRules, cancel);
        return rules is null ? (null, null) : (status, AuditRuleSet.OfKernel(rules));
    }

    /// <summary>A line of <c>auditctl -s</c>: a name and a number.</summary>
    private static Value StatusOf(string status, string name)
    {
        foreach (var line in status.Split('\n'))
        {
            if (
                line.Split(' ') is [var first, var value, ..]
                && first == name
                && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            )
            {
                return number;
            }
        }

        return default;
    }
}
