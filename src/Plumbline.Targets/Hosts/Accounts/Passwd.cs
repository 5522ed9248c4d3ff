using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Accounts;

/// <summary>A line of passwd(5).</summary>
internal sealed record PasswdLine(
    string Name,
    string Password,
    uint Uid,
    uint Gid,
    string Comment,
    string Home,
    string Shell
);

/// <summary>Reads the colon-separated databases of accounts.</summary>
internal static class Passwd
{
    public static IEnumerable<PasswdLine> Lines(HostText file)
    {
        foreach (var (_, line) in file.Lines())
        {
            var f = line.Split(':');
            if (f.Length >= 7 && Number(f[2]) is { } uid && Number(f[3]) is { } gid)
            {
                yield return new PasswdLine(f[0], f[1], uid, gid, f[4], f[5], f[6]);
            }
        }
    }

    public static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What the field for a password says; never what stands in it.</summary>
    /// <remarks>shadow(5), crypt(5): what is no hash fits no password; <c>!</c> in front locks.</remarks>
    public static string StateOf(string field) =>
        field switch
        {
            "" => "empty",
            ['!', ..] => "locked",
            "x" => "shadowed",
            _ => AlgorithmOf(field) is null ? "none" : "set",
        };

    /// <summary>crypt(5), "AVAILABLE HASHING METHODS", by prefix; null where the field holds no hash, locked or not.</summary>
    public static string? AlgorithmOf(string field)
    {
        var hash = field.TrimStart('!');
        if (hash.StartsWith('$'))
        {
            var end = hash.IndexOf('$', 1);
            return (end < 0 ? "" : hash[1..end]) switch
            {
                "y" => "yescrypt",
                "gy" => "gost-yescrypt",
                "7" => "scrypt",
                "2a" or "2b" or "2x" or "2y" => "bcrypt",
                "6" => "sha512",
                "5" => "sha256",
                "1" => "md5",
                _ => "other",
            };
        }

        return hash switch
        {
            ['_', ..] when hash.Length == 20 => "des",
            _ when hash.Length == 13 && hash.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/') => "des",
            _ => null,
        };
    }

    /// <summary>Where names are looked up: the databases of nsswitch.conf(5) that accounts come from.</summary>
    public static async Task<Value> NssAsync(HostReading host, CancellationToken cancel)
    {
        var file = await host.TextAsync("/etc/nsswitch.conf", cancel);
        if (file.Missing is { } missing)
        {
            return missing.Present(ValueKind.Object);
        }

        var nss = new ObjectBuilder();
        foreach (var (_, line) in file.Lines())
        {
            var colon = line.IndexOf(':');
            var database = colon < 0 ? "" : line[..colon].Trim();
            if (database is "passwd" or "group" or "shadow")
            {
                var sources = line[(colon + 1)..].Split('#')[0];
                nss[database] = HostValues.Texts(
                    sources.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
                );
            }
        }

        return nss.ToValue();
    }
}
