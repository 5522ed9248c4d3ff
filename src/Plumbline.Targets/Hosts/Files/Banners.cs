using Plumbline.Targets.Hosts.Machine;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Files;

/// <summary><c>linux/banners</c>: what is said to whoever comes, before they log in and after.</summary>
internal static class Banners
{
    /// <summary>issue(5): escapes for machine, release, system and version.</summary>
    private static readonly string[] Escapes = [@"\m", @"\r", @"\s", @"\v"];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var release = await HostFacts.ReleaseAsync(host, cancel);
        var files = new ObjectBuilder();
        foreach (var path in (string[])["/etc/issue", "/etc/issue.net", "/etc/motd"])
        {
            var file = await host.TextAsync(path, cancel);
            var banner = new ObjectBuilder { ["exists"] = file.Exists };
            if (file.Missing is { } missing)
            {
                banner["text"] = missing.Present(ValueKind.String);
                banner["reveals_system"] = missing.Present(ValueKind.Boolean);
            }
            else if (file.Text is { } text)
            {
                banner["text"] = text;
                banner["reveals_system"] = Reveals(text, release.GetValueOrDefault("ID", ""));
            }

            files[path] = banner.ToValue();
        }

        return new ObjectBuilder { ["files"] = files.ToValue() }.ToValue();
    }

    private static bool Reveals(string text, string id) =>
        Array.Exists(Escapes, e => text.Contains(e, StringComparison.Ordinal))
        || (id.Length > 0 && text.Contains(id, StringComparison.OrdinalIgnoreCase));
}
