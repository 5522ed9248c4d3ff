namespace Plumbline.Storage.Tests;

public sealed class Where_the_store_is
{
    [Theory]
    [InlineData("elsewhere/s", "/r/sub/x.yaml", "/w/elsewhere/s", StoreLocationReason.Option)]
    [InlineData("/abs", null, "/abs", StoreLocationReason.Option)]
    [InlineData(null, "/found/a/b/x.yaml", "/found/.plumbline", StoreLocationReason.Found)]
    [InlineData(null, "/found/repo/a", "/found/.plumbline", StoreLocationReason.Found)] // one further up still comes before the repository's root
    [InlineData(null, "/r/sub", "/r/.plumbline", StoreLocationReason.Repository)]
    [InlineData(null, "/tree/x", "/tree/.plumbline", StoreLocationReason.Repository)] // .git is a file in a worktree
    [InlineData(null, "/plain/x.yaml", "/plain/.plumbline", StoreLocationReason.BesidePath)]
    [InlineData(null, "/plain", "/plain/.plumbline", StoreLocationReason.BesidePath)]
    [InlineData(null, "x.yaml", "/w/.plumbline", StoreLocationReason.BesidePath)]
    [InlineData(null, null, "/home/u/.local/state/plumbline", StoreLocationReason.StateHome)]
    public void Follows_from_options_and_paths(
        string? option,
        string? first,
        string folder,
        StoreLocationReason reason
    ) => Assert.Equal(new StoreLocation(folder, reason), StoreLocation.Resolve(option, first, "/w", Machine()));

    [Theory]
    [InlineData("/xdg", "/xdg/plumbline", "/xdg/plumbline/keys")]
    [InlineData("relative", "/home/u/.local/state/plumbline", "/home/u/.config/plumbline/keys")]
    [InlineData("", "/home/u/.local/state/plumbline", "/home/u/.config/plumbline/keys")]
    public void Follows_XDG_where_it_is_absolute(string xdg, string state, string keys)
    {
        var machine = Machine() with { StateHome = xdg, ConfigHome = xdg };

        Assert.Equal(state, StoreLocation.Resolve(null, null, "/w", machine).Folder);
        Assert.Equal(keys, StoreLocation.KeysFolder(machine));
    }

    private static StoreEnvironment Machine()
    {
        string[] folders =
        [
            "/found/.plumbline",
            "/found/a/b",
            "/found/repo/.git",
            "/found/repo/a",
            "/r/.git",
            "/r/sub",
            "/plain",
        ];
        return new StoreEnvironment
        {
            Home = "/home/u",
            FolderExists = folders.Contains,
            Exists = path => folders.Contains(path) || path == "/tree/.git",
        };
    }
}
