using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Judging;

/// <summary>A verdict for every expected pair: each instance that was asked, on each resource of a type that its check names.</summary>
/// <remarks>
/// Two bits a pair, and a <see cref="Finding"/> only where it fails or is unknown, so that the size follows what is wrong
/// and not what was read: ten million pairs are 2.5 MB and their failures. The other findings are made when asked for.
/// A pair that nobody judged is unknown from the start; it can be left out, but not lost.
/// Order everywhere: type, check id, instance name, resource key; all by the bytes of UTF-8.
/// </remarks>
public sealed class FindingTable
{
    internal FindingTable(ImmutableArray<TypeFindings> types)
    {
        Types = types;
        Count = types.Sum(t => t.Vectors.Length * t.Resources.Length);
        IsComplete = types.All(t => t.Vectors.All(v => v.NotJudged == 0));
    }

    /// <summary>Types of which there are both resources and instances.</summary>
    public ImmutableArray<TypeFindings> Types { get; }

    /// <summary>Expected pairs.</summary>
    public int Count { get; }

    /// <summary>Every expected pair was judged.</summary>
    public bool IsComplete { get; }

    public IEnumerable<VerdictVector> Vectors => Types.SelectMany(t => t.Vectors);

    /// <summary>What fails or is unknown.</summary>
    public IEnumerable<Finding> Rows => Vectors.SelectMany(v => v.Rows);

    /// <summary>One finding a pair, made while enumerating.</summary>
    public IEnumerable<Finding> All => Vectors.SelectMany(v => Enumerable.Range(0, v.Count).Select(v.FindingAt));

    /// <summary>What an instance says of all its types, in their order.</summary>
    public ILookup<CheckInstance, VerdictVector> ByInstance() => Vectors.ToLookup(v => v.Instance);

    /// <summary>The table of findings that exist already; an expected pair without one is unknown.</summary>
    /// <exception cref="ArgumentException">A finding is of no expected pair, or the second of its pair.</exception>
    public static FindingTable Of(
        IEnumerable<CheckInstance> instances,
        IEnumerable<Resource> resources,
        IEnumerable<Finding> findings
    )
    {
        var draft = new FindingDraft(instances, resources);
        foreach (var finding in findings)
        {
            draft.Record(finding);
        }

        return draft.Finish();
    }
}

/// <summary>The resources of one type, and what each instance that asks about the type says of them.</summary>
public sealed record TypeFindings(
    string Type,
    ImmutableArray<Resource> Resources,
    ImmutableArray<VerdictVector> Vectors
);

/// <summary>What one instance says of all resources of one type, in the order of their keys.</summary>
public sealed class VerdictVector
{
    private readonly byte[] _packed;
    private readonly ImmutableArray<Resource> _resources;
    private readonly ImmutableArray<(int Index, Finding Finding)> _rows;

    internal VerdictVector(
        CheckInstance instance,
        ImmutableArray<Resource> resources,
        byte[] packed,
        ImmutableArray<(int Index, Finding Finding)> rows
    )
    {
        Instance = instance;
        _resources = resources;
        _packed = packed;
        _rows = rows;
        for (var i = 0; i < Count; i++)
        {
            Tally = Tally.Plus(this[i]);
        }

        NotJudged = Tally.Fail + Tally.Unknown - rows.Length;
    }

    public CheckInstance Instance { get; }

    public string Type => _resources[0].Key.Type;

    public int Count => _resources.Length;

    /// <summary>How many of each verdict.</summary>
    public VerdictTally Tally { get; }

    /// <summary>Pairs among the unknown that nobody judged.</summary>
    public int NotJudged { get; }

    /// <summary>Verdicts as they are sealed (CONTRACTS §6): four to a byte, low bits first; what is over in the last byte is 0.</summary>
    public ReadOnlyMemory<byte> Packed => _packed;

    public Verdict this[int index] => (Verdict)((_packed[index >> 2] >> ((index & 3) * 2)) & 3);

    /// <summary>Rows that were judged, with their places in the vector.</summary>
    internal ImmutableArray<(int Index, Finding Finding)> KeptRows => _rows;

    /// <summary>What fails or is unknown.</summary>
    public IEnumerable<Finding> Rows
    {
        get
        {
            if (NotJudged == 0)
            {
                return _rows.Select(r => r.Finding);
            }

            return Enumerable.Range(0, Count).Where(i => this[i] is Verdict.Fail or Verdict.Unknown).Select(FindingAt);
        }
    }

    /// <summary>The finding on resource <paramref name="index"/>; one that was not kept is made.</summary>
    public Finding FindingAt(int index)
    {
        var resource = _resources[index];
        switch (this[index])
        {
            case Verdict.Pass:
                return Finding.Pass(Instance, resource);
            case Verdict.NotApplicable:
                return Finding.NotApplicable(Instance, resource);
            default:
                var at = _rows.AsSpan().BinarySearch(new ByIndex(index));
                return at < 0 ? Finding.NotJudged(Instance, resource) : _rows[at].Finding;
        }
    }

    private readonly struct ByIndex(int index) : IComparable<(int Index, Finding Finding)>
    {
        public int CompareTo((int Index, Finding Finding) other) => index.CompareTo(other.Index);
    }
}

/// <summary>How many pairs of each verdict.</summary>
public readonly record struct VerdictTally(int Pass, int Fail, int Unknown, int NotApplicable)
{
    public int Total => Pass + Fail + Unknown + NotApplicable;

    public VerdictTally Plus(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => this with { Pass = Pass + 1 },
            Verdict.Fail => this with { Fail = Fail + 1 },
            Verdict.NotApplicable => this with { NotApplicable = NotApplicable + 1 },
            _ => this with { Unknown = Unknown + 1 },
        };

    public VerdictTally Plus(VerdictTally other) =>
        new(Pass + other.Pass, Fail + other.Fail, Unknown + other.Unknown, NotApplicable + other.NotApplicable);
}
