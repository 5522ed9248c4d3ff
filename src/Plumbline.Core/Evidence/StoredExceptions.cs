using Plumbline.Core.Attestations;
using Plumbline.Core.Waivers;
using Plumbline.Values;

namespace Plumbline.Core.Evidence;

/// <summary>What people accepted and attested, as the statement says it.</summary>
/// <remarks>
/// <code>
/// waiver      = {"approvedBy", "expires", "fingerprint", "id", "reason"}          by id, then fingerprint
/// claim       = {"expires", "fingerprint", "id", "reason", "why"}                 by id, then fingerprint
/// exception   = {"about", "approvedBy": [name, …], "bare", "covered", "expires", "id", "owner", "reason", "requester",
///                "selected", "ticket", "why"}                                     by id
/// attestation = {"by", "expires", "framework", "id", "requirement"}               by id
/// </code>
/// A waiver or claim is there for each failing part that it is about, expired or not.
/// </remarks>
internal static class StoredExceptions
{
    public static Value ToValue(IEnumerable<Waiver> waivers) => StoredValue.List(Sorted(waivers).Select(ToValue));

    public static Value ToValue(IEnumerable<Claim> claims) => StoredValue.List(Sorted(claims).Select(ToValue));

    public static Value ToValue(IEnumerable<ExceptionEntry> exceptions) =>
        StoredValue.List(exceptions.OrderBy(e => e.Id, Ordinal.Comparer).Select(ToValue));

    public static Value ToValue(IEnumerable<Attestation> attestations) =>
        StoredValue.List(attestations.OrderBy(a => a.Id, Ordinal.Comparer).Select(ToValue));

    public static Waiver ReadWaiver(StoredObject waiver) =>
        new(waiver.Text("id"), waiver.Text("fingerprint"), waiver.Time("expires"))
        {
            Reason = waiver.Text("reason"),
            ApprovedBy = waiver.Text("approvedBy"),
        };

    public static Claim ReadClaim(StoredObject claim) =>
        new(claim.Text("id"), claim.Text("fingerprint"), claim.Time("expires"))
        {
            Reason = claim.Text("reason"),
            Why = claim.Text("why"),
        };

    public static ExceptionEntry ReadException(StoredObject exception) =>
        new(exception.Text("id"), exception.Time("expires"))
        {
            About = exception.Text("about"),
            ApprovedBy = exception.Texts("approvedBy"),
            IsBare = exception.Flag("bare"),
            Covered = exception.Count("covered"),
            Owner = exception.Text("owner"),
            Reason = exception.Text("reason"),
            Requester = exception.Text("requester"),
            Selected = exception.Count("selected"),
            Ticket = exception.Text("ticket"),
            Why = exception.Text("why"),
        };

    public static Attestation ReadAttestation(StoredObject attestation) =>
        new(
            attestation.Text("id"),
            attestation.Text("framework"),
            attestation.Text("requirement"),
            attestation.Time("expires")
        )
        {
            By = attestation.Text("by"),
        };

    private static IEnumerable<T> Sorted<T>(IEnumerable<T> acceptances)
        where T : Acceptance =>
        acceptances.OrderBy(a => a.Id, Ordinal.Comparer).ThenBy(a => a.Fingerprint, Ordinal.Comparer);

    private static Value ToValue(Waiver waiver) =>
        new ObjectBuilder
        {
            ["approvedBy"] = waiver.ApprovedBy,
            ["expires"] = Instant.Format(waiver.Expires),
            ["fingerprint"] = waiver.Fingerprint,
            ["id"] = waiver.Id,
            ["reason"] = waiver.Reason,
        }.ToValue();

    private static Value ToValue(Claim claim) =>
        new ObjectBuilder
        {
            ["expires"] = Instant.Format(claim.Expires),
            ["fingerprint"] = claim.Fingerprint,
            ["id"] = claim.Id,
            ["reason"] = claim.Reason,
            ["why"] = claim.Why,
        }.ToValue();

    private static Value ToValue(ExceptionEntry exception) =>
        new ObjectBuilder
        {
            ["about"] = exception.About,
            ["approvedBy"] = StoredValue.Texts(exception.ApprovedBy),
            ["bare"] = exception.IsBare,
            ["covered"] = exception.Covered,
            ["expires"] = Instant.Format(exception.Expires),
            ["id"] = exception.Id,
            ["owner"] = exception.Owner,
            ["reason"] = exception.Reason,
            ["requester"] = exception.Requester,
            ["selected"] = exception.Selected,
            ["ticket"] = exception.Ticket,
            ["why"] = exception.Why,
        }.ToValue();

    private static Value ToValue(Attestation attestation) =>
        new ObjectBuilder
        {
            ["by"] = attestation.By,
            ["expires"] = Instant.Format(attestation.Expires),
            ["framework"] = attestation.Framework,
            ["id"] = attestation.Id,
            ["requirement"] = attestation.Requirement,
        }.ToValue();
}
