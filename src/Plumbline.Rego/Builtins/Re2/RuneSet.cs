namespace Plumbline.Rego.Builtins.Re2;

/// <summary>Code points from first to last, both included.</summary>
internal readonly record struct RuneRange(int First, int Last);

/// <summary>A set of code points: ranges in order that neither touch nor overlap.</summary>
internal sealed class RuneSet
{
    public const int MaxRune = 0x10FFFF;

    private readonly RuneRange[] _ranges;

    private RuneSet(RuneRange[] ranges) => _ranges = ranges;

    public static RuneSet Empty { get; } = new([]);

    public static RuneSet Any { get; } = new([new RuneRange(0, MaxRune)]);

    public static RuneSet Of(int rune) => new([new RuneRange(rune, rune)]);

    public static RuneSet Of(params IEnumerable<RuneRange> ranges)
    {
        var merged = new List<RuneRange>();
        foreach (var range in ranges.OrderBy(r => r.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = merged[^1] with { Last = Math.Max(merged[^1].Last, range.Last) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return new RuneSet([.. merged]);
    }

    public IReadOnlyList<RuneRange> Ranges => _ranges;

    public RuneSet Union(RuneSet other) => Of([.. _ranges, .. other._ranges]);

    public RuneSet Negate()
    {
        var gaps = new List<RuneRange>();
        var next = 0;
        foreach (var range in _ranges)
        {
            if (range.First > next)
            {
                gaps.Add(new RuneRange(next, range.First - 1));
            }

            next = range.Last + 1;
        }

        if (next <= MaxRune)
        {
            gaps.Add(new RuneRange(next, MaxRune));
        }

        return new RuneSet([.. gaps]);
    }

    public bool Contains(int rune)
    {
        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (rune < _ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (rune > _ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}
