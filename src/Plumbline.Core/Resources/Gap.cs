using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Core.Resources;

/// <summary>What should have been read and could not be, why, and what it affects (CONTRACTS §6).</summary>
/// <param name="Operation">What was tried, e.g. <c>read deploy/web.yaml</c>.</param>
/// <param name="Permission">What was lacking, where that was the reason; else empty.</param>
/// <param name="Reason">A sentence with place and cause, e.g. <c>deploy/web.yaml:14:3: expected …, got …</c>.</param>
public sealed record Gap(string Operation, string Permission, string Reason)
{
    /// <summary>Stable code of the fault, e.g. <c>PLB-3002</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Empty where it affects nothing that is asked.</summary>
    public ImmutableArray<GapScope> Affects { get; init; } = [];

    /// <summary>Whether resources of this type in this realm may be missing.</summary>
    public bool Touches(string type, string realm) =>
        Affects.Any(s => s.Pointer is null && s.MatchesType(type) && s.MatchesRealm(realm));
}

/// <summary>One thing that a gap affects: a type in a realm, or a place in one resource.</summary>
/// <param name="What">A type, <c>k8s/*</c>, <c>*</c>; or a resource key where <paramref name="Pointer"/> is set.</param>
/// <param name="Where">A realm, or a folder <c>repo:…//charts/web</c>, which covers what lies below it.</param>
public sealed record GapScope(string What, string Where, JsonPointer? Pointer = null)
{
    public bool MatchesType(string type) =>
        What == "*"
        || What == type
        || (What.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(What[..^1], StringComparison.Ordinal));

    /// <summary>A folder covers the realms of the folders below it, whatever namespace they add.</summary>
    public bool MatchesRealm(string realm)
    {
        if (Where.Length == 0 || realm == Where)
        {
            return true;
        }

        return realm.StartsWith(Where, StringComparison.Ordinal)
            && (Where.EndsWith('/') || realm[Where.Length] is '/' or ';');
    }
}
