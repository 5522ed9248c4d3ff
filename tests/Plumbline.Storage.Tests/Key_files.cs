using Plumbline.Core.Evidence;

namespace Plumbline.Storage.Tests;

public sealed class Key_files : IDisposable
{
    private readonly TempStore temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Are_made_once_for_their_owner_alone_and_apart_from_the_store()
    {
        await temp.SealAsync(1);
        var folder = await FolderAsync();

        Assert.Matches("^plumbline.local/[0-9a-f-]{36}$", Path.GetRelativePath(temp.Options.KeysFolder, folder));
        Assert.Equal(
            ["kek", "log.pem", "log.pub.pem", "runner.pem"],
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                Assert.Equal(Private, File.GetUnixFileMode(file));
            }
            Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
        await using var again = await temp.OpenAsync();
        Assert.Equal(folder, Path.Combine(temp.Options.KeysFolder, again.Origin));
    }

    [Theory]
    [InlineData("log.pem", "0640", "0600")]
    [InlineData("kek", "0604", "0600")]
    [InlineData("", "0755", "0700")]
    public async Task That_others_may_read_are_refused_naming_the_mode(string name, string mode, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        await temp.SealAsync(1);
        var path = Path.Combine(await FolderAsync(), name).TrimEnd('/');
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        }

        await using var store = await temp.OpenAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => SealAsync(store));

        Assert.Equal("PLB-4020", refused.Code);
        Assert.Equal(
            $"others may read the keys at `{path}`: expected mode {expected}, got {mode}: "
                + $"run `chmod {expected} {path}`, and consider whether somebody has read them",
            refused.Message
        );
        Assert.Single(await temp.LeavesAsync());
    }

    [Theory]
    [InlineData("log.pem")]
    [InlineData("kek")]
    public async Task That_are_missing_are_named_and_the_log_can_still_be_read(string name)
    {
        await temp.SealAsync(1);
        var path = Path.Combine(await FolderAsync(), name);
        File.Delete(path);

        await using var store = await temp.OpenAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => SealAsync(store));

        Assert.Equal("PLB-4021", refused.Code);
        Assert.StartsWith(
            $"the key `{path}` of the log `{store.Origin}` is missing: ",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Single(await temp.LeavesAsync());
        Assert.Empty(await temp.VerifyAsync());
    }

    [Theory]
    [InlineData("log.pem", "an Ed25519 private key in PEM")]
    [InlineData("kek", "32 bytes in base64")]
    public async Task That_are_no_keys_are_named(string name, string expected)
    {
        await temp.SealAsync(1);
        await File.WriteAllTextAsync(Path.Combine(await FolderAsync(), name), "nonsense\n", default);

        await using var store = await temp.OpenAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => SealAsync(store));

        Assert.Equal("PLB-4022", refused.Code);
        Assert.Contains($"expected {expected}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log.pem", "expected the log key `plumbline.local/")]
    [InlineData("kek", "its `kek` does not open the data key `k-2026-inventory-")]
    public async Task Of_another_store_are_told_apart(string name, string expected)
    {
        await using (var store = await temp.OpenAsync())
        {
            await SealAsync(store);
        }
        using var other = new TempStore();
        await other.SealAsync(1);
        await using (var theirs = await other.OpenAsync())
        {
            File.Copy(
                Path.Combine(other.Options.KeysFolder, theirs.Origin, name),
                Path.Combine(await FolderAsync(), name),
                overwrite: true
            );
        }

        await using var again = await temp.OpenAsync();
        var refused = await Assert.ThrowsAsync<StoreException>(() => SealAsync(again));

        Assert.Equal("PLB-4024", refused.Code);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Single(await temp.LeavesAsync());
    }

    [Fact]
    public async Task Within_the_tree_that_is_scanned_are_refused_through_links_too()
    {
        var tree = Path.Combine(temp.Root, "tree");
        Directory.CreateDirectory(Path.Combine(tree, "dotfiles"));
        Directory.CreateSymbolicLink(Path.Combine(temp.Root, "linked"), Path.Combine(tree, "dotfiles"));
        var options = temp.Options with
        {
            KeysFolder = Path.Combine(temp.Root, "linked", "plumbline", "keys"),
            ScannedPaths = [Path.Combine(temp.Root, "tre"), tree],
        };

        var refused = await Assert.ThrowsAsync<StoreException>(() => EvidenceStore.OpenAsync(options, default));

        Assert.Equal("PLB-4023", refused.Code);
        Assert.Contains($"lie within `{tree}`, which is being scanned", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(options.KeysFolder));
    }

    private async Task<string> FolderAsync()
    {
        await using var store = await temp.OpenForReadingAsync();
        return Path.Combine(temp.Options.KeysFolder, store.Origin);
    }

    private static Task<Receipt> SealAsync(IEvidenceStore store) =>
        TempStore.SealAsync(store, "new", TempStore.Text("hello"));
}
