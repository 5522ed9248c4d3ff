using Plumbline.Core.Checks;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Evidence;

/// <summary>Names under which an assessment is found again (<see cref="IEvidenceStore.FindAsync"/>).</summary>
/// <remarks>
/// A resource is found by its population, <c>realm|type</c>: a name a resource would make the mutable index outgrow the evidence
/// on days on which nothing changed.
/// </remarks>
public static class EvidenceNames
{
    public static string Of(Check check) => check.Id;

    public static string Of(ResourceKey resource) =>
        resource.Text[..resource.Text.IndexOf('|', resource.Text.IndexOf('|', StringComparison.Ordinal) + 1)];
}
