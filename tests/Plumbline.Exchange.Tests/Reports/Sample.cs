using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;
using Plumbline.Exchange.Reports;
using Plumbline.Values;

namespace Plumbline.Exchange.Tests.Reports;

using Json = Plumbline.Values.Json; // the schema package has a namespace of that name

/// <summary>A small assessment with one finding of each kind.</summary>
internal static class Sample
{
    private static readonly DateTimeOffset Clock = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private static readonly Check Check = new()
    {
        Id = "demo-check",
        Uid = "demo-check",
        Title = "Everything is as it should be",
        Resources = ["k8s//Pod"],
        Impact = new Impact(0.7),
        Family = "access",
        Rationale = "It matters.",
        Fix = "Do it.",
        Revision = 1,
        File = "checks/demo/demo-check.rego",
    };

    private static readonly CheckInstance Instance = new(Check, CheckInstance.DefaultName, Value.EmptyObject);

    /// <param name="file">What the resources were read from, where it matters.</param>
    public static ReportModel Model(ReportEvidence? evidence = null, string? file = null) =>
        new(Assess(file), evidence ?? new ReportEvidence.Sealed(3, 12, "plumbline.local/test", new byte[32]));

    private static Assessment Assess(string? file) =>
        Assessor.Assess(
            new AssessmentInput
            {
                Snapshot = new Snapshot
                {
                    Target = "deploy",
                    From = Clock,
                    To = Clock,
                    Identity = "uid 1000",
                    Resources =
                    [
                        .. new[] { "fails", "passes", "unknown", "waived", "windows" }.Select(n => Pod(n, file)),
                    ],
                    Gaps =
                    [
                        new Gap("read x.yaml", "read", "x.yaml:1:1: expected UTF-8, got \"é\"")
                        {
                            Code = "PLB-2001",
                            Affects = [new GapScope("k8s/*", "repo:shop//", JsonPointer.Parse("/a"))],
                        },
                    ],
                    FilesRead = 2,
                    Duplicates = ["a → b"],
                },
                Policies = new Answers(),
                Frameworks = [Framework()],
                Clock = Clock,
                Waivers =
                [
                    new Waiver("E-1", Part(Pod("waived")).Fingerprint, Clock.AddDays(1))
                    {
                        Reason = "known",
                        ApprovedBy = "ada",
                    },
                ],
            },
            progress: null,
            CancellationToken.None
        );

    private static Framework Framework() =>
        new()
        {
            Id = "demo",
            Title = "Demo of a framework",
            Requirements =
            [
                new Requirement("D", "Heading"),
                new Requirement("D1", "All is well") { Parent = "D", Coverage = Coverage.Full },
                new Requirement("D2", "Somebody knows") { Parent = "D" },
            ],
            Mappings = [new MappingRow("D1", Check.Id, Primary: true, IsReviewed: true)],
            Digest = $"sha256:{new string('0', 64)}",
        };

    private static Resource Pod(string name, string? file = null) =>
        Resource.Of(
            ResourceKey.Of("repo:shop//;k8s/shop", "k8s//Pod", name),
            Basis.Declared,
            Json.Parse($$$"""{"kind": "Pod", "metadata": {"name": "{{{name}}}"}}"""),
            new Observation(file ?? $"deploy/{name}.yaml", null)
        );

    private static FindingPart Part(Resource resource, bool isCertain = true) =>
        new("element", JsonPointer.Parse("/metadata/name"), "it is not as it should be", Enforcement.Enforce, isCertain)
        {
            Fingerprint = Fingerprint.Of(Instance, resource.Key, "element"),
            Causes = isCertain ? [] : ["redacted"],
        };

    /// <summary>Answers as the resource is called.</summary>
    private sealed class Answers : IPolicySource
    {
        public ImmutableArray<CheckInstance> Instances => [Instance];

        public ImmutableSortedDictionary<string, string> Digests => ImmutableSortedDictionary<string, string>.Empty;

        public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel) =>
            resource.Key.Primary switch
            {
                "passes" => Finding.Pass(instance, resource),
                "windows" => Finding.NotApplicable(instance, resource),
                "unknown" => new Finding
                {
                    Instance = instance,
                    Resource = resource,
                    Verdict = Verdict.Unknown,
                    Cause = UnknownCause.UnknownValue,
                    Causes = ["redacted"],
                    Parts = [Part(resource, isCertain: false)],
                },
                _ => new Finding
                {
                    Instance = instance,
                    Resource = resource,
                    Verdict = Verdict.Fail,
                    Parts = [Part(resource)],
                },
            };
    }
}
