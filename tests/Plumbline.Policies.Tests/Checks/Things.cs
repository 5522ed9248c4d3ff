using System.Collections.Immutable;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary>Small estates for the checks of a <see cref="LibraryFolder"/>.</summary>
internal static class Things
{
    private static readonly DateTimeOffset Clock = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static Resource Resource(
        string json,
        string realm = "repo:example.com/shop//a",
        string type = "file/json",
        string name = "it"
    ) =>
        Core.Resources.Resource.Of(
            ResourceKey.Of(realm, type, name),
            Basis.Declared,
            Json.Parse(json),
            Observation.None
        );

    public static Scope Scope(ImmutableArray<Resource> resources, params ImmutableArray<Gap> gaps) =>
        new(
            new Snapshot
            {
                Target = "test",
                From = Clock,
                To = Clock,
                Identity = "nobody",
                Resources = resources,
                Gaps = gaps,
            },
            Clock
        );

    /// <summary>What the check of that id says of a resource.</summary>
    public static Finding Judge(this IPolicySource checks, string id, Resource resource, Scope? scope = null) =>
        checks.Evaluate(
            checks.Instances.Single(i => i.Check.Id == id),
            resource,
            scope ?? Scope([resource]),
            TestContext.Current.CancellationToken
        );
}
