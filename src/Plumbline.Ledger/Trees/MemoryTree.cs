namespace Plumbline.Ledger.Trees;

/// <summary>A whole tree in memory, two hashes a leaf: for trees that are made at once, such as one over a table's chunks.</summary>
public sealed class MemoryTree : MerkleTree
{
    /// <summary>By height; each row holds the complete nodes of that height, so it is half as long as the one below.</summary>
    private readonly List<TreeHash[]> rows;

    /// <summary>Hashes the tree over leaf hashes, see <see cref="TreeHash.OfLeaf"/>.</summary>
    public MemoryTree(ReadOnlySpan<TreeHash> leaves)
        : base(leaves.Length)
    {
        rows = [leaves.ToArray()];
        while (rows[^1].Length > 1)
        {
            rows.Add(Above(rows[^1]));
        }
    }

    private protected override TreeHash Node(int height, long index) => rows[height][index];

    private static TreeHash[] Above(TreeHash[] below)
    {
        var row = new TreeHash[below.Length / 2];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = TreeHash.OfNode(below[2 * i], below[2 * i + 1]);
        }

        return row;
    }
}
