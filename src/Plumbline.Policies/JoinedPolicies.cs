using System.Collections.Frozen;
using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Policies;

/// <summary>Several policy sources as one: each answers for its own checks.</summary>
public sealed class JoinedPolicies : IPolicySource
{
    private readonly FrozenDictionary<string, IPolicySource> _sources;

    /// <exception cref="ArgumentException">Two of them have a check of one id, or a file of one name.</exception>
    public JoinedPolicies(params IReadOnlyList<IPolicySource> sources)
    {
        Instances = [.. sources.SelectMany(s => s.Instances).Order(CheckInstance.Comparer)];
        Digests = sources.SelectMany(s => s.Digests).ToImmutableSortedDictionary(Ordinal.Comparer);
        _sources = sources
            .SelectMany(s => s.Instances.Select(i => i.Check.Id).Distinct().Select(id => (id, s)))
            .ToFrozenDictionary(p => p.id, p => p.s, StringComparer.Ordinal);
    }

    public ImmutableArray<CheckInstance> Instances { get; }

    public ImmutableSortedDictionary<string, string> Digests { get; }

    public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel) =>
        _sources[instance.Check.Id].Evaluate(instance, resource, scope, cancel);
}
