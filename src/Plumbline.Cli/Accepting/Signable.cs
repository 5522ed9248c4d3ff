using System.Text;
using Plumbline.Cli.Faults;
using Plumbline.Cli.Scanning;
using Plumbline.Cli.Showing;
using Plumbline.Core.Approvals;
using Plumbline.Core.Attestations;
using Plumbline.Core.Waivers;

namespace Plumbline.Cli.Accepting;

/// <summary>An exception or an attestation that somebody is about to sign.</summary>
internal abstract class Signable
{
    public required string Id { get; init; }

    /// <summary>The namespace that the signature is made for.</summary>
    public required string Purpose { get; init; }

    /// <summary>Who asked for it, and so may not sign; empty where whoever signs is whom it is about.</summary>
    public required string Requester { get; init; }

    /// <summary>The bytes that are signed.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What whoever signs should have read: what follows from it, before they consent.</summary>
    public required IReadOnlyList<string> Consequences { get; init; }

    /// <summary>The file that it stands in, as the user may open it.</summary>
    public required string File { get; init; }

    /// <summary>Finds it among the exceptions and attestations of a repository; null where there is none of that id.</summary>
    public static Signable? Find(string id, Acceptances acceptances)
    {
        if (acceptances.Register.Entries.FirstOrDefault(e => e.Id == id) is { } waiver)
        {
            return new SignableWaiver(waiver, acceptances)
            {
                Id = id,
                Purpose = Approval.Namespace,
                Requester = waiver.Requester,
                Payload = waiver.Signed,
                File = acceptances.WaiverFile,
                Consequences =
                [
                    $"{waiver.Check ?? waiver.Fingerprint} fails, and is accepted until {Words.Day(waiver.Expires)}",
                    $"covers {Words.Count(waiver.Scope.Count, "failing part")}"
                        + (
                            waiver.Resources.IsEmpty
                                ? ", of any resource"
                                : $", of {string.Join(", ", waiver.Resources)}"
                        ),
                    $"why: {waiver.Reason} ({waiver.Ticket})",
                    $"asked for by {waiver.Requester}, owned by {waiver.Owner}",
                ],
            };
        }

        return acceptances.Entries.FirstOrDefault(e => e.Id == id) is not { } attested
            ? null
            : new SignableAttestation(attested, acceptances)
            {
                Id = id,
                Purpose = AttestationEntry.Namespace,
                Requester = "",
                Payload = attested.Signed,
                File = acceptances.AttestationFile,
                Consequences =
                [
                    $"{attested.Framework}/{attested.Requirement}: {attested.Statement}",
                    $"holds until {Words.Day(attested.Expires)}",
                ],
            };
    }

    /// <summary>The text of the file with the signature in it.</summary>
    /// <exception cref="WrongInputException">It cannot be put there; the lines to add by hand are in it.</exception>
    public string Signed(string text, string by, string signature)
    {
        var list = new AuthoredList(text, ListKey);
        string[] block = ["signature: |", .. signature.Trim().Split('\n').Select(l => $"  {l.TrimEnd()}")];
        return TryPut(list, by, block) && Rereads(list.ToString())
            ? list.ToString()
            : throw new WrongInputException([
                new Fault(
                    CliFaults.Signing,
                    $"`{File}` cannot be added to as it is written: add these lines to `{Id}` by hand"
                )
                {
                    Details = ByHand(by, block),
                },
            ]);
    }

    protected abstract string ListKey { get; }

    protected abstract bool TryPut(AuthoredList list, string by, string[] block);

    protected abstract IReadOnlyList<string> ByHand(string by, string[] block);

    /// <summary>Whether what would be written still says what is signed.</summary>
    protected abstract bool Rereads(byte[] text);

    private bool Rereads(string text) => Rereads(Encoding.UTF8.GetBytes(text));

    private sealed class SignableWaiver(WaiverEntry entry, Acceptances acceptances) : Signable
    {
        protected override string ListKey => "waivers";

        protected override bool TryPut(AuthoredList list, string by, string[] block) =>
            list.TryAddItem(entry.Line, "approvals", [$"by: {AuthoredList.Scalar(by)}", .. block]);

        protected override IReadOnlyList<string> ByHand(string by, string[] block) =>
            ["    approvals:", $"      - by: {AuthoredList.Scalar(by)}", .. block.Select(l => $"        {l}")];

        protected override bool Rereads(byte[] text) =>
            acceptances.TryReadWaivers(text, out var entries, out _)
            && entries.Any(e =>
                e.Id == Id
                && e.Signed.Span.SequenceEqual(entry.Signed.Span)
                && e.Approvals.Length == entry.Approvals.Length + 1
            );
    }

    private sealed class SignableAttestation(AttestationEntry entry, Acceptances acceptances) : Signable
    {
        protected override string ListKey => "attestations";

        protected override bool TryPut(AuthoredList list, string by, string[] block) =>
            entry.Signature.Length == 0 && list.TryAddLines(entry.Line, block);

        protected override IReadOnlyList<string> ByHand(string by, string[] block) =>
            [.. block.Select(l => $"    {l}")];

        protected override bool Rereads(byte[] text) =>
            acceptances.TryReadAttestations(text, out var entries, out _)
            && entries.Any(e => e.Id == Id && e.Signed.Span.SequenceEqual(entry.Signed.Span) && e.Signature.Length > 0);
    }
}
