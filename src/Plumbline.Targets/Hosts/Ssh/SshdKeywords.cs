using System.Collections.Frozen;
using System.Globalization;

namespace Plumbline.Targets.Hosts.Ssh;

/// <summary>What is known of the keywords of sshd_config(5): which hold lists, how <c>sshd -T</c> writes them, what they are unless written.</summary>
internal static class SshdKeywords
{
    /// <summary>One line may name several, and lines add up.</summary>
    private static readonly FrozenSet<string> Repeated = FrozenSet.ToFrozenSet([
        "acceptenv",
        "allowgroups",
        "allowusers",
        "denygroups",
        "denyusers",
        "hostcertificate",
        "hostkey",
        "listenaddress",
        "logverbose",
        "port",
        "setenv",
        "subsystem",
    ]);

    /// <summary>One line, words between spaces.</summary>
    private static readonly FrozenSet<string> Worded = FrozenSet.ToFrozenSet([
        "authenticationmethods",
        "authorizedkeysfile",
        "permitlisten",
        "permitopen",
    ]);

    /// <summary>One line, names between commas; <c>+</c>, <c>-</c> or <c>^</c> in front changes the default list.</summary>
    private static readonly FrozenSet<string> Algorithms = FrozenSet.ToFrozenSet([
        "casignaturealgorithms",
        "ciphers",
        "hostbasedacceptedalgorithms",
        "hostkeyalgorithms",
        "kexalgorithms",
        "macs",
        "pubkeyacceptedalgorithms",
    ]);

    private static readonly FrozenSet<string> Times = FrozenSet.ToFrozenSet(["clientaliveinterval", "logingracetime"]);

    private static readonly FrozenSet<string> UpperCase = FrozenSet.ToFrozenSet(["loglevel", "syslogfacility"]);

    /// <summary>Values that are paths, names or text, whose letters stay as they are.</summary>
    private static readonly FrozenSet<string> AsWritten = FrozenSet.ToFrozenSet([
        "authorizedkeyscommand",
        "authorizedkeyscommanduser",
        "authorizedprincipalscommand",
        "authorizedprincipalscommanduser",
        "authorizedprincipalsfile",
        "banner",
        "chrootdirectory",
        "forcecommand",
        "hostkeyagent",
        "modulifile",
        "permituserenvironment",
        "pidfile",
        "revokedkeys",
        "trustedusercakeys",
        "versionaddendum",
        "xauthlocation",
    ]);

    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["challengeresponseauthentication"] = "kbdinteractiveauthentication",
        ["hostbasedacceptedkeytypes"] = "hostbasedacceptedalgorithms",
        ["keepalive"] = "tcpkeepalive",
        ["pubkeyacceptedkeytypes"] = "pubkeyacceptedalgorithms",
        ["skeyauthentication"] = "kbdinteractiveauthentication",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Defaults that every OpenSSH from 7.4 on has (servconf.c, fill_default_server_options); null where they differ.</summary>
    public static readonly FrozenDictionary<string, string?> Defaults = new Dictionary<string, string?>
    {
        ["allowagentforwarding"] = "yes",
        ["allowstreamlocalforwarding"] = "yes",
        ["allowtcpforwarding"] = "yes",
        ["authenticationmethods"] = "any",
        ["authorizedkeysfile"] = ".ssh/authorized_keys .ssh/authorized_keys2",
        ["banner"] = "none",
        ["ciphers"] = null,
        ["clientalivecountmax"] = "3",
        ["clientaliveinterval"] = "0",
        ["compression"] = null,
        ["disableforwarding"] = "no",
        ["gatewayports"] = "no",
        ["gssapiauthentication"] = "no",
        ["hostbasedauthentication"] = "no",
        ["hostkeyalgorithms"] = null,
        ["ignorerhosts"] = "yes",
        ["ignoreuserknownhosts"] = "no",
        ["kbdinteractiveauthentication"] = "yes",
        ["kexalgorithms"] = null,
        ["logingracetime"] = "120",
        ["loglevel"] = "INFO",
        ["macs"] = null,
        ["maxauthtries"] = "6",
        ["maxsessions"] = "10",
        ["maxstartups"] = "10:30:100",
        ["passwordauthentication"] = "yes",
        ["permitemptypasswords"] = "no",
        ["permitrootlogin"] = "prohibit-password",
        ["permittunnel"] = "no",
        ["permituserenvironment"] = "no",
        ["port"] = "22",
        ["printlastlog"] = "yes",
        ["pubkeyacceptedalgorithms"] = null,
        ["pubkeyauthentication"] = "yes",
        ["strictmodes"] = "yes",
        ["syslogfacility"] = "AUTH",
        ["tcpkeepalive"] = "yes",
        ["usedns"] = "no",
        ["usepam"] = "no",
        ["x11forwarding"] = "no",
        ["x11uselocalhost"] = "yes",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A keyword in lower case, by its present name.</summary>
    public static string Canonical(string keyword)
    {
        var lower = keyword.ToLowerInvariant();
        return Aliases.GetValueOrDefault(lower, lower);
    }

    public static bool IsRepeated(string keyword) => Repeated.Contains(keyword);

    public static bool IsList(string keyword) =>
        Repeated.Contains(keyword) || Worded.Contains(keyword) || Algorithms.Contains(keyword);

    /// <summary>The members of a list as one line gives them; null where they depend on the version's own list.</summary>
    public static IReadOnlyList<string>? Members(string keyword, IReadOnlyList<string> words)
    {
        if (Algorithms.Contains(keyword))
        {
            return words is [['+' or '-' or '^', ..], ..] ? null : string.Join(',', words).Split(',');
        }

        // Names of programs and addresses: what one line says is one member.
        return keyword is "subsystem" or "listenaddress" or "setenv" ? [string.Join(' ', words)] : words;
    }

    /// <summary>A value as <c>sshd -T</c> prints it.</summary>
    public static string Value(string keyword, IReadOnlyList<string> words)
    {
        var text = string.Join(' ', words);
        if (Times.Contains(keyword))
        {
            return Seconds(text) is { } seconds ? seconds.ToString(CultureInfo.InvariantCulture) : text;
        }

        if (UpperCase.Contains(keyword))
        {
            return text.ToUpperInvariant();
        }

        if (AsWritten.Contains(keyword))
        {
            return text.ToLowerInvariant() is "none" or "yes" or "no" ? text.ToLowerInvariant() : text;
        }

        var lower = text.ToLowerInvariant();
        return keyword switch
        {
            "permitrootlogin" when lower == "without-password" => "prohibit-password",
            "maxstartups" when !lower.Contains(':') => $"{lower}:30:{lower}",
            _ => lower,
        };
    }

    /// <summary>sshd_config(5), "TIME FORMATS": numbers with a unit, which add up; seconds without one.</summary>
    private static long? Seconds(string text)
    {
        var (sum, number, hasNumber) = (0L, 0L, false);
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiDigit(c))
            {
                number = Math.Min((10 * number) + (c - '0'), int.MaxValue);
                hasNumber = true;
                continue;
            }

            var unit = c switch
            {
                's' => 1,
                'm' => 60,
                'h' => 3_600,
                'd' => 86_400,
                'w' => 604_800,
                _ => 0,
            };
            if (unit == 0 || !hasNumber)
            {
                return null;
            }

            sum += number * unit;
            (number, hasNumber) = (0, false);
        }

        return text.Length == 0 ? null : sum + number;
    }
}
