using System.Collections.Immutable;
using Plumbline.Core.Checks;
using Plumbline.Ledger;
using Plumbline.Ledger.Ssh;

namespace Plumbline.Core.Approvals;

/// <summary>A key that may approve, how much, and whose it is.</summary>
/// <param name="Level">The worst that it may approve.</param>
/// <param name="Principal">Who holds the key: the comment behind it in the list.</param>
public sealed record ApproverKey(Severity Level, SshPublicKey Key, string Principal)
{
    /// <summary>What the principal of a program's key begins with.</summary>
    public const string MachinePrefix = "machine:";

    /// <summary>A program holds it: it signs much and approves nothing.</summary>
    public bool IsMachine => Principal.StartsWith(MachinePrefix, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Who may approve, as the protected branch says (CONTRACTS §7); the working tree has no say in it.</summary>
public sealed record Approvers
{
    private Approvers() { }

    /// <summary>Every key once, at the highest level it is listed at.</summary>
    public ImmutableArray<ApproverKey> Keys { get; private init; } = [];

    /// <summary>Where the list was read, for people: <c>origin/main</c>.</summary>
    public string Source { get; private init; } = "";

    /// <summary><c>sha256:</c> of the file that was read; empty where there is none.</summary>
    public string Digest { get; private init; } = "";

    /// <summary>The commit it was read from; empty where it was given as a file.</summary>
    public string Commit { get; private init; } = "";

    /// <summary>Why there is no list; empty where there is one.</summary>
    public string Absence { get; private init; } = "";

    /// <summary>Nobody can be found who may approve, so that nothing is approved.</summary>
    /// <param name="why">A clause, e.g. <c>the repository has no remote branch to read `approvers` from</c>.</param>
    public static Approvers None(string why) => new() { Absence = why };

    public static Approvers Of(IEnumerable<ApproverKey> keys, string source, string digest, string commit)
    {
        var once = keys.GroupBy(k => k.Key).Select(g => g.MaxBy(k => k.Level)!).ToImmutableArray();
        return new Approvers
        {
            Keys =
            [
                .. once.OrderBy(k => k.Principal, Ordinal.Comparer).ThenBy(k => k.Key.Fingerprint, Ordinal.Comparer),
            ],
            Source = source,
            Digest = digest,
            Commit = commit,
            Absence = once.IsEmpty ? $"{source} lists nobody under `approvers`" : "",
        };
    }

    /// <summary>Whether an approval counts, and whose it is. The level it counts for is that of the key.</summary>
    /// <param name="signed">The bytes that the signature must be over.</param>
    /// <param name="requester">Who asked for it, and so may not approve it.</param>
    /// <param name="purpose">The namespace that it must be made for.</param>
    public CheckedApproval Check(Approval approval, ReadOnlySpan<byte> signed, string requester, string purpose)
    {
        if (Absence.Length > 0)
        {
            return CheckedApproval.Refused(Absence);
        }

        SshSignature signature;
        try
        {
            signature = SshSignature.Read(approval.Signature);
        }
        catch (LedgerException unreadable)
        {
            return CheckedApproval.Refused($"the signature of `{approval.By}` cannot be read: {unreadable.Message}");
        }

        return Check(approval, signature, signed, purpose)
            ?? (
                Keys.First(k => k.Key.Equals(signature.Key)) is var by && IsSame(by.Principal, requester)
                    ? CheckedApproval.Refused($"`{by.Principal}` asked for it, and may not approve it")
                    : CheckedApproval.Counts(by)
            );
    }

    /// <summary>Null where the signature is a person's, who is listed, over these very bytes.</summary>
    private CheckedApproval? Check(Approval approval, SshSignature signature, ReadOnlySpan<byte> signed, string purpose)
    {
        var key = Keys.FirstOrDefault(k => k.Key.Equals(signature.Key));
        var refusal =
            signature.Namespace != purpose ? $"it was signed for `{signature.Namespace}`, not for `{purpose}`"
            : key is null ? $"the key {signature.Key.Fingerprint} is not among the approvers of {Source}"
            : key.IsMachine ? $"the key of `{key.Principal}` is a machine's, and machines approve nothing"
            : !IsSame(key.Principal, approval.By) ? $"it says `{approval.By}`, and the key is of `{key.Principal}`"
            : !signature.Verifies(signed)
                ? $"the signature of `{key.Principal}` does not hold for what the entry says now"
            : null;
        return refusal is null ? null : CheckedApproval.Refused(refusal);
    }

    /// <summary>Names of people are not told apart by capitals.</summary>
    internal static bool IsSame(string left, string right) =>
        left.Trim().Equals(right.Trim(), StringComparison.OrdinalIgnoreCase);
}
