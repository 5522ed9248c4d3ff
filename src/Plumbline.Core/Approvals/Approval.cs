namespace Plumbline.Core.Approvals;

/// <summary>A signature that stands below an entry, and whose its author says it is.</summary>
/// <param name="By">The principal of the key, as the list of approvers has it.</param>
/// <param name="Signature">Armored, as <c>ssh-keygen -Y sign</c> writes it.</param>
public sealed record Approval(string By, string Signature)
{
    /// <summary>What signatures of approvals are made for; one for another purpose is none (CONTRACTS §7).</summary>
    public const string Namespace = "plumbline-approval";
}

/// <summary>What became of an approval: whose it is, or why it does not count.</summary>
/// <param name="By">Null where it does not count.</param>
/// <param name="Refusal">A clause; empty where it counts.</param>
public sealed record CheckedApproval(ApproverKey? By, string Refusal)
{
    internal static CheckedApproval Counts(ApproverKey by) => new(by, "");

    internal static CheckedApproval Refused(string why) => new(null, why);
}
