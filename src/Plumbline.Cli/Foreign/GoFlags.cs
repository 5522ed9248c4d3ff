using Plumbline.Core.Authored;

namespace Plumbline.Cli.Foreign;

/// <summary>What a flag takes.</summary>
internal enum FlagKind
{
    Switch,
    Text,

    /// <summary>May be given more than once; each value may be several, with commas between them.</summary>
    List,
}

/// <summary>A flag of a tool that is written in Go.</summary>
/// <param name="Short">One letter; empty where there is none.</param>
/// <param name="Default">What holds where nobody says otherwise; <c>true</c> of a switch that is on.</param>
internal sealed record GoFlag(string Name, string Short, FlagKind Kind, string Default, string Meaning)
{
    public static GoFlag Switch(string name, string meaning, bool isOn = false) =>
        new(name, "", FlagKind.Switch, isOn ? "true" : "", meaning);

    public static GoFlag Text(string name, string letter, string usual, string meaning) =>
        new(name, letter, FlagKind.Text, usual, meaning);

    public static GoFlag List(string name, string letter, string usual, string meaning) =>
        new(name, letter, FlagKind.List, usual, meaning);
}

/// <summary>A command line as Go's pflag reads it: flags and other words in any order.</summary>
/// <remarks>
/// <code>
/// --name value   --name=value   -n value   -nvalue   -n=value      a text or list
/// --name         --name=false                                      a switch
/// --                                                               what follows are words
/// </code>
/// </remarks>
internal sealed class GoFlags
{
    private readonly IReadOnlyList<GoFlag> _known;
    private readonly Dictionary<string, List<string>> _given = new(StringComparer.Ordinal);
    private readonly Func<GoFlag, IReadOnlyList<string>?> _elsewhere;

    /// <param name="elsewhere">What environment and configuration say of a flag that was not typed; null where they say nothing.</param>
    /// <exception cref="FormatException">A flag is unknown, or lacks its value.</exception>
    public GoFlags(
        IReadOnlyList<GoFlag> known,
        IReadOnlyList<string> words,
        Func<GoFlag, IReadOnlyList<string>?> elsewhere
    )
    {
        (_known, _elsewhere) = (known, elsewhere);
        var rest = new Queue<string>(words);
        var others = new List<string>();
        while (rest.TryDequeue(out var word))
        {
            if (word == "--")
            {
                others.AddRange(rest);
                break;
            }

            if (word.Length < 2 || word[0] != '-')
            {
                others.Add(word);
            }
            else
            {
                Take(word, rest);
            }
        }

        Words = others;
    }

    /// <summary>What is no flag.</summary>
    public IReadOnlyList<string> Words { get; }

    public bool IsOn(string name) => Text(name) is "true" or "1" or "t" or "T" or "TRUE" or "True";

    public string Text(string name) => ValuesOf(name).LastOrDefault() ?? "";

    public IReadOnlyList<string> List(string name) =>
        [.. ValuesOf(name).SelectMany(v => v.Split(',')).Where(v => v.Length > 0)];

    /// <summary>Every value as it was typed, commas included.</summary>
    public IReadOnlyList<string> Each(string name) => [.. ValuesOf(name).Where(v => v.Length > 0)];

    private IReadOnlyList<string> ValuesOf(string name)
    {
        var flag = _known.Single(f => f.Name == name);
        return _given.TryGetValue(name, out var given) ? given : _elsewhere(flag) ?? [flag.Default];
    }

    private void Take(string word, Queue<string> rest)
    {
        var isLong = word.StartsWith("--", StringComparison.Ordinal);
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name =
            !isLong ? word[1..2]
            : equals < 0 ? word[2..]
            : word[2..equals];
        var flag =
            _known.FirstOrDefault(f => isLong ? f.Name == name : f.Short == name) ?? throw Unknown(word, name, isLong);
        var value = isLong
            ? equals < 0
                ? null
                : word[(equals + 1)..]
            : word.Length > 2
                ? word[2..].TrimStart('=')
                : null;
        value ??=
            flag.Kind == FlagKind.Switch ? "true"
            : rest.TryDequeue(out var next) ? next
            : throw new FormatException($"flag needs an argument: {word}");
        if (!_given.TryGetValue(flag.Name, out var values))
        {
            _given.Add(flag.Name, values = []);
        }

        values.Add(value);
    }

    private FormatException Unknown(string word, string name, bool isLong) =>
        isLong
            ? new FormatException($"unknown flag: --{name}{Nearest.Hint(name, _known.Select(f => f.Name))}")
            : new FormatException($"unknown shorthand flag: '{name}' in {word}");
}
