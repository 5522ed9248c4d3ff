using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Judging;

/// <summary>A <see cref="FindingTable"/> while it is filled: all expected pairs, each unknown until it is judged.</summary>
internal sealed class FindingDraft
{
    private readonly ImmutableArray<(
        string Type,
        ImmutableArray<Resource> Resources,
        ImmutableArray<VectorDraft> Vectors
    )> _types;
    private readonly Dictionary<(string Type, string Instance), VectorDraft> _byName;

    /// <summary>The order of either argument does not matter.</summary>
    /// <exception cref="ArgumentException">Two resources have the same key, or two instances the same name.</exception>
    public FindingDraft(IEnumerable<CheckInstance> instances, IEnumerable<Resource> resources)
    {
        var asked = instances.Order(CheckInstance.Comparer).ToImmutableArray();
        RefuseRepeated(asked.Select(i => i.Label));
        _types =
        [
            .. resources
                .GroupBy(r => r.Key.Type)
                .OrderBy(g => g.Key, Ordinal.Comparer)
                .Select(g => (g.Key, Resources: g.OrderBy(r => r.Key).ToImmutableArray()))
                .Select(t =>
                    (
                        t.Key,
                        t.Resources,
                        Vectors: asked
                            .Where(i => i.Check.AsksAbout(t.Key))
                            .Select(i => new VectorDraft(i, t.Resources))
                            .ToImmutableArray()
                    )
                )
                .Where(t => t.Vectors.Length > 0),
        ];
        foreach (var (_, sorted, _) in _types)
        {
            RefuseRepeated(sorted.Select(r => r.Key.Text));
        }

        _byName = Vectors.ToDictionary(v => (v.Type, v.Instance.Label));
    }

    /// <summary>In the order of the table.</summary>
    public IEnumerable<VectorDraft> Vectors => _types.SelectMany(t => t.Vectors);

    /// <exception cref="ArgumentException">It is of no expected pair, or the second of its pair.</exception>
    public void Record(Finding finding)
    {
        var key = finding.Resource.Key;
        if (_byName.GetValueOrDefault((key.Type, finding.Instance.Label)) is not { } vector || vector.IndexOf(key) < 0)
        {
            throw new ArgumentException($"`{finding.Instance}` was not asked of `{key}`");
        }

        vector.Record(vector.IndexOf(key), finding);
    }

    public FindingTable Finish() =>
        new([.. _types.Select(t => new TypeFindings(t.Type, t.Resources, [.. t.Vectors.Select(v => v.Finish())]))]);

    private static void RefuseRepeated(IEnumerable<string> sorted)
    {
        var previous = (string?)null;
        foreach (var name in sorted)
        {
            if (name == previous)
            {
                throw new ArgumentException($"expected distinct names, got `{name}` twice");
            }

            previous = name;
        }
    }
}

/// <summary>One vector while it is filled. Stretches of it may be filled by different threads.</summary>
internal sealed class VectorDraft(CheckInstance instance, ImmutableArray<Resource> resources)
{
    /// <summary>Pairs of a stretch: a whole number of bytes of the packed vector, so that no two threads share one.</summary>
    public const int Stretch = 256;

    private const byte AllUnknown = 0b10_10_10_10;

    private readonly byte[] _packed = Filled(resources.Length);
    private readonly bool[] _judged = new bool[resources.Length];
    private readonly List<(int Index, Finding Finding)>?[] _rows = new List<(int, Finding)>?[
        (resources.Length + Stretch - 1) / Stretch
    ];

    public CheckInstance Instance => instance;

    public string Type => resources[0].Key.Type;

    public ImmutableArray<Resource> Resources => resources;

    public int IndexOf(ResourceKey key)
    {
        var (low, high) = (0, resources.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = resources[middle].Key.CompareTo(key);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>Keeps the verdict on resource <paramref name="index"/>. Within a stretch, one thread.</summary>
    /// <exception cref="ArgumentException">The finding contradicts itself, or the pair was judged before.</exception>
    public void Record(int index, Finding finding)
    {
        finding.RefuseContradiction();
        if (_judged[index])
        {
            throw new ArgumentException($"`{finding.Instance}` on `{finding.Resource.Key}` was judged twice");
        }

        _judged[index] = true;
        var at = (index & 3) * 2;
        _packed[index >> 2] = (byte)((_packed[index >> 2] & ~(3 << at)) | ((int)finding.Verdict << at));
        if (finding.Verdict is Verdict.Fail or Verdict.Unknown)
        {
            (_rows[index / Stretch] ??= []).Add((index, finding));
        }
    }

    public VerdictVector Finish() =>
        new(
            instance,
            resources,
            _packed,
            [.. _rows.Where(r => r is not null).SelectMany(r => r!.OrderBy(row => row.Index))]
        );

    private static byte[] Filled(int count)
    {
        var packed = new byte[(count + 3) / 4];
        packed.AsSpan().Fill(AllUnknown);
        if ((count & 3) is var over and > 0)
        {
            packed[^1] &= (byte)((1 << (over * 2)) - 1);
        }

        return packed;
    }
}
