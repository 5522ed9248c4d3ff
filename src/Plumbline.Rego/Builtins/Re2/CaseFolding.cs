using System.Text;

namespace Plumbline.Rego.Builtins.Re2;

/// <summary>Code points that differ only in case, as Unicode's simple case folding joins them: <c>k</c>, <c>K</c> and the Kelvin sign.</summary>
internal static class CaseFolding
{
    /// <summary>Each code point that has other cases, with all of them.</summary>
    private static readonly Lazy<Dictionary<int, int[]>> Orbits = new(Build);

    /// <summary>The set with all cases of its members.</summary>
    public static RuneSet Fold(RuneSet set)
    {
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

        // The runtime keeps the long s apart, since its upper case is ASCII.
        Join(parent, 's', 0x17F);
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
