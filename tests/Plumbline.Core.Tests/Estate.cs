using System.Collections.Immutable;
using Plumbline.Core.Assessments;
using Plumbline.Core.Attestations;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Waivers;
using Plumbline.Values;

namespace Plumbline.Core.Tests;

/// <summary>Short ways to say what tests of judging are about.</summary>
internal static class Estate
{
    public static readonly DateTimeOffset Now = new(2026, 3, 24, 6, 0, 0, TimeSpan.Zero);

    public static Check Check(string id, params ReadOnlySpan<string> types) =>
        new()
        {
            Id = id,
            Uid = id,
            Title = id,
            Resources = [.. types],
            Impact = new Impact(0.7),
            Family = "access",
            Rationale = "why",
            Fix = "how",
            Revision = 1,
            File = $"content/checks/test/{id}.rego",
        };

    public static CheckInstance Instance(string id, params ReadOnlySpan<string> types) => Check(id, types).Default;

    public static Resource Resource(string type, string name) =>
        Core.Resources.Resource.Of(
            ResourceKey.Of("repo:example.org/shop//deploy;k8s/-", type, name),
            Basis.Declared,
            Value.EmptyObject,
            Observation.None
        );

    public static FindingPart Part(
        CheckInstance instance,
        Resource resource,
        string key,
        Enforcement enforcement = Enforcement.Enforce,
        bool isCertain = true
    ) =>
        new(key, JsonPointer.Root, $"{key} is wrong", enforcement, isCertain)
        {
            Fingerprint = Fingerprint.Of(instance, resource.Key, key),
        };

    public static Finding Fail(CheckInstance instance, Resource resource, params ReadOnlySpan<FindingPart> parts) =>
        new()
        {
            Instance = instance,
            Resource = resource,
            Verdict = Verdict.Fail,
            Parts = parts.IsEmpty ? [Part(instance, resource, "it")] : [.. parts],
        };

    public static Finding Unknown(
        CheckInstance instance,
        Resource resource,
        UnknownCause cause = UnknownCause.Error,
        params ReadOnlySpan<FindingPart> parts
    ) =>
        new()
        {
            Instance = instance,
            Resource = resource,
            Verdict = Verdict.Unknown,
            Cause = cause,
            Parts = [.. parts],
        };

    public static Gap Gap(string affected, string reason = "deploy/web.yaml:3:1: expected a mapping, got a list") =>
        new("read deploy/web.yaml", "", reason)
        {
            Code = "PLB-3002",
            Affects = affected.Length == 0 ? [] : [new GapScope(affected, "repo:example.org/shop//deploy")],
        };

    public static Waiver Waiver(string id, FindingPart part, DateTimeOffset? expires = null) =>
        new(id, part.Fingerprint, expires ?? Now.AddDays(9)) { Reason = "agreed", ApprovedBy = "Ines Duarte" };

    public static Attestation Attestation(string requirement, DateTimeOffset? expires = null) =>
        new($"AT-{requirement}", "fw", requirement, expires ?? Now.AddDays(98)) { By = "Ines Duarte" };

    /// <summary>Rows that decide, as <c>R1: check</c>.</summary>
    public static Framework Framework(
        ImmutableArray<Requirement> requirements,
        params ReadOnlySpan<(string, string)> rows
    ) =>
        new()
        {
            Id = "fw",
            Title = "A framework",
            Requirements = requirements,
            Mappings =
            [
                .. rows.ToArray().Select(r => new MappingRow(r.Item1, r.Item2, Primary: true, IsReviewed: true)),
            ],
            Digest = "sha256:0",
        };

    public static Snapshot Snapshot(IEnumerable<Resource> resources, params ReadOnlySpan<Gap> gaps) =>
        new()
        {
            Target = "deploy/",
            From = Now,
            To = Now,
            Identity = "uid 1000",
            Resources = [.. resources.OrderBy(r => r.Key)],
            Gaps = [.. gaps],
        };

    public static AssessmentInput Input(IEnumerable<CheckInstance> instances, Snapshot snapshot) =>
        new()
        {
            Snapshot = snapshot,
            Policies = new Recorded(instances, []),
            Frameworks = [],
            Clock = Now,
        };

    /// <summary>Judges findings that exist already.</summary>
    public static Assessment Judge(AssessmentInput input, params IEnumerable<Finding> findings) =>
        Assessor.Judge(
            input,
            [.. input.Policies.Instances.Order(CheckInstance.Comparer)],
            FindingTable.Of(input.Policies.Instances, input.Snapshot.Resources, findings)
        );
}

/// <summary>A front-end that gives the findings it was made with, and a pass where it has none.</summary>
internal sealed class Recorded(IEnumerable<CheckInstance> instances, IEnumerable<Finding> findings) : IPolicySource
{
    private readonly Dictionary<(string, string), Finding> _findings = findings.ToDictionary(f =>
        (f.Instance.Label, f.Resource.Key.Text)
    );

    public ImmutableArray<CheckInstance> Instances { get; } = [.. instances];

    public ImmutableSortedDictionary<string, string> Digests { get; } = ImmutableSortedDictionary<string, string>.Empty;

    public Finding Evaluate(CheckInstance instance, Resource resource, Scope scope, CancellationToken cancel) =>
        _findings.GetValueOrDefault((instance.Label, resource.Key.Text)) ?? Finding.Pass(instance, resource);
}
