using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Network;

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
            var first = line.AsSpan()[..Math.Max(0, line.AsSpan().IndexOfAny(" \t{"))];
            var isRule =
                line.Contains('}') && line.Contains('{') && first is not ("table" or "chain" or "set" or "map");
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
