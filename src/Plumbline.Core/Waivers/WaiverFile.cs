using System.Collections.Immutable;
using Plumbline.Core.Approvals;
using Plumbline.Core.Authored;
using Plumbline.Core.Evidence;
using Plumbline.Values;

namespace Plumbline.Core.Waivers;

/// <summary>Reads <c>waivers.yaml</c> (CONTRACTS §7); every fault of it is reported, with its place.</summary>
/// <remarks>
/// <code>
/// waivers:
///   - id: E-12
///     check: k8s-privileged-container     # or fingerprint: pf1:…
///     resources: ["*|k8s/apps/StatefulSet|orders-db"]
///     owner, requester, reason, ticket    # texts
///     expires: 2027-01-31                 # from the first second of that day, UTC; or a time: 2027-01-31T12:00:00Z
///     review: 2026-12-31
///     scope: {pf1:…: sha256:…}            # what was matched when it was approved; `plumb waiver add` writes it
///     approvals: [{by, signature}]
/// </code>
/// An entry without an end is refused: there is no exception for ever.
/// </remarks>
public static class WaiverFile
{
    public const string Name = "waivers.yaml";

    /// <summary>The other name that the file may have.</summary>
    public const string OtherName = "exceptions.yaml";

    private const string List = "waivers";
    private const string ApprovalsKey = "approvals";

    /// <param name="file">Path as the user knows it.</param>
    /// <param name="checks">Ids that there are, for `check`.</param>
    /// <returns>False where there is a fault; no entry counts then.</returns>
    public static bool TryRead(
        string file,
        byte[] utf8,
        IReadOnlyCollection<string> checks,
        out ImmutableArray<WaiverEntry> entries,
        out ImmutableArray<FileFault> faults
    )
    {
        var text = new AuthoredFile(file, utf8);
        entries = text.IsReadable ? Read(text.Fields(), checks) : [];
        faults = text.Faults;
        entries = faults.IsEmpty ? entries : [];
        return faults.IsEmpty;
    }

    private static ImmutableArray<WaiverEntry> Read(Fields head, IReadOnlyCollection<string> checks)
    {
        var entries = ImmutableArray.CreateBuilder<WaiverEntry>();
        head.Require(List);
        foreach (var fields in head.Items(List))
        {
            var entry = ReadEntry(fields, checks);
            if (entries.Any(e => e.Id == entry.Id))
            {
                fields.Fault("id", FileFaults.Duplicate, $"the id `{entry.Id}` stands here twice");
            }

            entries.Add(entry);
        }

        head.End();
        return entries.ToImmutable();
    }

    private static WaiverEntry ReadEntry(Fields fields, IReadOnlyCollection<string> checks)
    {
        var (expires, review) = (fields.Time("expires"), fields.Time("review"));
        var entry = new WaiverEntry(fields.Text("id"), expires < review ? expires : review)
        {
            Check = fields.OptionalText("check"),
            Fingerprint = fields.OptionalText("fingerprint"),
            Resources = fields.Texts("resources"),
            Owner = fields.Text("owner"),
            Requester = fields.Text("requester"),
            Reason = fields.Text("reason"),
            Ticket = fields.Text("ticket"),
            Review = review,
            Scope = ReadScope(fields),
            Approvals = [.. fields.Items(ApprovalsKey).Select(ReadApproval)],
            Signed = SignedOf(fields.Mapping, ApprovalsKey),
            Line = fields.Line,
        };
        RefuseContradictions(fields, entry, checks);
        fields.End();
        return entry;
    }

    private static void RefuseContradictions(Fields fields, WaiverEntry entry, IReadOnlyCollection<string> checks)
    {
        if (entry.Check is null == entry.Fingerprint is null)
        {
            var got = entry.Check is null ? "neither" : "both";
            fields.Fault("id", FileFaults.Contradiction, $"expected either `check` or `fingerprint`, got {got}");
        }

        if (entry.Check is { } check && !checks.Contains(check))
        {
            var hint = Nearest.Hint(check, checks);
            fields.Fault("check", FileFaults.Reference, $"there is no check `{check}`{hint}");
        }

        if (entry.Fingerprint is { } fingerprint && !fingerprint.StartsWith("pf1:", StringComparison.Ordinal))
        {
            fields.Fault("fingerprint", FileFaults.Value, $"expected a fingerprint, `pf1:…`, got `{fingerprint}`");
        }
    }

    private static ImmutableSortedDictionary<string, string> ReadScope(Fields fields)
    {
        var scope = ImmutableSortedDictionary.CreateBuilder<string, string>(Ordinal.Comparer);
        if (fields.Inner("scope") is { } map)
        {
            foreach (var fingerprint in map.Names)
            {
                var digest = map.Text(fingerprint);
                if (!fingerprint.StartsWith("pf1:", StringComparison.Ordinal) || !ContentDigest.IsOne(digest))
                {
                    map.Fault(
                        fingerprint,
                        FileFaults.Value,
                        $"expected `pf1:…` and `sha256:…`, got `{fingerprint}` and `{digest}`"
                    );
                }

                scope[fingerprint] = digest;
            }
        }

        return scope.ToImmutable();
    }

    private static Approval ReadApproval(Fields fields)
    {
        var approval = new Approval(fields.Text("by"), fields.Text("signature"));
        fields.End();
        return approval;
    }

    /// <summary>JCS of a mapping less one of its members: what a signature that stands in that member is over.</summary>
    internal static byte[] SignedOf(Value mapping, string less)
    {
        var signed = new ObjectBuilder();
        for (var i = 0; mapping.IsObject && i < mapping.Count; i++)
        {
            if (mapping.KeyAt(i) != less)
            {
                signed[mapping.KeyAt(i)] = mapping[i];
            }
        }

        return Jcs.ToBytes(signed.ToValue());
    }
}
