using System.CommandLine;
using Plumbline.Cli.Accepting;
using Plumbline.Cli.Faults;
using Plumbline.Core.Approvals;
using Plumbline.Ledger;
using Plumbline.Ledger.Ssh;

namespace Plumbline.Cli.Verbs;

/// <summary>How somebody signs: with a key at hand, or elsewhere and by a file.</summary>
internal sealed class SigningOptions
{
    private readonly Option<string> _key = Flag.One(
        "--key",
        "FILE",
        "signs with `ssh-keygen` and this key: a private one, or the public half of one that an agent or device holds"
    );

    private readonly Option<string> _signature = Flag.One("--signature", "FILE", "a signature that was made elsewhere");

    private readonly Option<string> _by = Flag.One(
        "--by",
        "NAME",
        "whose the key is; else as the list of approvers has it"
    );

    public IReadOnlyList<Option> All => [_key, _signature, _by];

    /// <summary>Somebody wants to sign now.</summary>
    public bool AreGiven(ParseResult parsed) =>
        parsed.GetValue(_key) is not null || parsed.GetValue(_signature) is not null;

    /// <summary>Signs, or takes the signature that was made elsewhere, and puts it into the file.</summary>
    /// <remarks>Not where it counts for nothing; where nobody can tell here who may approve, it is written all the same.</remarks>
    /// <returns>What became of it.</returns>
    public async Task<CheckedApproval> SignAsync(
        ParseResult parsed,
        Signable signable,
        Approvers approvers,
        HostEnvironment host,
        CancellationToken cancel
    )
    {
        var signature = await SignatureAsync(parsed, signable, host, cancel);
        var by = parsed.GetValue(_by) ?? OwnerOf(signature, approvers);
        var came = approvers.Check(
            new Approval(by, signature),
            signable.Payload.Span,
            signable.Requester,
            signable.Purpose
        );
        if (came.By is not null || approvers.Absence.Length > 0)
        {
            var file = Path.GetFullPath(signable.File, host.WorkingFolder);
            var text = signable.Signed(await File.ReadAllTextAsync(file, cancel), by, signature);
            await File.WriteAllTextAsync(file, text, cancel);
        }

        return came;
    }

    private async Task<string> SignatureAsync(
        ParseResult parsed,
        Signable signable,
        HostEnvironment host,
        CancellationToken cancel
    )
    {
        if (parsed.GetValue(_key) is { } key)
        {
            return parsed.GetValue(_signature) is null
                ? await SshKeygen.SignAsync(
                    Path.GetFullPath(key, host.WorkingFolder),
                    signable.Purpose,
                    signable.Payload,
                    cancel
                )
                : throw new WrongInputException(CliFaults.Contradiction, "expected `--key` or `--signature`, got both");
        }

        var file = parsed.GetValue(_signature)!;
        try
        {
            return await File.ReadAllTextAsync(Path.GetFullPath(file, host.WorkingFolder), cancel);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new WrongInputException(CliFaults.File, $"`{file}` cannot be read: {refused.Message.TrimEnd('.')}");
        }
    }

    private static string OwnerOf(string signature, Approvers approvers)
    {
        try
        {
            var key = SshSignature.Read(signature).Key;
            return approvers.Keys.FirstOrDefault(k => k.Key.Equals(key))?.Principal
                ?? throw new WrongInputException(
                    CliFaults.Signing,
                    approvers.Absence.Length > 0
                        ? $"{approvers.Absence}: say with `--by` whose the key is"
                        : $"the key {key.Fingerprint} is not among the approvers of {approvers.Source}, so it approves nothing"
                );
        }
        catch (LedgerException unreadable)
        {
            throw new WrongInputException(CliFaults.Signing, unreadable.Message);
        }
    }
}
