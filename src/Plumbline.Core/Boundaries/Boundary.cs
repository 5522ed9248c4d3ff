using System.Collections.Immutable;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Boundaries;

/// <summary>What is in scope, what is not, and why: the keys under <c>boundary</c> of <c>plumbline.yaml</c>.</summary>
public sealed record Boundary
{
    /// <summary>Nothing is out.</summary>
    public static Boundary Everything { get; } = new();

    /// <summary>Globs over resource keys; empty: all that is read is in.</summary>
    public ImmutableArray<string> In { get; init; } = [];

    /// <summary>Globs over resource keys of what is out all the same; the first that fits says why.</summary>
    public ImmutableArray<OutOfScope> Out { get; init; } = [];

    /// <summary>Why nothing in scope is subject to a requirement, by <c>framework/requirement</c>.</summary>
    public ImmutableSortedDictionary<string, string> Requirements { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(Ordinal.Comparer);

    /// <summary>Takes out of a snapshot what is out of scope, and says what that was.</summary>
    /// <remarks>What is out is judged by nothing and seen by no check: it is as if it had not been read, but for the count and the reason.</remarks>
    public (Snapshot Snapshot, Exclusions Exclusions) Apply(Snapshot snapshot)
    {
        var counts = new SortedDictionary<string, (string Reason, int Count)>(Ordinal.Comparer);
        var kept = ImmutableArray.CreateBuilder<Resource>();
        foreach (var resource in snapshot.Resources)
        {
            if (ReasonFor(resource.Key) is not { } rule)
            {
                kept.Add(resource);
                continue;
            }

            counts[rule.Match] = (rule.Reason, counts.GetValueOrDefault(rule.Match).Count + 1);
        }

        var exclusions = new Exclusions
        {
            Read = snapshot.Resources.Length,
            Rows = [.. counts.Select(c => new Exclusion(c.Key, c.Value.Reason, c.Value.Count))],
        };
        return kept.Count == snapshot.Resources.Length
            ? (snapshot, exclusions)
            : (snapshot with { Resources = kept.ToImmutable() }, exclusions);
    }

    private OutOfScope? ReasonFor(ResourceKey key) =>
        Out.FirstOrDefault(o => KeyPattern.Matches(o.Match, key))
        ?? (In.IsEmpty || In.Any(p => KeyPattern.Matches(p, key)) ? null : OutOfScope.NotIn);
}

/// <summary>What is out of scope, and why.</summary>
/// <param name="Match">Glob over resource keys.</param>
public sealed record OutOfScope(string Match, string Reason)
{
    /// <summary>Of what no pattern of <see cref="Boundary.In"/> fits.</summary>
    internal static OutOfScope NotIn { get; } = new("", "it is not among what `boundary` lists as in scope");
}

/// <summary>How many of the resources that were read are out of scope, and why: part of every report (ADR 9).</summary>
public sealed record Exclusions
{
    public static Exclusions None { get; } = new();

    /// <summary>Resources that were read, those out of scope included; 0 where nobody counted.</summary>
    public int Read { get; init; }

    /// <summary>By pattern.</summary>
    public ImmutableArray<Exclusion> Rows { get; init; } = [];

    public int Excluded => Rows.Sum(r => r.Count);
}

/// <param name="Match">The pattern that took them out; empty where none that is in scope fits.</param>
public sealed record Exclusion(string Match, string Reason, int Count);
