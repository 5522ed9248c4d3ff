using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Accounts;

/// <summary><c>linux/pam</c>: what each service asks of whom, includes replaced by what they name (pam.d(5)).</summary>
internal sealed class PamServices
{
    /// <summary>As deep as libpam follows (<c>PAM_SUBSTACK_MAX_LEVEL</c> is 16), with room.</summary>
    private const int MaxDepth = 32;

    /// <summary>Of one service after its includes; real ones have tens.</summary>
    private const int MaxEntries = 2_000;

    /// <summary>Of one service, for files that include each other and say nothing else.</summary>
    private const int MaxIncludes = 1_000;

    private int _includes;

    private static readonly string[] Types = ["account", "auth", "password", "session"];

    private readonly SortedDictionary<string, HostText> _files = new(StringComparer.Ordinal);

    public static async Task<Value> ReadAsync(HostReading host, CancellationToken cancel)
    {
        var pam = new PamServices();
        Missing? missing = null;
        foreach (var folder in (string[])["/etc/pam.d", "/usr/lib/pam.d", "/usr/share/pam.d"])
        {
            var (names, closed) = await host.ListAsync(folder, cancel);
            missing ??= closed;
            foreach (var name in names.Where(n => !n.StartsWith('.') && !n.EndsWith('~')))
            {
                var file = await host.TextAsync($"{folder}/{name}", cancel);
                if (file.Exists)
                {
                    pam._files.TryAdd(name, file);
                }
            }
        }

        return new ObjectBuilder { ["services"] = HostValues.Map(pam._files, pam.Entries, missing) }.ToValue();
    }

    private Value Entries(HostText file)
    {
        var entries = new ArrayBuilder();
        _includes = 0;
        Add(file, type: null, substack: null, depth: 0, entries);
        return entries.Build();
    }

    /// <param name="type">Only entries of this type; null for all.</param>
    /// <param name="substack">Name of the substack they come from.</param>
    private void Add(HostText file, string? type, string? substack, int depth, ArrayBuilder entries)
    {
        if (file.Missing is { } missing)
        {
            entries.Open = missing.Open;
            return;
        }

        foreach (var (_, line) in file.Lines(continues: true))
        {
            if (entries.Count >= MaxEntries || depth >= MaxDepth)
            {
                return;
            }

            var words = Split(line);
            if (words is ["@include", var named, ..])
            {
                Include(named, type, substack, depth, entries);
                continue;
            }

            if (
                words is not [var first, var control, .. var rest]
                || first.TrimStart('-').ToLowerInvariant() is not { } kind
            )
            {
                continue;
            }

            if (!Types.Contains(kind) || (type is not null && kind != type) || rest is [])
            {
                continue;
            }

            if (control is "include" or "substack")
            {
                Include(rest[0], kind, control == "substack" ? rest[0] : substack, depth, entries);
                continue;
            }

            var entry = new ObjectBuilder
            {
                ["type"] = kind,
                ["control"] = control,
                ["module"] = rest[0][(rest[0].LastIndexOf('/') + 1)..],
                ["arguments"] = HostValues.Texts(rest[1..]),
                ["file"] = file.Path,
            };
            entry.AddIf("substack", substack);
            entries.Add(entry.ToValue());
        }
    }

    private void Include(string name, string? type, string? substack, int depth, ArrayBuilder entries)
    {
        if (_includes++ < MaxIncludes && _files.TryGetValue(name[(name.LastIndexOf('/') + 1)..], out var file))
        {
            Add(file, type, substack, depth + 1, entries);
        }
    }

    /// <summary>Words; what stands in brackets is one, its white space made single.</summary>
    internal static List<string> Split(string line)
    {
        var words = new List<string>();
        var rest = line;
        while (rest.Length > 0)
        {
            var close = rest[0] == '[' ? rest.IndexOf(']') : -1;
            var end = close > 0 ? close + 1 : rest.AsSpan().IndexOfAny(' ', '\t');
            end = end < 0 ? rest.Length : end;
            var word = rest[..end];
            words.Add(
                close > 0
                    ? string.Join(' ', word.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                    : word
            );
            rest = rest[end..].TrimStart();
        }

        var comment = words.FindIndex(w => w.StartsWith('#'));
        return comment < 0 ? words : words[..comment];
    }
}
