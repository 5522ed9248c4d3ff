using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Core.Resources;
using Plumbline.Values;

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

    /// <summary>What the rules of an instance, as written, read of a resource and around it: an array of what, where, and value, sorted.</summary>
    /// <remarks>A front-end that cannot tell has read the whole document. What it gives must not depend on the order of evaluation.</remarks>
    Value ReadsOf(CheckInstance instance, Resource resource, Scope scope) =>
        Value.ArrayOf(Value.ArrayOf("document", "", resource.Digest));
}
