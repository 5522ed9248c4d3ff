using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Checkpoints;

/// <summary>A file that shows, without the log, that an entry is in it.</summary>
/// <remarks>
/// C2SP tlog-proof; by custom it ends in <c>.tlog-proof</c>:
/// <code>
/// c2sp.org/tlog-proof@v1
/// extra base64           optional; signed by nobody
/// index decimal          no leading zeros
/// base64 of a hash       0 to 63 lines, from the leaf's sibling upwards
///                        an empty line
/// a signed checkpoint    to the end, verbatim
/// </code>
/// The entry itself is not in it: who verifies brings it along.
/// </remarks>
public sealed class ProofFile
{
    /// <summary>The checkpoint's limit, and as much again for extra data.</summary>
    public const int MaxBytes = 2 * Note.MaxBytes;

    /// <summary>The path of a tree below 2^63 leaves is no longer.</summary>
    private const int MaxHashes = 63;

    private ProofFile(long index, ImmutableArray<TreeHash> hashes, byte[] checkpoint, byte[] extra)
    {
        Index = index;
        Hashes = hashes;
        Checkpoint = checkpoint;
        Extra = extra;
    }

    public long Index { get; }

    public ImmutableArray<TreeHash> Hashes { get; }

    /// <summary>The signed checkpoint's note, unverified as long as <see cref="Verify"/> has not answered.</summary>
    public ReadOnlyMemory<byte> Checkpoint { get; }

    /// <summary>What the maker added, mostly nothing; nobody vouches for it.</summary>
    public ReadOnlyMemory<byte> Extra { get; }

    /// <summary>Joins a proof to the head that it leads to.</summary>
    /// <exception cref="ArgumentException">The proof leads to a tree of another size.</exception>
    public static ProofFile Of(InclusionProof proof, SignedCheckpoint checkpoint, byte[]? extra = null)
    {
        if (proof.Size != checkpoint.Head.Size)
        {
            throw new ArgumentException(
                $"expected a proof to size {checkpoint.Head.Size}, got one to size {proof.Size}",
                nameof(proof)
            );
        }

        return new ProofFile(proof.Index, proof.Hashes, checkpoint.Bytes.ToArray(), extra ?? []);
    }

    /// <exception cref="LedgerException">It breaks the format; <see cref="LedgerFault.Malformed"/>.</exception>
    public static ProofFile Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length > MaxBytes || !StrictText.TryLine(ref file, out var line) || !line.SequenceEqual(FirstLine))
        {
            throw LedgerException.Malformed(
                $"a proof starts with `{Encoding.UTF8.GetString(FirstLine)}` and has at most {MaxBytes} bytes"
            );
        }

        StrictText.TryLine(ref file, out line);
        byte[] extra = [];
        if (line.StartsWith(ExtraField))
        {
            if (!StrictText.TryBase64(line[ExtraField.Length..], out extra) || extra.Length == 0)
            {
                throw LedgerException.Malformed("the extra data of a proof is base64 of at least one byte");
            }

            StrictText.TryLine(ref file, out line);
        }

        if (!line.StartsWith(IndexField) || !StrictText.TryCount(line[IndexField.Length..], out var index))
        {
            throw LedgerException.Malformed("a proof names the index of its entry, a decimal number below 2^63");
        }

        var hashes = ParseHashes(ref file);
        return new ProofFile(index, hashes, file.ToArray(), extra);
    }

    /// <summary>Demands that the entry with this leaf hash is in the log that signed.</summary>
    /// <returns>The verified head; its endorsements say which witnesses saw it, and when.</returns>
    /// <exception cref="LedgerException">
    /// What <see cref="SignedCheckpoint.Open"/> throws, or <see cref="LedgerFault.Altered"/>: the hashes do not lead from this
    /// leaf to the signed root.
    /// </exception>
    public SignedCheckpoint Verify(TreeHash leaf, string origin, IReadOnlyCollection<VerifierKey> keys)
    {
        var checkpoint = SignedCheckpoint.Open(Checkpoint.Span, origin, keys);
        return new InclusionProof(Index, checkpoint.Head.Size, Hashes).Proves(leaf, checkpoint.Head.Root)
            ? checkpoint
            : throw new LedgerException(
                LedgerFault.Altered,
                $"the proof does not lead from the leaf {leaf} at {Index} to the root of {checkpoint.Head.Size} entries"
            );
    }

    public byte[] ToBytes()
    {
        var text = new StringBuilder().Append(Encoding.UTF8.GetString(FirstLine)).Append('\n');
        if (!Extra.IsEmpty)
        {
            text.Append("extra ").Append(Convert.ToBase64String(Extra.Span)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Hashes)
        {
            text.Append(hash.ToBase64()).Append('\n');
        }

        return [.. Encoding.UTF8.GetBytes(text.Append('\n').ToString()), .. Checkpoint.Span];
    }

    private static ReadOnlySpan<byte> FirstLine => "c2sp.org/tlog-proof@v1"u8;

    private static ReadOnlySpan<byte> ExtraField => "extra "u8;

    private static ReadOnlySpan<byte> IndexField => "index "u8;

    private static ImmutableArray<TreeHash> ParseHashes(ref ReadOnlySpan<byte> rest)
    {
        var hashes = ImmutableArray.CreateBuilder<TreeHash>();
        while (true)
        {
            if (!StrictText.TryLine(ref rest, out var line))
            {
                throw LedgerException.Malformed("a proof's hashes end with an empty line, and its checkpoint follows");
            }

            if (line.IsEmpty)
            {
                return hashes.ToImmutable();
            }

            if (hashes.Count == MaxHashes || !TreeHash.TryReadBase64(line, out var hash))
            {
                throw LedgerException.Malformed(
                    $"a proof has at most {MaxHashes} lines, each a hash of 32 bytes in base64"
                );
            }

            hashes.Add(hash);
        }
    }
}
