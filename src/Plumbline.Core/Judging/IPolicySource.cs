using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Judging;

/// <summary>Policies that were loaded, whatever language they are in: the port of every front-end.</summary>
public interface IPolicySource
{
    /// <summary>What it asks, in the order of check id and instance name.</summary>
    ImmutableArray<CheckInstance> Instances { get; }

    /// <summary>Digests of all that verdicts depend on, by name: the policy files and data.</summary>
    ImmutableSortedDictionary<string, string> Digests { get; }

    /// <summary>Puts one instance to one resource. Thread-safe.</summary>
    /// <param name="scope">The other resources that the check may read.</param>
    Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel);
}
