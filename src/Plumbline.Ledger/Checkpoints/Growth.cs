using Plumbline.Ledger.Notes;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Checkpoints;

/// <summary>The rules by which a log signs: only what grew out of all that it has signed before.</summary>
/// <remarks>
/// C2SP tlog-checkpoint: "A log MUST not sign any checkpoint which is inconsistent with any checkpoint it previously signed."
/// The caller commits the result by comparing and swapping <see cref="SignedCheckpoint.Bytes"/> of the last one before anybody
/// sees it; else two writers could each follow these rules and still fork the log.
/// </remarks>
public static class Growth
{
    /// <summary>Signs the head of a tree.</summary>
    /// <param name="last">The last head this log signed, or null for its first.</param>
    /// <param name="tree">The tree as it is stored.</param>
    /// <param name="added">
    /// The entries since <paramref name="last"/>, read back from where they are kept, best by another connection: a log has died
    /// of one bit that flipped between storing an entry and signing the tree, and this is where such a bit is still harmless.
    /// </param>
    /// <param name="signers">Of the same name, which is the log's origin.</param>
    /// <exception cref="LedgerException">
    /// Nothing was signed: <see cref="LedgerFault.Inconsistent"/>, the tree does not begin with the last head's;
    /// <see cref="LedgerFault.Altered"/>, the entries do not hash to the tree; <see cref="LedgerFault.Untrusted"/>, a signer gave a
    /// signature that does not hold.
    /// </exception>
    public static SignedCheckpoint Sign(
        SignedCheckpoint? last,
        MerkleTree tree,
        IEnumerable<ReadOnlyMemory<byte>> added,
        IReadOnlyCollection<ISigner> signers
    )
    {
        var head = new Checkpoint(OriginOf(signers), tree.Size, tree.Root());
        var from = last?.Head ?? new Checkpoint(head.Origin, 0, TreeHash.Empty);
        var proof = from.Size > 0 && from.Size < tree.Size ? tree.ProveConsistency(from.Size, tree.Size) : null;
        Demand(from, head, proof);
        DemandSameEntries(tree, from.Size, added);

        var note = Note.Sign(head.ToText(), signers).ToBytes();
        return SignedCheckpoint.Open(note, head.Origin, [.. signers.Select(signer => signer.Key)]);
    }

    internal static void Demand(Checkpoint earlier, Checkpoint later, ConsistencyProof? proof)
    {
        if (!string.Equals(earlier.Origin, later.Origin, StringComparison.Ordinal))
        {
            throw Inconsistent($"`{later.Origin}` cannot follow `{earlier.Origin}`");
        }

        if (later.Size < earlier.Size)
        {
            throw Inconsistent($"the log rolled back from {earlier.Size} to {later.Size} entries");
        }

        if (later.Size == earlier.Size && later.Root != earlier.Root)
        {
            throw Inconsistent($"the log forked: two roots for {later.Size} entries, {earlier.Root} and {later.Root}");
        }

        var needsProof = earlier.Size > 0 && later.Size > earlier.Size;
        var isProof = proof is { } given && given.From == earlier.Size && given.To == later.Size;
        if (needsProof && !(isProof && proof!.Proves(earlier.Root, later.Root)))
        {
            throw Inconsistent(
                $"the log of {later.Size} entries is not shown to begin with the {earlier.Size} signed before"
            );
        }
    }

    private static void DemandSameEntries(MerkleTree tree, long from, IEnumerable<ReadOnlyMemory<byte>> added)
    {
        var edge = tree.EdgeAt(from);
        foreach (var entry in added)
        {
            edge.Append(TreeHash.OfLeaf(entry.Span));
        }

        if (edge.Size != tree.Size || edge.Root() != tree.Root())
        {
            throw new LedgerException(
                LedgerFault.Altered,
                $"the {edge.Size - from} entries read back from {from} on do not hash to the tree of {tree.Size}"
            );
        }
    }

    private static string OriginOf(IReadOnlyCollection<ISigner> signers)
    {
        string[] names = [.. signers.Select(signer => signer.Key.Name).Distinct(StringComparer.Ordinal)];
        return names is [var origin]
            ? origin
            : throw new ArgumentException($"a log's signers share its name, got {names.Length} names", nameof(signers));
    }

    private static LedgerException Inconsistent(string message) => new(LedgerFault.Inconsistent, message);
}
