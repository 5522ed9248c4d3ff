using Plumbline.Targets.Hosts.Access;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Ssh;

/// <summary><c>linux/sshd_config</c>: what sshd itself says, else what its files say.</summary>
/// <remarks>
/// A <c>Match</c> block's settings override the global ones for whoever meets its criteria (sshd_config(5)), so each block is given
/// with what it sets. sshd is asked once, without a connection: asking it for every block (<c>-C</c>) needs a user or
/// address that meets the criteria, which need not exist.
/// </remarks>
internal static class SshdConfig
{
    private const string Path = "/etc/ssh/sshd_config";

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var file = await host.TextAsync(Path, cancel);
        if (!file.Exists && !await host.HasProgramAsync("sshd", cancel))
        {
            return new ObjectBuilder { ["installed"] = false }.ToValue();
        }

        var parser = new SshdParser((pattern, stop) => IncludedAsync(host, pattern, stop));
        await parser.ReadAsync(file, cancel);
        var effective = await EffectiveAsync(host, cancel);
        return new ObjectBuilder
        {
            ["installed"] = true,
            ["source"] = effective.IsDefined ? "effective" : "files",
            ["default"] = effective.IsDefined ? effective : parser.Default(),
            ["matches"] = parser.Matches(),
            ["files"] = parser.Files(),
        }.ToValue();
    }

    /// <summary>Relative names are below <c>/etc/ssh</c>; files that a pattern matches come in the order of their names.</summary>
    public static async Task<IReadOnlyList<HostText>> IncludedAsync(
        HostReading host,
        string pattern,
        CancellationToken cancel
    ) => await PathPattern.ReadAsync(host, pattern.StartsWith('/') ? pattern : $"/etc/ssh/{pattern}", cancel);

    private static async Task<Value> EffectiveAsync(HostReading host, CancellationToken cancel)
    {
        if (!host.Host.IsRunning)
        {
            return default;
        }

        var command = host.Host.Identity.IsRoot ? HostCommand.SshdTest : HostCommand.SshdPrint;
        var (output, _) = await host.RunAsync(command, cancel);
        return output is null ? default : Parse(output);
    }

    /// <summary>The output of <c>sshd -T</c>: a keyword a line, in lower case, and its value.</summary>
    internal static Value Parse(string output)
    {
        var settings = new SshdSettings();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ');
            var keyword = SshdKeywords.Canonical(space < 0 ? line : line[..space]);
            settings.Add(
                keyword,
                space < 0 ? [] : line[(space + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            );
        }

        return settings.ToValue();
    }
}
