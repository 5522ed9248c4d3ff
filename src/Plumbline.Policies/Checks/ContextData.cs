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

    /// <summary>For each type that the check needs, the documents around the resource.</summary>
    private static Value Others(CheckInstance instance, Resource resource, Scope scope)
    {
        var types = new ObjectBuilder();
        foreach (var type in instance.Check.Needs)
        {
            types[type] = scope.Around(resource.Key.Realm, type);
        }

        return types.ToValue();
    }
}
