using System.Text;

namespace Plumbline.Rego.Builtins.Re2;

/// <summary>Reads globs into the trees of regular expressions.</summary>
/// <remarks>
/// <code>
/// *            code points but separators     [abc] [a-z]   one of them
/// **           any code points                [!abc]        one of the others
/// ?            one that is no separator       {a,b*}        one of these globs
/// \x           x itself
/// </code>
/// </remarks>
internal sealed class Glob
{
    private readonly int[] _runes;
    private readonly Repeat _many;
    private readonly OneOf _one;
    private int _at;

    private Glob(string text, List<int> separators)
    {
        _runes = [.. text.EnumerateRunes().Select(r => r.Value)];
        _one = new OneOf(RuneSet.Of(separators.Select(s => new RuneRange(s, s))).Negate());
        _many = new Repeat(_one, 0, null, false);
    }

    /// <exception cref="PatternException">A bracket or brace is not closed, or a range runs backwards.</exception>
    public static Node Parse(string text, List<int> separators)
    {
        var glob = new Glob(text, separators);
        return new Sequence([new At(Place.TextStart), glob.ReadParts(isInside: false), new At(Place.TextEnd)]);
    }

    public static bool IsSpecial(char c) => c is '*' or '?' or '\\' or '[' or ']' or '{' or '}';

    private Node ReadParts(bool isInside)
    {
        var parts = new List<Node>();
        while (_at < _runes.Length && !(isInside && _runes[_at] is ',' or '}'))
        {
            parts.Add(ReadPart());
        }

        return new Sequence([.. parts]);
    }

    private Node ReadPart()
    {
        var rune = _runes[_at++];
        switch (rune)
        {
            case '*' when _at < _runes.Length && _runes[_at] == '*':
                _at++;
                return new Repeat(new OneOf(RuneSet.Any), 0, null, false);
            case '*':
                return _many;
            case '?':
                return _one;
            case '[':
                return new OneOf(ReadSet());
            case '{':
                return ReadChoice();
            case '\\' when _at < _runes.Length:
                return new OneOf(RuneSet.Of(_runes[_at++]));
            default:
                return new OneOf(RuneSet.Of(rune));
        }
    }

    private Node ReadChoice()
    {
        var options = new List<Node>();
        do
        {
            options.Add(ReadParts(isInside: true));
        } while (_at < _runes.Length && _runes[_at++] == ',');

        return _at > 0 && _runes[_at - 1] == '}'
            ? new Choice([.. options])
            : throw new PatternException("expected `}`, got the end of the glob");
    }

    private RuneSet ReadSet()
    {
        var isNegated = _at < _runes.Length && _runes[_at] == '!';
        _at += isNegated ? 1 : 0;
        var ranges = new List<RuneRange>();
        while (_at < _runes.Length && _runes[_at] != ']')
        {
            var first = ReadMember();
            var isRange = _at + 1 < _runes.Length && _runes[_at] == '-' && _runes[_at + 1] != ']';
            _at += isRange ? 1 : 0;
            var last = isRange ? ReadMember() : first;
            ranges.Add(
                last < first
                    ? throw new PatternException(
                        $"expected a range that runs upwards, got `{new Rune(first)}-{new Rune(last)}`"
                    )
                    : new RuneRange(first, last)
            );
        }

        if (_at++ >= _runes.Length || ranges.Count == 0)
        {
            throw new PatternException("expected `]` after at least one character, got the end of the glob");
        }

        var set = RuneSet.Of(ranges);
        return isNegated ? set.Negate() : set;
    }

    private int ReadMember()
    {
        _at += _runes[_at] == '\\' && _at + 1 < _runes.Length ? 1 : 0;
        return _runes[_at++];
    }
}
