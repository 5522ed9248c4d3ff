using System.Globalization;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Audit;

/// <summary><c>linux/auditd_rules</c>: the rules that the kernel has, else those of the files.</summary>
internal static class AuditdRules
{
    private static readonly (string Option, string Status, string Member)[] Controls =
    [
        ("-b", "backlog_limit", "backlog_limit"),
        ("-e", "enabled", "enabled"),
        ("-f", "failure", "failure"),
    ];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var configured = await ConfiguredAsync(host, cancel);
        var (status, rules) = await LoadedAsync(host, cancel);
        var document = new ObjectBuilder { ["source"] = rules is null ? "files" : "loaded" };
        foreach (var (option, name, member) in Controls)
        {
            var value = rules is null ? configured.Control(option) : StatusOf(status!, name);
            if (value.IsDefined)
            {
                document[member] = value;
            }
        }

        document["rules"] = (rules ?? configured).Rules();
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

/// <summary>The order of <c>ls -v</c>: runs of digits by their value, all else by character.</summary>
internal static class NaturalOrder
{
    public static int Compare(string left, string right)
    {
        var (i, j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            if (!char.IsAsciiDigit(left[i]) || !char.IsAsciiDigit(right[j]))
            {
                if (left[i] != right[j])
                {
                    return left[i].CompareTo(right[j]);
                }

                (i, j) = (i + 1, j + 1);
                continue;
            }

            var (a, b) = (Digits(left, ref i), Digits(right, ref j));
            var order = a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
            if (order != 0)
            {
                return order;
            }
        }

        var rest = (left.Length - i).CompareTo(right.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(left, right);
    }

    /// <summary>A number without its leading zeros.</summary>
    private static string Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[start..at].TrimStart('0');
    }
}
