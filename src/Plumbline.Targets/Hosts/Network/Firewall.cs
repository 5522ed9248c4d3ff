using Plumbline.Languages.Config;
using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Network;

/// <summary><c>linux/firewall</c>: what filters packets, and what happens to those that nothing names.</summary>
internal static class Firewall
{
    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel) =>
        new ObjectBuilder
        {
            ["nftables"] = await NftablesAsync(host, cancel),
            ["iptables"] = await IptablesAsync(host, "iptables", HostCommand.Iptables, cancel),
            ["ip6tables"] = await IptablesAsync(host, "ip6tables", HostCommand.Ip6tables, cancel),
            ["ufw"] = await UfwAsync(host, cancel),
            ["firewalld"] = await FirewalldAsync(host, cancel),
        }.ToValue();

    private static async Task<Value> NftablesAsync(HostReading host, CancellationToken cancel)
    {
        var file = await host.TextAsync("/etc/nftables.conf", cancel);
        file = file.Exists ? file : await host.TextAsync("/etc/sysconfig/nftables.conf", cancel);
        var isInstalled = await host.HasProgramAsync("nft", cancel);
        var nftables = new ObjectBuilder { ["installed"] = isInstalled };
        if (!isInstalled)
        {
            return nftables.ToValue();
        }

        var live = host.Host.IsRunning ? (await host.RunAsync(HostCommand.Nftables, cancel)).Output : null;
        nftables["source"] = live is null ? "files" : "live";
        nftables["chains"] =
            live is null && file.Missing is { } missing
                ? missing.Present(ValueKind.Array)
                : NftablesText.Chains(live ?? file.Text ?? "");
        return nftables.ToValue();
    }

    private static async Task<Value> IptablesAsync(
        HostReading host,
        string program,
        HostCommand command,
        CancellationToken cancel
    )
    {
        var isInstalled = await host.HasProgramAsync(program, cancel);
        var iptables = new ObjectBuilder { ["installed"] = isInstalled };
        if (!isInstalled)
        {
            return iptables.ToValue();
        }

        var (output, missing) = await host.RunAsync(command, cancel);
        if (output is null)
        {
            missing ??= host.NotRunning();
            iptables["policies"] = missing.Present(ValueKind.Object);
            iptables["rules"] = missing.Present(ValueKind.Object);
            return iptables.ToValue();
        }

        AddFilter(output, iptables);
        return iptables.ToValue();
    }

    /// <summary>The table <c>filter</c> of iptables-save(8): <c>:CHAIN POLICY [counters]</c>, <c>-A CHAIN …</c>.</summary>
    private static void AddFilter(string output, ObjectBuilder iptables)
    {
        var policies = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var rules = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var table = "";
        foreach (var (_, line) in ConfigLines.Of(output))
        {
            table = line.StartsWith('*') ? line : table;
            if (table != "*filter")
            {
                continue;
            }

            var words = line.Split(' ');
            if (line.StartsWith(':') && words.Length > 1 && words[1] != "-")
            {
                policies[words[0][1..]] = words[1];
            }
            else if (words is ["-A", var chain, ..])
            {
                rules[chain] = rules.GetValueOrDefault(chain) + 1;
            }
        }

        iptables["policies"] = HostValues.Map(policies, p => (Value)p);
        iptables["rules"] = HostValues.Map(rules, r => (Value)r);
    }

    /// <summary>ufw(8) keeps whether it is on, and its three defaults, in two files.</summary>
    private static async Task<Value> UfwAsync(HostReading host, CancellationToken cancel)
    {
        var isInstalled = await host.HasProgramAsync("ufw", cancel);
        var ufw = new ObjectBuilder { ["installed"] = isInstalled };
        if (!isInstalled)
        {
            return ufw.ToValue();
        }

        var on = await host.TextAsync("/etc/ufw/ufw.conf", cancel);
        var isOn = Variables(on).GetValueOrDefault("ENABLED", "").Equals("yes", StringComparison.OrdinalIgnoreCase);
        ufw["enabled"] = on.Missing?.Present(ValueKind.Boolean) ?? isOn;
        var defaults = await host.TextAsync("/etc/default/ufw", cancel);
        var variables = Variables(defaults);
        foreach (var chain in (string[])["INPUT", "OUTPUT", "FORWARD"])
        {
            if (defaults.Missing is { } missing)
            {
                ufw[chain.ToLowerInvariant()] = missing.Present(ValueKind.String);
            }
            else if (variables.TryGetValue($"DEFAULT_{chain}_POLICY", out var policy))
            {
                ufw[chain.ToLowerInvariant()] = policy.ToUpperInvariant() switch
                {
                    "DROP" => "deny",
                    "ACCEPT" => "allow",
                    _ => policy.ToLowerInvariant(),
                };
            }
        }

        return ufw.ToValue();
    }

    private static async Task<Value> FirewalldAsync(HostReading host, CancellationToken cancel)
    {
        var file = await host.TextAsync("/etc/firewalld/firewalld.conf", cancel);
        var isInstalled = file.Exists || await host.HasProgramAsync("firewalld", cancel);
        var firewalld = new ObjectBuilder { ["installed"] = isInstalled };
        if (file.Missing is { } missing)
        {
            firewalld["default_zone"] = missing.Perhaps(ValueKind.String);
        }
        else if (isInstalled)
        {
            firewalld.AddIf("default_zone", Variables(file).GetValueOrDefault("DefaultZone"));
        }

        return firewalld.ToValue();
    }

    private static Dictionary<string, string> Variables(HostText file)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, line) in file.Lines())
        {
            var equals = line.IndexOf('=');
            if (equals > 0)
            {
                variables[line[..equals].Trim()] = string.Join(' ', Words.Split(line[(equals + 1)..]));
            }
        }

        return variables;
    }
}

/// <summary>Finds the base chains in what <c>nft list ruleset</c> prints and its files hold (nft(8)).</summary>
internal static class NftablesText
{
    /// <summary>Deeper than this nothing is nested: table, chain, and sets or verdict maps inside a rule.</summary>
    private const int MaxDepth = 100;

    public static Value Chains(string text)
    {
        var chains = new SortedDictionary<string, Value>(StringComparer.Ordinal);
        var blocks = new Stack<string[]>();
        ObjectBuilder? chain = null;
        var (rules, chainDepth) = (0, 0);
        foreach (var statement in Statements(text))
        {
            var words = statement.Text.Split((char[])[' ', '\t', '"'], StringSplitOptions.RemoveEmptyEntries);
            switch (statement.End)
            {
                case '{' when blocks.Count < MaxDepth:
                    blocks.Push(words);
                    if (
                        words is ["chain", var name, ..]
                        && blocks.Count == 2
                        && blocks.Last() is ["table", .. var table]
                    )
                    {
                        chain = new ObjectBuilder
                        {
                            ["family"] = table.Length > 1 ? table[0] : "ip",
                            ["table"] = table.LastOrDefault(""),
                            ["name"] = name,
                        };
                        (rules, chainDepth) = (0, blocks.Count);
                    }

                    break;
                case '}':
                    if (chain is not null && blocks.Count == chainDepth)
                    {
                        Count(words);
                        if (chain["hook"].IsDefined)
                        {
                            chain["rules"] = rules;
                            chains[$"{chain["family"]} {chain["table"]} {chain["name"]}"] = chain.ToValue();
                        }

                        chain = null;
                    }

                    blocks.TryPop(out _);
                    break;
                default:
                    Count(words);
                    break;
            }
        }

        return HostValues.List(chains.Values);

        void Count(string[] words)
        {
            if (chain is null || blocks.Count != chainDepth || words.Length == 0)
            {
                return;
            }

            switch (words)
            {
                case ["type", _, "hook", var hook, ..]:
                    chain["hook"] = hook;
                    chain["policy"] = chain["policy"].IsDefined ? chain["policy"] : "accept";
                    break;
                case ["policy", var policy, ..]:
                    chain["policy"] = policy;
                    break;
                default:
                    rules++;
                    break;
            }
        }
    }

    /// <summary>What stands before each brace, semicolon or line's end. A set inside a rule is a block of its own, and the rule goes on behind it.</summary>
    private static IEnumerable<(string Text, char End)> Statements(string text)
    {
        foreach (var (_, line) in ConfigLines.Of(text))
        {
            var start = 0;
            var isRule = line.Contains('{') && !line.TrimEnd().EndsWith('{') && line.Contains('}');
            for (var i = 0; i < line.Length; i++)
            {
                if (line[i] == '#')
                {
                    break;
                }

                if (line[i] == ';' || (line[i] is '{' or '}' && !isRule))
                {
                    yield return (line[start..i].Trim(), line[i]);
                    start = i + 1;
                }
            }

            yield return (line[start..].Split('#')[0].Trim(), '\n');
        }
    }
}
