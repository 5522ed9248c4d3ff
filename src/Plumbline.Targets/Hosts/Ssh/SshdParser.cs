using Plumbline.Languages.Config;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Ssh;

/// <summary>The files that an <c>Include</c> names, in the order in which they are read.</summary>
internal delegate Task<IReadOnlyList<HostText>> IncludedFiles(string pattern, CancellationToken cancel);

/// <summary>Reads sshd_config(5) as sshd does: first wins, <c>Include</c> in place, <c>Match</c> until the next one or the file's end.</summary>
internal sealed class SshdParser(IncludedFiles included)
{
    /// <summary>As sshd's own limit, <c>SERVCONF_MAX_DEPTH</c>.</summary>
    private const int MaxDepth = 16;

    /// <summary>A block for each <c>Match</c>; far more than any server has.</summary>
    private const int MaxMatches = 1_000;

    /// <summary>Bounds files that include each other; sshd itself only bounds how deep.</summary>
    private const int MaxFiles = 1_000;

    private readonly SshdSettings _default = new();
    private readonly List<(string Criteria, SshdSettings Settings)> _matches = [];
    private readonly List<string> _files = [];

    public async Task ReadAsync(HostText file, CancellationToken cancel) => await ReadAsync(file, null, 0, cancel);

    /// <summary>What was said of everybody, what is not written included.</summary>
    public Value Default()
    {
        _default.AddDefaults();
        return _default.ToValue();
    }

    /// <summary>A block in a file that could not be read may be missing.</summary>
    public Value Matches() =>
        HostValues.List(
            _matches.Select(m =>
                new ObjectBuilder { ["criteria"] = m.Criteria, ["settings"] = m.Settings.ToValue() }.ToValue()
            ),
            _default.Unread?.Open
        );

    public Value Files() => HostValues.Texts(_files);

    private async Task ReadAsync(
        HostText file,
        (string Criteria, SshdSettings Settings)? within,
        int depth,
        CancellationToken cancel
    )
    {
        _files.Add(file.Path);
        var block = within;
        if (file.Missing is { } missing)
        {
            (block?.Settings ?? _default).Lose(missing);
            _default.Lose(missing);
        }

        foreach (var (_, line) in file.Lines())
        {
            var (keyword, words) = Split(line);
            switch (keyword)
            {
                case "match":
                    block = Match(within, string.Join(' ', words));
                    break;
                case "include" when depth < MaxDepth && _files.Count < MaxFiles:
                    foreach (var pattern in words)
                    {
                        foreach (var next in await included(pattern, cancel))
                        {
                            await ReadAsync(next, block, depth + 1, cancel);
                        }
                    }

                    break;
                case "include":
                    break;
                default:
                    (block?.Settings ?? _default).Add(keyword, words);
                    break;
            }
        }
    }

    /// <summary>A block inside an included file holds only where the one around the <c>Include</c> does.</summary>
    private (string Criteria, SshdSettings Settings) Match(
        (string Criteria, SshdSettings Settings)? within,
        string criteria
    )
    {
        var block = (within is { } outer ? $"{outer.Criteria} {criteria}" : criteria, new SshdSettings());
        if (_matches.Count < MaxMatches)
        {
            _matches.Add(block);
        }

        return block;
    }

    /// <summary>Keyword and arguments: parted by white space or one <c>=</c>, quotes taken off, a comment at the end dropped.</summary>
    internal static (string Keyword, IReadOnlyList<string> Words) Split(string line)
    {
        var end = line.AsSpan().IndexOfAny(" \t=");
        if (end < 0)
        {
            return (SshdKeywords.Canonical(line), []);
        }

        var rest = line[end..].TrimStart();
        rest = rest.StartsWith('=') ? rest[1..] : rest;
        var words = Words.Split(rest);
        var comment = words.FindIndex(w => w.StartsWith('#'));
        return (SshdKeywords.Canonical(line[..end]), comment < 0 ? words : words[..comment]);
    }
}
