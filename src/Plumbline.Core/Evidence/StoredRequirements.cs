using System.Collections.Immutable;
using Plumbline.Core.Attestations;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Waivers;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>Where each requirement of a framework stands, as the statement says it.</summary>
/// <remarks>
/// <code>
/// [{"attested"?: id, "coverage", "decided": [label, …], "effective", "exceptions", "id", "raw", "reason"}, …]
/// </code>
/// In the order of the framework's file.
/// </remarks>
internal static class StoredRequirements
{
    public static Value ToValue(ImmutableArray<RequirementResult> results) => StoredValue.List(results.Select(ToValue));

    /// <exception cref="FormatException">A result is of no requirement of the framework, or of an attestation that is not there.</exception>
    public static ImmutableArray<RequirementResult> Read(
        IEnumerable<StoredObject> results,
        Framework framework,
        ImmutableArray<Attestation> attestations
    ) => [.. results.Select(r => Read(r, framework, attestations))];

    private static Value ToValue(RequirementResult result)
    {
        var value = new ObjectBuilder
        {
            ["coverage"] = Words<Coverage>.Of(result.Coverage),
            ["decided"] = StoredValue.Texts(result.Decided),
            ["effective"] = Words<RequirementStatus>.Of(result.Effective),
            ["exceptions"] = result.Exceptions,
            ["id"] = result.Requirement.Id,
            ["raw"] = Words<RequirementStatus>.Of(result.Raw),
            ["reason"] = result.Reason,
        };
        value.AddUnlessNull("attested", result.Attested?.Id);
        return value.ToValue();
    }

    private static RequirementResult Read(
        StoredObject result,
        Framework framework,
        ImmutableArray<Attestation> attestations
    )
    {
        var requirement =
            framework.Requirements.FirstOrDefault(r => r.Id == result.Text("id"))
            ?? throw result.Expected("id", $"a requirement of {framework.Id}");
        return new RequirementResult(
            requirement,
            result.Word<RequirementStatus>("raw"),
            result.Word<RequirementStatus>("effective")
        )
        {
            Coverage = result.Word<Coverage>("coverage"),
            Decided = result.Texts("decided"),
            Reason = result.Text("reason"),
            Exceptions = result.Count("exceptions"),
            Attested = result.OptionalText("attested") is { } id
                ? attestations.FirstOrDefault(a => a.Id == id) ?? throw result.Expected("attested", "an attestation")
                : null,
        };
    }
}
