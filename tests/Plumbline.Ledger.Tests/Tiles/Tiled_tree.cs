using CsCheck;
using Plumbline.Ledger.Tiles;
using Plumbline.Ledger.Trees;

namespace Plumbline.Ledger.Tests.Tiles;

public sealed class Tiled_tree
{
    private const int Most = 66_000;

    private static readonly TreeHash[] Leaves = Naive.Leaves(Most);
    private static readonly MemoryTree Whole = new(Leaves);

    [Fact]
    public void Gives_the_roots_and_proofs_of_the_tree_in_memory() =>
        Gen.OneOf(Gen.Int[1, 1100], Gen.Int[65_500, Most])
            .SelectMany(size => Gen.Select(Gen.Const(size), Gen.Int[1, size], Gen.Int[0, size - 1]))
            .Sample(
                (size, past, index) =>
                {
                    var tree = new TiledTree(size, Store(size).Read);
                    var at = Math.Max(past, index + 1);
                    return tree.Root() == Whole.RootAt(size)
                        && tree.RootAt(past) == Whole.RootAt(past)
                        && tree.ProveInclusion(index, at).Hashes.SequenceEqual(Whole.ProveInclusion(index, at).Hashes)
                        && tree.ProveConsistency(past, size)
                            .Hashes.SequenceEqual(Whole.ProveConsistency(past, size).Hashes)
                        && tree.EdgeAt(past).Save().AsSpan().SequenceEqual(Whole.EdgeAt(past).Save());
                },
                iter: 60
            );

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    public void Is_stored_as_exactly_the_tiles_of_its_size(int size)
    {
        var store = Store(size);
        Assert.Equal(TileId.OfTree(size).Select(tile => tile.Path).Order(), store.Paths.Order());
        Assert.Equal(Whole.RootAt(size), new TiledTree(size, store.Read).Root());
    }

    [Fact]
    public void Grows_to_the_same_tiles_in_any_steps() =>
        Gen.Int[0, 400]
            .Array[0, 8]
            .Sample(
                steps =>
                {
                    var store = new TileStore();
                    var size = 0;
                    foreach (var step in steps)
                    {
                        var tree = GrowingTree.Open(size, store.Read);
                        Grow(tree, Leaves.AsSpan(size, step));
                        size += step;
                        store.Put(tree);
                        Assert.Equal(Whole.RootAt(size), tree.Root());
                        Assert.Equal(size, tree.Size);
                    }

                    return store.Paths.Order().SequenceEqual(TileId.OfTree(size).Select(tile => tile.Path).Order());
                },
                iter: 50
            );

    [Fact]
    public void Takes_a_wider_tile_for_a_partial_one() =>
        Assert.Equal(
            Whole.RootAt(300),
            new TiledTree(300, tile => Store(600).Read(tile with { Width = 256 })).RootAt(300)
        );

    [Fact]
    public void Says_which_tile_is_missing_or_has_the_wrong_length()
    {
        var missing = Faults.Expect(LedgerFault.Missing, () => new TiledTree(600, _ => null).Root());
        Assert.Equal("`tile/0/002.p/88` is missing", missing.Message);
        Faults.Expect(LedgerFault.Missing, () => GrowingTree.Open(1, _ => null));

        foreach (var length in (int[])[0, 31, 87 * 32, 88 * 32 + 1, 257 * 32])
        {
            Assert.StartsWith(
                "`tile/0/002.p/88` holds 88 hashes",
                Faults.Expect(LedgerFault.Malformed, () => new TiledTree(600, _ => new byte[length]).Root()).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Reads_no_tile_twice_for_one_proof()
    {
        var store = Store(Most);
        var read = new List<string>();
        var tree = new TiledTree(
            Most,
            tile =>
            {
                read.Add(tile.Path);
                return store.Read(tile);
            }
        );
        _ = tree.ProveInclusion(12_345, Most);
        Assert.Equal(read.Distinct().Count(), read.Count);
    }

    private static TileStore Store(int size)
    {
        var store = new TileStore();
        var tree = new GrowingTree();
        Grow(tree, Leaves.AsSpan(0, size));
        store.Put(tree);
        return store;
    }

    private static void Grow(GrowingTree tree, ReadOnlySpan<TreeHash> leaves)
    {
        foreach (ref readonly var leaf in leaves)
        {
            tree.Append(leaf);
        }
    }
}

/// <summary>Tiles as a database keeps them: one row per place, a wider tile replaces a narrower.</summary>
internal sealed class TileStore
{
    private readonly Dictionary<(int, long), Tile> rows = [];

    public IEnumerable<string> Paths => rows.Values.Select(tile => tile.Id.Path);

    public byte[]? Read(TileId tile) => rows.TryGetValue((tile.Level, tile.Index), out var row) ? row.Bytes : null;

    public void Put(GrowingTree tree)
    {
        foreach (var tile in tree.TakeFullTiles().Concat(tree.PartialTiles()))
        {
            rows[(tile.Id.Level, tile.Id.Index)] = tile;
        }
    }
}
