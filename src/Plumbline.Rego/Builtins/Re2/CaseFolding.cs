using System.Text;

namespace Plumbline.Rego.Builtins.Re2;

/// <summary>Code points that differ only in case, as Unicode's simple case folding joins them: <c>k</c>, <c>K</c> and the Kelvin sign.</summary>
internal static class CaseFolding
{
    private const int LongS = 0x17F;
    private const int KelvinSign = 0x212A;

    /// <summary>Each code point that has other cases, with all of them.</summary>
    private static readonly Lazy<Dictionary<int, int[]>> Orbits = new(Build);

    /// <summary>The set with all cases of its members.</summary>
    public static RuneSet Fold(RuneSet set)
    {
        if (set.Ranges.All(r => r.Last < 0x80))
        {
            return FoldAscii(set);
        }

        var added = new List<RuneRange>(set.Ranges);
        foreach (var (rune, orbit) in Orbits.Value)
        {
            if (set.Contains(rune))
            {
                added.AddRange(orbit.Select(r => new RuneRange(r, r)));
            }
        }

        return RuneSet.Of(added);
    }

    /// <summary>Most patterns are ASCII, and the table of all scripts takes a while to build.</summary>
    private static RuneSet FoldAscii(RuneSet set)
    {
        var added = new List<RuneRange>(set.Ranges);
        for (var lower = 'a'; lower <= 'z'; lower++)
        {
            var upper = char.ToUpperInvariant(lower);
            if (set.Contains(lower) || set.Contains(upper))
            {
                added.AddRange([new RuneRange(lower, lower), new RuneRange(upper, upper)]);
                added.AddRange(
                    lower switch
                    {
                        'k' => [new RuneRange(KelvinSign, KelvinSign)],
                        's' => [new RuneRange(LongS, LongS)],
                        _ => [],
                    }
                );
            }
        }

        return RuneSet.Of(added);
    }

    /// <summary>Mappings to upper and to lower case join code points; those of the dotted and the dotless I are Turkish only.</summary>
    private static Dictionary<int, int[]> Build()
    {
        var parent = new Dictionary<int, int>();
        for (var rune = 0; rune < 0x20000; rune++)
        {
            if (Rune.TryCreate(rune, out var one) && rune is not (0x130 or 0x131))
            {
                Join(parent, rune, Rune.ToLowerInvariant(one).Value);
                Join(parent, rune, Rune.ToUpperInvariant(one).Value);
            }
        }

        // The runtime keeps apart what has a case in ASCII alone.
        Join(parent, 's', LongS);
        Join(parent, 'k', KelvinSign);
        return parent
            .Keys.GroupBy(r => Root(parent, r), r => r)
            .SelectMany(orbit => orbit, (orbit, rune) => (rune, orbit.ToArray()))
            .ToDictionary(o => o.rune, o => o.Item2);
    }

    private static void Join(Dictionary<int, int> parent, int a, int b)
    {
        if (a != b)
        {
            var (left, right) = (Root(parent, a), Root(parent, b));
            parent.TryAdd(left, left);
            parent[right] = left;
        }
    }

    private static int Root(Dictionary<int, int> parent, int rune)
    {
        while (parent.TryGetValue(rune, out var above) && above != rune)
        {
            rune = above;
        }

        return rune;
    }
}
