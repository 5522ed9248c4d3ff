using System.Buffers;
using System.Text;

namespace Plumbline.Rego.Builtins.Re2;

/// <summary>One UTF-16 unit for each code point, as far as a pattern can tell them apart.</summary>
/// <remarks>
/// .NET matches UTF-16 units, and holds letters of all scripts for parts of words; RE2 matches code points, and knows
/// words of ASCII alone. So patterns and texts are rewritten into symbols: ASCII stays what it is, and all other code
/// points that are in the same sets of the pattern share one symbol from the private use area, which is no part of a
/// word. A dot is then one unit, whatever it stands for, automata stay small, and the n-th symbol is the n-th code point.
/// </remarks>
internal sealed class Alphabet
{
    private const int Ascii = 0x80;
    private const char FirstSymbol = '\uE000';
    private const int MaxSymbols = 0xF8FF - 0xE000 + 1;

    /// <summary>First code points of runs that share a symbol, in order, and these symbols.</summary>
    private readonly int[] _starts;
    private readonly char[] _symbols;

    /// <param name="sets">All sets of the pattern.</param>
    /// <exception cref="PatternException">The pattern tells more code points apart than there are symbols.</exception>
    public Alphabet(IEnumerable<RuneSet> sets)
    {
        var distinct = sets.Distinct().Where(s => s.Ranges.Any(r => r.Last >= Ascii)).ToList();
        _starts =
        [
            .. distinct
                .SelectMany(s => s.Ranges)
                .SelectMany(r => new[] { r.First, r.Last + 1 })
                .Where(at => at is > Ascii and <= RuneSet.MaxRune)
                .Append(Ascii)
                .Distinct()
                .Order(),
        ];
        var groups = new int[_starts.Length];
        foreach (var set in distinct)
        {
            Split(groups, set);
        }

        if (groups.Max() >= MaxSymbols)
        {
            throw new PatternException($"the pattern tells more than {MaxSymbols} code points apart");
        }

        _symbols = Array.ConvertAll(groups, g => (char)(FirstSymbol + g));
    }

    /// <summary>The symbols of a set, as a character class of .NET.</summary>
    public string Class(RuneSet set)
    {
        var units = set
            .Ranges.Where(r => r.First < Ascii)
            .Select(r => new RuneRange(r.First, Math.Min(r.Last, Ascii - 1)))
            .Concat(
                Enumerable
                    .Range(0, _starts.Length)
                    .Where(i => set.Contains(_starts[i]))
                    .Select(i => new RuneRange(_symbols[i], _symbols[i]))
            );
        var ranges = RuneSet.Of(units).Ranges;
        return ranges switch
        {
            [] => @"[^\s\S]",
            [var only] when only.First == only.Last => Unit(only.First),
            _ =>
                $"[{string.Concat(ranges.Select(r => r.First == r.Last ? Unit(r.First) : $"{Unit(r.First)}-{Unit(r.Last)}"))}]",
        };
    }

    /// <summary>The text in symbols, one for each code point.</summary>
    /// <param name="buffer">As long as the text has bytes at least.</param>
    /// <returns>How many there are; as many as bytes only where the text is ASCII.</returns>
    public int Write(ReadOnlySpan<byte> text, Span<char> buffer)
    {
        if (System.Text.Ascii.ToUtf16(text, buffer, out var count) == OperationStatus.Done)
        {
            return count;
        }

        for (var at = count; at < text.Length; )
        {
            _ = Rune.DecodeFromUtf8(text[at..], out var rune, out var length);
            buffer[count++] = rune.IsAscii ? (char)rune.Value : SymbolOf(rune.Value);
            at += length;
        }

        return count;
    }

    private static string Unit(int unit) =>
        char.IsAsciiLetterOrDigit((char)unit) ? ((char)unit).ToString() : $"\\u{unit:X4}";

    private char SymbolOf(int rune)
    {
        var at = Array.BinarySearch(_starts, rune);
        return _symbols[at >= 0 ? at : ~at - 1];
    }

    /// <summary>Parts each group into what is in the set and what is not; group 0 stays what is in none.</summary>
    private void Split(int[] groups, RuneSet set)
    {
        var next = groups.Max() + 1;
        var inside = new Dictionary<int, int>();
        for (var i = 0; i < groups.Length; i++)
        {
            if (!set.Contains(_starts[i]))
            {
                continue;
            }

            if (!inside.TryGetValue(groups[i], out var group))
            {
                group = next++;
                inside[groups[i]] = group;
            }

            groups[i] = group;
        }
    }
}
