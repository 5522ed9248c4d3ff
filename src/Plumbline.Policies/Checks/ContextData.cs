using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Policies.Checks;

/// <summary>What a check sees besides its document: <c>data.plumb.self</c>, <c>.params</c> and <c>.of</c> (CONTRACTS §1).</summary>
internal static class ContextData
{
    public static Value Of(CheckInstance instance, Resource resource, Scope scope)
    {
        var plumb = new ObjectBuilder
        {
            ["self"] = Self(resource),
            ["params"] = instance.Parameters,
            ["of"] = Others(instance, resource, scope),
        };
        return new ObjectBuilder { ["plumb"] = plumb.ToValue() }.ToValue();
    }

    private static Value Self(Resource resource) =>
        new ObjectBuilder
        {
            ["key"] = resource.Key.Text,
            ["type"] = resource.Key.Type,
            ["realm"] = resource.Key.Realm,
            ["tags"] = Map(resource.Tags),
            ["basis"] = resource.Basis switch
            {
                Basis.Declared => "declared",
                Basis.Planned => "planned",
                _ => "effective",
            },
            ["redacted"] = Map(resource.Redacted),
        }.ToValue();

    private static Value Map(IReadOnlyDictionary<string, string> map)
    {
        var members = new ObjectBuilder();
        foreach (var (name, value) in map)
        {
            members[name] = value;
        }

        return members.ToValue();
    }

    /// <summary>For each type that the check needs, the documents of its scope; open where a gap may hide some.</summary>
    private static Value Others(CheckInstance instance, Resource resource, Scope scope)
    {
        var types = new ObjectBuilder();
        var around = ScopeOf(resource.Key.Realm);
        foreach (var type in instance.Check.Needs)
        {
            var documents = new ArrayBuilder();
            foreach (var other in scope.Snapshot.Resources)
            {
                if (other.Key.Type == type && ScopeOf(other.Key.Realm) == around)
                {
                    documents.Add(other.Document);
                }
            }

            if (scope.Snapshot.Gaps.FirstOrDefault(g => MayHide(g, type, around)) is { } gap)
            {
                documents.Open = new OpenMark($"gap: {gap.Operation}");
            }

            types[type] = documents.Build();
        }

        return types.ToValue();
    }

    /// <summary>Where the gap's realm is the wider one, this scope is in it.</summary>
    private static bool MayHide(Gap gap, string type, string scope) =>
        gap.Affects.Any(a =>
            a.Pointer is null && a.MatchesType(type) && scope.StartsWith(ScopeOf(a.Where), StringComparison.Ordinal)
        );

    /// <summary>A realm less its region or namespace; of files the whole repository.</summary>
    private static string ScopeOf(string realm)
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
