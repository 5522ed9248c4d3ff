using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Targets.Hosts.Privileges;

/// <summary>A file or folder that a line of sudoers includes.</summary>
internal sealed record SudoersInclude(string Path, bool IsFolder);

/// <summary>Reads the grammar of sudoers(5), file after file; what it cannot read leaves the lists open.</summary>
/// <remarks>
/// Aliases may be defined behind their use, so rules are kept as words and written out at the end.
/// <code>
/// Defaults[@hosts|:users|!commands|>runas]  name [= value | += value | -= value], …
/// User_Alias NAME = a, b : OTHER = c
/// users hosts = (runas users : runas groups) TAG: command, command : hosts = …
/// </code>
/// </remarks>
internal sealed class SudoersParser(Func<string, int, string, Missing> malformed)
{
    private static readonly ImmutableArray<string> AliasKinds =
    [
        "User_Alias",
        "Runas_Alias",
        "Host_Alias",
        "Cmnd_Alias",
        "Cmd_Alias",
    ];

    /// <summary>Bounds files that include each other; sudo itself only bounds how deep.</summary>
    private const int MaxFiles = 1_000;

    private readonly List<HostText> _files = [];
    private readonly List<Value> _defaults = [];
    private readonly List<(string Text, string File)> _rules = [];
    private readonly SudoersAliases _aliases = new();
    private Missing? _missing;

    /// <summary>Takes in a file, and gives what it includes at the place where it does; whoever asks reads that before going on.</summary>
    public IEnumerable<SudoersInclude> Read(HostText file)
    {
        if (_files.Count >= MaxFiles)
        {
            _missing ??= malformed(file.Path, 1, $"expected at most {MaxFiles:N0} included files, got more");
            yield break;
        }

        _files.Add(file);
        _missing ??= file.Missing;
        foreach (var (number, raw) in file.Lines(comments: "", continues: true))
        {
            if (IncludeOf(raw) is { } include)
            {
                yield return include;
                continue;
            }

            var line = SudoersText.WithoutComment(raw);
            if (line.Length == 0)
            {
                continue;
            }

            if (!TryRead(line, file.Path))
            {
                _missing ??= malformed(
                    file.Path,
                    number,
                    "expected a rule, alias or default of sudoers, got something else"
                );
            }
        }
    }

    public Value ToValue() =>
        new ObjectBuilder
        {
            ["installed"] = true,
            ["defaults"] = HostValues.List(_defaults, _missing?.Open),
            ["rules"] = HostValues.List(
                _rules.Select(r => new SudoersRule(r.Text, r.File, _aliases).ToValue()),
                _missing?.Open
            ),
            ["files"] = HostValues.FilesOf(_files),
        }.ToValue();

    private bool TryRead(string line, string file)
    {
        var end = line.AsSpan().IndexOfAny(" \t");
        var first = end < 0 ? line : line[..end];
        if (AliasKinds.Contains(first))
        {
            return end >= 0 && _aliases.TryAdd(line[end..]);
        }

        if (
            first == "Defaults"
            || (first.StartsWith("Defaults", StringComparison.Ordinal) && "@:!>".Contains(first[8]))
        )
        {
            return SudoersDefaults.TryRead(line, _defaults);
        }

        if (!SudoersRule.IsOne(line))
        {
            return false;
        }

        _rules.Add((line, file));
        return true;
    }

    /// <summary><c>@include</c> and <c>@includedir</c>, and their older forms with <c>#</c>.</summary>
    private static SudoersInclude? IncludeOf(string line)
    {
        foreach (var (word, isFolder) in (ReadOnlySpan<(string, bool)>)[("includedir", true), ("include", false)])
        {
            if (
                line.Length > word.Length + 2
                && line[0] is '@' or '#'
                && line.AsSpan(1).StartsWith(word)
                && char.IsWhiteSpace(line[word.Length + 1])
            )
            {
                return new SudoersInclude(line[(word.Length + 1)..].Trim().Trim('"').Replace("\\ ", " "), isFolder);
            }
        }

        return null;
    }
}
