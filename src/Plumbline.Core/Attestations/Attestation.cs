using Plumbline.Core.Approvals;

namespace Plumbline.Core.Attestations;

/// <summary>A person's signed statement for what no program can check.</summary>
public sealed record Attestation(string Id, string Framework, string Requirement, DateTimeOffset Expires)
    : Limited(Id, Expires)
{
    public required string By { get; init; }
}
