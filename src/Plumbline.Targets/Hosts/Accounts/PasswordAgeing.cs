using System.Globalization;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Accounts;

/// <summary><c>linux/password_ageing</c>: shadow(5) less its hashes, which never leave this file.</summary>
internal static class PasswordAgeing
{
    /// <summary>Fields 3 to 8.</summary>
    private static readonly string[] Days =
    [
        "last_change",
        "minimum",
        "maximum",
        "warning",
        "inactivity",
        "expiration",
    ];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var file = await host.TextAsync("/etc/shadow", cancel);
        var accounts = file.Missing?.Present(ValueKind.Object) ?? Accounts(file);
        return new ObjectBuilder { ["accounts"] = accounts }.ToValue();
    }

    /// <summary>Of two lines with one name the first counts, as for getspnam(3).</summary>
    private static Value Accounts(HostText file)
    {
        var accounts = new ObjectBuilder();
        foreach (var (_, line) in file.Lines())
        {
            var fields = line.Split(':');
            if (fields.Length < 2 || accounts[fields[0]].IsDefined)
            {
                continue;
            }

            var account = new ObjectBuilder { ["password"] = fields[1] == "x" ? "none" : Passwd.StateOf(fields[1]) };
            account.AddIf("algorithm", Passwd.AlgorithmOf(fields[1]));
            for (var i = 0; i < Days.Length && i + 2 < fields.Length; i++)
            {
                if (
                    long.TryParse(
                        fields[i + 2],
                        NumberStyles.AllowLeadingSign,
                        CultureInfo.InvariantCulture,
                        out var day
                    )
                )
                {
                    account[Days[i]] = day;
                }
            }

            accounts[fields[0]] = account.ToValue();
        }

        return accounts.ToValue();
    }
}
