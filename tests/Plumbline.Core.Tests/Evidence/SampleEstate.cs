using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumbline.Core.Assessments;
using Plumbline.Core.Attestations;
using Plumbline.Core.Checks;
using Plumbline.Core.Evidence;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;
using Plumbline.Values;

namespace Plumbline.Core.Tests.Evidence;

/// <summary>Estates whose evidence is looked at; made by public means only, so that the store's tests share them.</summary>
internal static class SampleEstate
{
    public const string Realm = "repo:example.org/shop//deploy;k8s/shop";
    public const string Deployment = "k8s/apps/Deployment";
    public const string Pod = "k8s//Pod";

    public static readonly DateTimeOffset Now = new(2026, 11, 20, 23, 6, 12, TimeSpan.Zero);

    public static Check Check(string id, params ReadOnlySpan<string> types) =>
        new()
        {
            Id = id,
            Uid = id,
            Title = $"{id} holds",
            Resources = [.. types],
            Impact = new Impact(0.7),
            Family = "access",
            Rationale = "why it matters",
            Fix = "how it is mended",
            Revision = 2,
            Parameters =
            [
                new Parameter("limit", ParameterType.Integer, 3) { Minimum = 1, Description = "how many" },
                new Parameter("mode", ParameterType.String, "strict") { OneOf = ["strict", "lax"] },
            ],
            Aliases = ["checkov:CKV_K8S_16"],
            File = $"content/checks/test/{id}.rego",
        };

    /// <summary>A resource with places: its JSON is what was written.</summary>
    public static Resource Resource(string type, string name, string json, string realm = Realm)
    {
        Assert.True(
            Json.TryParse(Encoding.UTF8.GetBytes(json), JsonLimits.Intake, true, out var source, out var fault),
            fault?.Message
        );
        return Resources.Resource.Of(
            ResourceKey.Of(realm, type, name),
            Basis.Declared,
            source!.Root,
            new Observation($"deploy/{name}.json", source)
        );
    }

    public static Finding Fail(CheckInstance instance, Resource resource, string key, string place) =>
        new()
        {
            Instance = instance,
            Resource = resource,
            Verdict = Verdict.Fail,
            Parts = [Part(instance, resource, key, place, isCertain: true)],
        };

    public static Finding Unknown(CheckInstance instance, Resource resource, string key, string place) =>
        new()
        {
            Instance = instance,
            Resource = resource,
            Verdict = Verdict.Unknown,
            Cause = UnknownCause.UnknownValue,
            Causes = ["variable var.mode"],
            Parts = [Part(instance, resource, key, place, isCertain: false) with { Causes = ["variable var.mode"] }],
        };

    public static FindingPart Part(
        CheckInstance instance,
        Resource resource,
        string key,
        string place,
        bool isCertain
    ) =>
        new(key, JsonPointer.Parse(place), $"{key} is wrong", Enforcement.Enforce, isCertain)
        {
            Fingerprint = Fingerprint.Of(instance, resource.Key, key),
        };

    /// <summary>Every verdict, a gap, a waiver, an attestation, a parameter set with a name, a resource of no type that is asked about.</summary>
    public static AssessmentInput Input()
    {
        var privileged = Check("privileged", Deployment, Pod);
        var limits = Check("limits", Deployment);
        CheckInstance[] instances =
        [
            privileged.Default,
            limits.Default,
            new(limits, "prod", new ObjectBuilder { ["limit"] = 5, ["mode"] = "lax" }.ToValue()),
        ];
        var web = Resource(Deployment, "web", """{"spec": {"privileged": true,"replicas": 1}}""");
        Resource[] resources =
        [
            web,
            Resource(Deployment, "api", "{\n  \"spec\": {\"replicas\": 2}\n}"),
            Resource(Deployment, "zoë", """{"spec": {}}""", "repo:example.org/shop//deploy;k8s/-"),
            Resource(Pod, "debug", """{"spec": {"privileged": null}}"""),
            Resource("k8s//ConfigMap", "settings", """{"data": {"a": "1"}}"""),
        ];
        var failing = Fail(instances[0], web, "privileged", "/spec/privileged");
        return new AssessmentInput
        {
            Snapshot = SnapshotOf(resources) with
            {
                Gaps =
                [
                    new Gap("read deploy/broken.yaml", "", "deploy/broken.yaml:3:1: expected a mapping, got a list")
                    {
                        Code = "PLB-3002",
                        Affects = [new GapScope("k8s/*", "repo:example.org/shop//deploy")],
                    },
                ],
                FilesRead = 7,
                FilesWithoutResources = 2,
                Duplicates = [web.Key.Text],
            },
            Policies = new Scripted(
                instances,
                (instance, resource) =>
                    (instance.Label, resource.Key.Primary) switch
                    {
                        ("privileged", "web") => failing with { Resource = resource },
                        ("limits", "web") => Fail(instance, resource, "replicas", "/spec/replicas"),
                        ("limits[prod]", "zoë") => Unknown(instance, resource, "replicas", "/spec/replicas"),
                        ("privileged", "debug") => Finding.NotApplicable(instance, resource),
                        _ => Finding.Pass(instance, resource),
                    }
            ),
            Frameworks = [Framework("pci"), Framework("soc2")],
            Clock = Now.AddTicks(7),
            Waivers =
            [
                new Waiver("W-2", failing.Parts[0].Fingerprint, Now.AddDays(9))
                {
                    Reason = "agreed until the move",
                    ApprovedBy = "Ines Duarte",
                },
            ],
            Attestations = [new Attestation("AT-1", "soc2", "CC1.1", Now.AddDays(98)) { By = "Ines Duarte" }],
            OutOfBoundary = Sorted(("pci/9.1", "no premises")),
            Digests = Sorted((InputNames.NaturalKeys, Sha("keys")), ("configuration", Sha("plumbline.yaml"))),
        };
    }

    /// <summary>The estate of <c>docs/formats</c>: two pods, one of which fails the one check that there is.</summary>
    public static AssessmentInput Documented()
    {
        var instance = (Check("privileged", Pod) with { Parameters = [], Aliases = [] }).Default;
        return new AssessmentInput
        {
            Snapshot = SnapshotOf([
                Resource(Pod, "api", """{"spec": {}}"""),
                Resource(Pod, "web", """{"spec": {"privileged": true}}"""),
            ]),
            Policies = new Scripted(
                [instance],
                (_, resource) =>
                    resource.Key.Primary == "web"
                        ? Fail(instance, resource, "privileged", "/spec/privileged")
                        : Finding.Pass(instance, resource)
            ),
            Frameworks = [],
            Clock = Now,
        };
    }

    public static Assessment Assess(AssessmentInput input) => Assessor.Assess(input, null, CancellationToken.None);

    /// <summary>As many resources as wanted, each judged by each check; one pair in <paramref name="failing"/> fails, here and there.</summary>
    /// <param name="changed">One pair in so many has the other verdict than without this; 0: none.</param>
    public static Assessment Large(int resources, int checks, int failing, int changed = 0)
    {
        CheckInstance[] instances =
        [
            .. Enumerable
                .Range(0, checks)
                .Select(i => Check(string.Create(CultureInfo.InvariantCulture, $"check-{i:D3}"), Deployment).Default),
        ];
        return Assess(
            new AssessmentInput
            {
                Snapshot = SnapshotOf(Enumerable.Range(0, resources).Select(Workload)),
                Policies = new Scripted(
                    instances,
                    (instance, resource) =>
                        Fails(instance, resource, failing, changed)
                            ? Fail(instance, resource, "container[name=web]", "/spec/template/spec/containers/0/image")
                            : Finding.Pass(instance, resource)
                ),
                Frameworks = [Framework("soc2")],
                Clock = Now,
            }
        );
    }

    public static Framework Framework(string id) =>
        new()
        {
            Id = id,
            Title = $"{id} in our words",
            Publisher = "Nobody",
            License = "Apache-2.0",
            Requirements =
            [
                new("CC1", "A heading"),
                new("CC1.1", "Somebody is responsible") { Parent = "CC1", Coverage = Coverage.Manual },
                new("CC6.1", "Access is limited")
                {
                    Parent = "CC1",
                    Coverage = Coverage.Full,
                    Level = "1",
                },
                new("9.1", "Doors are locked")
                {
                    Methods = ["examine"],
                    Cadence = "yearly",
                    Retention = "1y",
                },
            ],
            Mappings =
            [
                new("CC6.1", "privileged", Primary: true, IsReviewed: true)
                {
                    By = "somebody",
                    On = "2026-11-01",
                    Source = "own judgement",
                },
                new("CC6.1", "limits", Primary: false, IsReviewed: false),
            ],
            Digest = Sha(id),
        };

    public static Snapshot SnapshotOf(IEnumerable<Resource> resources) =>
        new()
        {
            Target = "deploy/",
            From = Now.AddSeconds(-14),
            To = Now.AddSeconds(-1),
            Identity = "uid 1000",
            Resources = [.. resources.OrderBy(r => r.Key)],
        };

    /// <summary>Fills with bytes that are the same in every run.</summary>
    public static Action<Span<byte>> Chance(byte seed = 1)
    {
        var next = seed;
        return bytes =>
        {
            bytes.Fill(next);
            next++;
        };
    }

    public static LeafAuthor Author { get; } =
        new()
        {
            Actor = "ines@example.org",
            Machine = "4b6f3c1e9a",
            ToolVersion = "0.1.0",
            Engine = Sha("engine"),
        };

    public static SealContext Context(byte seed = 1) =>
        new()
        {
            Author = Author,
            Now = Now,
            Random = Chance(seed),
        };

    public static string Sha(string text) =>
        "sha256:"
        + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool Fails(CheckInstance instance, Resource resource, int failing, int changed)
    {
        var chance = Fnv($"{instance} {resource.Key}");
        return (chance % (uint)failing == 0) ^ (changed > 0 && chance / (uint)failing % (uint)changed == 0);
    }

    /// <summary>FNV-1a: the same in every process.</summary>
    private static ulong Fnv(string text)
    {
        var hash = 14695981039346656037;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return hash ^ (hash >> 29);
    }

    private static Resource Workload(int index) =>
        Resource(
            Deployment,
            string.Create(CultureInfo.InvariantCulture, $"service-{index:D6}"),
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "service-{{index}}", "labels": {"app": "s{{index}}"} },
                 "spec": {"replicas": {{index % 7}}, "selector": {"matchLabels": {"app": "s{{index}}"} }, "template": {
                  "metadata": {"labels": {"app": "s{{index}}"} },
                  "spec": {"containers": [{"name": "web", "image": "registry.example.org/s{{index}}:1.{{index % 13}}",
                   "resources": {"limits": {"memory": "{{index
                    % 512}}Mi"} }, "securityContext": {"privileged": false} } ] } } } }
                """
            )
        );

    private static ImmutableSortedDictionary<string, string> Sorted(
        params ReadOnlySpan<(string Key, string Value)> entries
    ) => entries.ToArray().ToImmutableSortedDictionary(e => e.Key, e => e.Value, Ordinal.Comparer);
}

/// <summary>A front-end that answers as it is told.</summary>
internal sealed class Scripted(IEnumerable<CheckInstance> instances, Func<CheckInstance, Resource, Finding> answer)
    : IPolicySource
{
    public ImmutableArray<CheckInstance> Instances { get; } = [.. instances.Order(CheckInstance.Comparer)];

    public ImmutableSortedDictionary<string, string> Digests { get; init; } =
        ImmutableSortedDictionary
            .Create<string, string>(Ordinal.Comparer)
            .Add("checks/limits.rego", SampleEstate.Sha("limits"))
            .Add($"{InputNames.DataPrefix}ports", SampleEstate.Sha("ports"));

    public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel) =>
        answer(instance, resource);
}
