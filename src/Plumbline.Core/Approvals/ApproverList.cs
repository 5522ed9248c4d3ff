using System.Collections.Immutable;
using Plumbline.Core.Authored;
using Plumbline.Core.Checks;
using Plumbline.Ledger;
using Plumbline.Ledger.Ssh;

namespace Plumbline.Core.Approvals;

/// <summary>Reads <c>approvers</c> of <c>plumbline.yaml</c>: by severity, the keys that may approve an exception of that severity and below.</summary>
/// <remarks>
/// <code>
/// approvers:
///   critical: [ssh-ed25519 AAAA… vp@acme.example]
///   high:     [ecdsa-sha2-nistp256 AAAA… ines@acme.example]
///   low:      [ssh-ed25519 AAAA… lead@acme.example, ssh-ed25519 AAAA… machine:ci]
/// </code>
/// A key is a line of an <c>.pub</c> file; its comment is the principal, and must be there.
/// </remarks>
internal static class ApproverList
{
    private static readonly (string Word, Severity Level)[] Levels =
    [
        ("critical", Severity.Critical),
        ("high", Severity.High),
        ("medium", Severity.Medium),
        ("low", Severity.Low),
    ];

    public static ImmutableArray<ApproverKey> Read(Fields approvers)
    {
        var keys = ImmutableArray.CreateBuilder<ApproverKey>();
        foreach (var (word, level) in Levels)
        {
            foreach (var line in approvers.Texts(word))
            {
                if (ReadKey(line, out var problem) is var (key, principal))
                {
                    keys.Add(new ApproverKey(level, key, principal));
                }
                else
                {
                    approvers.Fault(word, FileFaults.Value, problem);
                }
            }
        }

        approvers.End();
        return keys.ToImmutable();
    }

    private static (SshPublicKey Key, string Principal)? ReadKey(string line, out string problem)
    {
        try
        {
            var read = SshPublicKey.ReadLine(line);
            problem = read.Comment.Length == 0 ? $"expected whose it is behind the key `{line}`, got nothing" : "";
            return problem.Length == 0 ? read : null;
        }
        catch (LedgerException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }
}
