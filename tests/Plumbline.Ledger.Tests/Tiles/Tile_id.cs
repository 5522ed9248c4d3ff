using Plumbline.Ledger.Tiles;

namespace Plumbline.Ledger.Tests.Tiles;

public sealed class Tile_id
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 999, 256, "tile/0/999")]
    [InlineData(1, 1000, 256, "tile/1/x001/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(2, 5, 17, "tile/2/005.p/17")]
    [InlineData(TileId.EntriesLevel, 2, 88, "tile/entries/002.p/88")]
    [InlineData(0, 36028797018963967, 255, "tile/0/x036/x028/x797/x018/x963/967.p/255")]
    public void Has_the_path_of_the_tiles_format(int level, long index, int width, string path) =>
        Assert.Equal(path, new TileId(level, index, width).Path);

    [Fact]
    public void Of_a_tree_of_70000_are_the_ones_of_the_formats_example()
    {
        TileId[] tiles = [.. TileId.OfTree(70_000)];
        Assert.Equal(273, tiles.Count(tile => tile is { Level: 0, IsPartial: false }));
        Assert.Equal(
            ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"],
            tiles.Skip(273).Select(tile => tile.Path)
        );
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "tile/0/000.p/1")]
    [InlineData(255, "tile/0/000.p/255")]
    [InlineData(256, "tile/0/000 tile/1/000.p/1")]
    [InlineData(257, "tile/0/000 tile/0/001.p/1 tile/1/000.p/1")]
    public void Of_a_small_tree_are_few(long size, string paths) =>
        Assert.Equal(paths, string.Join(' ', TileId.OfTree(size)));
}
