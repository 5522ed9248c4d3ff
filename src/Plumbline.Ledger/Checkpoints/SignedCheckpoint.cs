using System.Collections.Immutable;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Checkpoints;

/// <summary>A head that its log has signed, as somebody who knows the log's key found out. There is no unverified one.</summary>
public sealed class SignedCheckpoint
{
    private SignedCheckpoint(byte[] bytes, Checkpoint head, ImmutableArray<Endorsement> endorsements)
    {
        Bytes = bytes;
        Head = head;
        Endorsements = endorsements;
    }

    /// <summary>The note as it was read or made, with all its signature lines: what is stored, compared and published.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public Checkpoint Head { get; }

    /// <summary>The known keys that signed, witnesses among them.</summary>
    public ImmutableArray<Endorsement> Endorsements { get; }

    /// <summary>Reads a signed checkpoint and verifies it.</summary>
    /// <param name="keys">The keys that are trusted: the log's, and those of witnesses. They come from outside the log.</param>
    /// <exception cref="LedgerException">
    /// The note is malformed; or no key of the log's own name signed it, or a known key's signature does not hold; or it is the
    /// head of another log. A single signature of one of <paramref name="keys"/> that fails refuses the whole.
    /// </exception>
    public static SignedCheckpoint Open(ReadOnlySpan<byte> bytes, string origin, IReadOnlyCollection<VerifierKey> keys)
    {
        var note = Note.Parse(bytes);
        var endorsements = note.Verify(keys);
        var head = Checkpoint.Parse(note.Text.Span);
        if (!string.Equals(head.Origin, origin, StringComparison.Ordinal))
        {
            throw new LedgerException(
                LedgerFault.Untrusted,
                $"expected a checkpoint of `{origin}`, got one of `{head.Origin}`"
            );
        }

        return endorsements.Any(by => IsLog(by.Key, origin))
            ? new SignedCheckpoint(bytes.ToArray(), head, endorsements)
            : throw new LedgerException(LedgerFault.Untrusted, $"no known key of `{origin}` signed its checkpoint");
    }

    /// <summary>Demands that this head is one that the log of <paramref name="earlier"/> can have grown to.</summary>
    /// <param name="proof">From the earlier size to this one; null where the sizes are equal or the earlier is 0.</param>
    /// <exception cref="LedgerException">
    /// <see cref="LedgerFault.Inconsistent"/>: another log, a rollback, another root for the same size, or a proof that does
    /// not hold. Two verified heads of one log of which neither follows the other prove that it forked: keep both.
    /// </exception>
    public void MustFollow(SignedCheckpoint earlier, ConsistencyProof? proof) =>
        Growth.Demand(earlier.Head, Head, proof);

    /// <summary>The log's own signature, not a witness's: C2SP tlog-checkpoint, "Signatures".</summary>
    private static bool IsLog(VerifierKey key, string origin) =>
        key.Algorithm != NoteAlgorithm.CosignatureV1 && string.Equals(key.Name, origin, StringComparison.Ordinal);
}
