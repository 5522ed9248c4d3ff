using System.Buffers.Binary;
using System.Security.Cryptography;
using Plumbline.Ledger.Trees;

namespace Plumbline.Core.Evidence.Tables;

/// <summary>The tree over the chunks of the verdict tables, each with a salt, so that a root betrays no verdict.</summary>
/// <remarks>
/// <code>
/// salt n     HMAC-SHA-256(seed, "plumbline.dev/table-salt/1" │ n as 8 bytes, big-endian)
/// entry n    salt n │ chunk n                                   hashed as a leaf of RFC 6962, section 2.1
/// </code>
/// The seed, 32 random bytes an assessment, lies with the verdicts under a key that can be destroyed. One salt tells nothing of
/// another, so a proof of one finding can be handed on without the rest.
/// </remarks>
internal sealed class TableTree
{
    public const int SeedSize = 32;

    private readonly byte[] _seed;
    private readonly MemoryTree _tree;

    public TableTree(byte[] seed, IReadOnlyList<ReadOnlyMemory<byte>> chunks)
    {
        _seed = seed;
        var leaves = new TreeHash[chunks.Count];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = LeafOf(SaltOf(i), chunks[i].Span);
        }

        _tree = new MemoryTree(leaves);
    }

    public TreeHash Root => _tree.Root();

    public long Size => _tree.Size;

    /// <summary>Shows that a chunk is in the tree.</summary>
    public ChunkProof Prove(int index, ReadOnlyMemory<byte> chunk) =>
        new(SaltOf(index), chunk, _tree.ProveInclusion(index, _tree.Size));

    public static TreeHash LeafOf(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> chunk) =>
        TreeHash.OfLeaf([.. salt, .. chunk]);

    private byte[] SaltOf(long index)
    {
        byte[] place = [.. "plumbline.dev/table-salt/1"u8, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(place.Length - sizeof(long)), index);
        return HMACSHA256.HashData(_seed, place);
    }
}

/// <summary>Shows that a chunk is in the tree of an assessment's verdict tables.</summary>
/// <param name="Salt">The chunk's own; no other can be told from it.</param>
/// <param name="Chunk">With its header.</param>
public sealed record ChunkProof(ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Chunk, InclusionProof Path)
{
    /// <summary>Whether the proof leads to this tree.</summary>
    public bool Proves(TreeHash root, long size) =>
        Path.Size == size && Path.Proves(TableTree.LeafOf(Salt.Span, Chunk.Span), root);
}
