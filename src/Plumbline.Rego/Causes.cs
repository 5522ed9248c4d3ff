using System.Collections.Immutable;

namespace Plumbline.Rego;

/// <summary>Why a solution is only possible: the eight smallest causes, ordinally.</summary>
/// <remarks>Eight, because a report names causes for a person; the smallest, because the choice must not depend on the order of evaluation.</remarks>
public sealed class Causes
{
    private const int Most = 8;

    private readonly ImmutableSortedSet<string> _all;

    private Causes(ImmutableSortedSet<string> all) => _all = all;

    public static Causes None { get; } = new(ImmutableSortedSet.Create<string>(StringComparer.Ordinal));

    public ImmutableArray<string> All => [.. _all];

    public Causes With(string cause)
    {
        if (_all.Contains(cause) || (_all.Count == Most && StringComparer.Ordinal.Compare(cause, _all[Most - 1]) > 0))
        {
            return this;
        }

        var more = _all.Add(cause);
        return new Causes(more.Count > Most ? more.Remove(more[Most]) : more);
    }

    public Causes With(Causes other)
    {
        var sum = this;
        if (!ReferenceEquals(other, this))
        {
            foreach (var cause in other._all)
            {
                sum = sum.With(cause);
            }
        }

        return sum;
    }
}
