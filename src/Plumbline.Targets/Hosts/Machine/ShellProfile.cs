using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Machine;

/// <summary><c>linux/shell_profile</c>: where the shells' start files set when idle ones end, and the mask of new files.</summary>
internal static class ShellProfile
{
    private static readonly string[] Files = ["/etc/profile", "/etc/bash.bashrc", "/etc/bashrc", "/etc/profile.d/*.sh"];

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var files = new List<HostText>();
        foreach (var pattern in Files)
        {
            files.AddRange(await PathPattern.ReadAsync(host, pattern, cancel));
        }

        var tmout = new ArrayBuilder { Open = files.FirstMissing()?.Open };
        var umask = new ArrayBuilder { Open = files.FirstMissing()?.Open };
        foreach (var file in files)
        {
            AddTimeouts(file, tmout);
            AddMasks(file, umask);
        }

        return new ObjectBuilder { ["tmout"] = tmout.Build(), ["umask"] = umask.Build() }.ToValue();
    }

    /// <summary>An assignment, with what else the file does to the variable: <c>readonly TMOUT</c>, <c>export TMOUT</c>, <c>typeset -xr</c>.</summary>
    private static void AddTimeouts(HostText file, ArrayBuilder found)
    {
        var lines = file.Lines().Select(l => l.Text.Split('#')[0]).ToList();
        var mentions = lines.FindAll(l => l.Contains("TMOUT", StringComparison.Ordinal));
        foreach (var line in mentions)
        {
            var at = line.IndexOf("TMOUT=", StringComparison.Ordinal);
            var value = at < 0 ? "" : string.Concat(line[(at + 6)..].TrimStart('"', '\'').TakeWhile(char.IsAsciiDigit));
            if (value.Length > 0)
            {
                found.Add(
                    new ObjectBuilder
                    {
                        ["value"] = value,
                        ["readonly"] = mentions.Exists(l => Does(l, "readonly", 'r')),
                        ["exported"] = mentions.Exists(l => Does(l, "export", 'x')),
                        ["file"] = file.Path,
                    }.ToValue()
                );
            }
        }
    }

    private static bool Does(string line, string word, char flag)
    {
        var words = line.Split((char[])[' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);
        return words.Contains(word) || (words is ["typeset" or "declare", ['-', ..] flags, ..] && flags.Contains(flag));
    }

    private static void AddMasks(HostText file, ArrayBuilder found)
    {
        foreach (var (_, line) in file.Lines())
        {
            var words = line.Split('#')[0].Split((char[])[' ', '\t', ';'], StringSplitOptions.RemoveEmptyEntries);
            var at = Array.IndexOf(words, "umask");
            if (at >= 0 && at + 1 < words.Length && words[at + 1] is not ['-', ..])
            {
                found.Add(new ObjectBuilder { ["value"] = words[at + 1], ["file"] = file.Path }.ToValue());
            }
        }
    }
}
