using System.Collections.Concurrent;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Judging;

/// <summary>What a check may see besides its resource: the clock, and the resources around it (CONTRACTS §1, <c>data.plumb.of</c>).</summary>
/// <remarks>
/// One for a run. What lies around a resource is the same for all that lie there with it, so it is gathered once for each type
/// and surrounding, when the first of them is judged, with its bit for unknowns (CONTRACTS §4, rule 14). Thread-safe.
/// </remarks>
public sealed class Scope
{
    private readonly Lazy<ILookup<(string Type, string Around), Resource>> _resources;
    private readonly ConcurrentDictionary<(string Type, string Around), Lazy<Value>> _gathered = new();

    public Scope(Snapshot snapshot, DateTimeOffset clock)
    {
        Snapshot = snapshot;
        Clock = clock;
        _resources = new(() => snapshot.Resources.ToLookup(r => (r.Key.Type, Surrounding(r.Key.Realm))));
    }

    public Snapshot Snapshot { get; }

    /// <summary>The only clock that a policy sees.</summary>
    public DateTimeOffset Clock { get; }

    /// <summary>The documents of a type around a realm, in the order of their keys; open where a gap may hide some.</summary>
    public Value Around(string realm, string type) =>
        _gathered
            .GetOrAdd(
                (type, Surrounding(realm)),
                static (key, scope) => new Lazy<Value>(() => scope.Gather(key.Type, key.Around)),
                this
            )
            .Value;

    private Value Gather(string type, string around)
    {
        var documents = new ArrayBuilder();
        foreach (var resource in _resources.Value[(type, around)])
        {
            documents.Add(resource.Document);
        }

        if (Snapshot.Gaps.FirstOrDefault(g => MayHide(g, type, around)) is { } gap)
        {
            documents.Open = new OpenMark($"gap: {gap.Operation}");
        }

        return documents.Build();
    }

    /// <summary>Where the gap's realm is the wider one, this surrounding is in it.</summary>
    private static bool MayHide(Gap gap, string type, string around) =>
        gap.Affects.Any(a =>
            a.Pointer is null
            && a.MatchesType(type)
            && around.StartsWith(Surrounding(a.Where), StringComparison.Ordinal)
        );

    /// <summary>A realm less its region or namespace; of files the whole repository.</summary>
    private static string Surrounding(string realm)
    {
        if (realm.StartsWith("repo:", StringComparison.Ordinal))
        {
            var folder = realm.IndexOf("//", StringComparison.Ordinal);
            return folder < 0 ? realm : realm[..folder];
        }

        if (realm.StartsWith("k8s:", StringComparison.Ordinal))
        {
            return realm.Split('/')[0];
        }

        return realm.StartsWith("aws:", StringComparison.Ordinal) ? string.Join(':', realm.Split(':').Take(3)) : realm;
    }
}
