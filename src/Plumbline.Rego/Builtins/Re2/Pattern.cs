using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Values;

namespace Plumbline.Rego.Builtins.Re2;

/// <summary>Where a pattern matched: bytes from … to of the whole match and of each group; -1 where a group took no part.</summary>
internal readonly record struct PatternMatch(int[] Offsets)
{
    public int Start => Offsets[0];

    public int End => Offsets[1];

    public Utf8 Group(Utf8 text, int group) =>
        Offsets[2 * group] < 0
            ? Utf8.Empty
            : text.Slice(Offsets[2 * group], Offsets[2 * group + 1] - Offsets[2 * group]);
}

/// <summary>A compiled regular expression of RE2: matches in time linear to the text, leftmost and first as Perl's.</summary>
/// <remarks>Runs on .NET's automata (<see cref="RegexOptions.NonBacktracking"/>), which have no clock to watch.</remarks>
internal sealed class Pattern
{
    /// <summary>Compiled patterns kept in the process; policies that are loaded together have hundreds.</summary>
    private const int MaxKept = 2048;

    private static readonly ConcurrentDictionary<string, Pattern> Kept = new(StringComparer.Ordinal);

    private readonly Alphabet _alphabet;
    private readonly Regex _regex;

    private Pattern(Node tree, IReadOnlyList<string?> names)
    {
        Names = names;
        _alphabet = new Alphabet(Sets(tree));
        var text = new StringBuilder();
        Write(tree, text);
        try
        {
            _regex = new Regex(
                text.ToString(),
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant,
                Regex.InfiniteMatchTimeout
            );
        }
        catch (NotSupportedException)
        {
            throw new PatternException("the pattern is larger than the linear engine allows");
        }
    }

    /// <summary>Names of groups by number; null for the whole match and for groups without one.</summary>
    public IReadOnlyList<string?> Names { get; }

    /// <exception cref="PatternException">The text is no regular expression of RE2, or too large a one.</exception>
    public static Pattern Of(string text)
    {
        if (Kept.TryGetValue(text, out var kept))
        {
            return kept;
        }

        var (tree, names) = Parser.Parse(text);
        var pattern = new Pattern(tree, names);
        if (Kept.Count >= MaxKept)
        {
            Kept.Clear();
        }

        Kept.TryAdd(text, pattern);
        return pattern;
    }

    /// <summary>A pattern that was not read from a text, such as a glob.</summary>
    public static Pattern Of(Node tree) => new(tree, [null]);

    public bool IsMatch(Utf8 text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var count = _alphabet.Write(text.Span, buffer);
        var answer = _regex.IsMatch(buffer.AsSpan(0, count));
        ArrayPool<char>.Shared.Return(buffer);
        return answer;
    }

    /// <summary>Matches from left to right; an empty one is none right behind another (Go's <c>FindAll</c>).</summary>
    /// <param name="limit">At most so many; negative for all.</param>
    public IReadOnlyList<PatternMatch> Find(Utf8 text, long limit)
    {
        var symbols = new char[text.Length];
        var count = _alphabet.Write(text.Span, symbols);
        var places = count == text.Length ? null : Places(text.Span, count);
        var found = new List<PatternMatch>();
        var end = -1;
        for (
            var match = limit == 0 ? Match.Empty : _regex.Match(new string(symbols, 0, count));
            match.Success && found.Count != limit;
            match = match.NextMatch()
        )
        {
            if (match.Length > 0 || match.Index != end)
            {
                found.Add(new PatternMatch(Offsets(match, places)));
            }

            end = match.Index + match.Length;
        }

        return found;
    }

    private int[] Offsets(Match match, int[]? places)
    {
        var offsets = new int[2 * Names.Count];
        for (var i = 0; i < Names.Count; i++)
        {
            var group = match.Groups[i];
            var (start, end) = (group.Index, group.Index + group.Length);
            (offsets[2 * i], offsets[2 * i + 1]) =
                !group.Success ? (-1, -1)
                : places is null ? (start, end)
                : (places[start], places[end]);
        }

        return offsets;
    }

    /// <summary>Where each code point begins, and the end.</summary>
    private static int[] Places(ReadOnlySpan<byte> text, int count)
    {
        var places = new int[count + 1];
        for (var (at, i) = (0, 0); i <= count; i++)
        {
            places[i] = at;
            at += at < text.Length ? Text.RuneLength(text, at) : 0;
        }

        return places;
    }

    private static IEnumerable<RuneSet> Sets(Node node) =>
        node switch
        {
            OneOf one => [one.Set],
            Sequence s => s.Parts.SelectMany(Sets),
            Choice c => c.Options.SelectMany(Sets),
            Repeat r => Sets(r.Part),
            Capture c => Sets(c.Part),
            _ => [],
        };

    private void Write(Node node, StringBuilder text)
    {
        switch (node)
        {
            case OneOf one:
                text.Append(_alphabet.Class(one.Set));
                break;
            case Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    Group(part, part is Choice ? "(?:" : null, text);
                }

                break;
            case Choice choice:
                for (var i = 0; i < choice.Options.Length; i++)
                {
                    text.Append(i == 0 ? "" : "|");
                    Write(choice.Options[i], text);
                }

                break;
            case Repeat repeat:
                Group(repeat.Part, "(?:", text);
                text.Append(Count(repeat)).Append(repeat.IsLazy ? "?" : "");
                break;
            case Capture capture:
                Group(capture.Part, "(", text);
                break;
            case At at:
                text.Append(Written(at.Place));
                break;
        }
    }

    private void Group(Node node, string? open, StringBuilder text)
    {
        text.Append(open);
        Write(node, text);
        text.Append(open is null ? "" : ")");
    }

    private static string Count(Repeat repeat) =>
        (repeat.Min, repeat.Max) switch
        {
            (0, null) => "*",
            (1, null) => "+",
            (0, 1) => "?",
            (var min, null) => $"{{{min},}}",
            var (min, max) => $"{{{min},{max}}}",
        };

    private static string Written(Place place) =>
        place switch
        {
            Place.TextStart => @"\A",
            Place.TextEnd => @"\z",
            Place.LineStart => "(?m:^)",
            Place.LineEnd => "(?m:$)",
            Place.WordBoundary => @"\b",
            _ => @"\B",
        };
}
