using Plumbline.Core.Assessments;
using Plumbline.Core.Boundaries;
using Plumbline.Core.Evidence;
using Plumbline.Core.Resources;

namespace Plumbline.Cli.Scanning;

/// <summary>From a request and what was read to what is judged.</summary>
internal static class Judgement
{
    /// <remarks>What is declared is compared with all that was read; then what is out of scope is taken out.</remarks>
    public static AssessmentInput InputOf(ScanRequest request, Snapshot read, HostEnvironment host)
    {
        var missing = InventoryLine.GapsIn(read, request.Inventory);
        var (snapshot, exclusions) = request.Boundary.Apply(read with { Gaps = [.. read.Gaps, .. missing] });
        var policies = request.Policies;
        var digests = request.Digests;
        if (policies.Digests.TryGetValue("keys.yaml", out var keys))
        {
            digests = digests.SetItem(InputNames.NaturalKeys, keys);
        }

        return new AssessmentInput
        {
            Snapshot = snapshot,
            Policies = policies,
            Frameworks = request.Frameworks,
            Clock = host.Clock.GetUtcNow(),
            Selection = request.Selection,
            Register = request.Acceptances.Register,
            Attestations = request.Acceptances.Attestations,
            Exclusions = exclusions,
            OutOfBoundary = request.Boundary.Requirements,
            Digests = digests,
        };
    }
}
