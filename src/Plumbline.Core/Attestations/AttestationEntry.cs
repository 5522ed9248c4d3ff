using Plumbline.Core.Approvals;

namespace Plumbline.Core.Attestations;

/// <summary>One attestation as it is written in <c>attestations.yaml</c>, signed or not.</summary>
public sealed record AttestationEntry(string Id, DateTimeOffset Expires) : Limited(Id, Expires)
{
    /// <summary>What signatures of attestations are made for: an approval of something else is none.</summary>
    public const string Namespace = "plumbline-attestation";

    public required string Framework { get; init; }

    public required string Requirement { get; init; }

    /// <summary>What is attested, as a sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>Who attests it: the principal of the key that signed.</summary>
    public required string By { get; init; }

    /// <summary>Armored; empty where nobody has signed yet.</summary>
    public required string Signature { get; init; }

    /// <summary>What is signed: JCS of the entry less <c>signature</c>.</summary>
    public required ReadOnlyMemory<byte> Signed { get; init; }

    /// <summary>Line of its file at which it begins.</summary>
    public int Line { get; init; }

    /// <summary>The attestation, or why it counts for nothing.</summary>
    /// <remarks>Whoever may approve an exception of any severity may attest; a machine may not.</remarks>
    public (Attestation? Attestation, string Refusal) Check(Approvers approvers)
    {
        if (Signature.Length == 0)
        {
            return (null, "nobody has signed it");
        }

        var signed = approvers.Check(new Approval(By, Signature), Signed.Span, requester: "", Namespace);
        return signed.By is null
            ? (null, signed.Refusal)
            : (new Attestation(Id, Framework, Requirement, Expires) { By = signed.By.Principal }, "");
    }
}
