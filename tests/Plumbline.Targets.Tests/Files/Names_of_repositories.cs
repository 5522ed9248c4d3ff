using Plumbline.Targets.Files;

namespace Plumbline.Targets.Tests.Files;

public sealed class Names_of_repositories : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("https://github.com/acme/shop.git", "github.com/acme/shop")]
    [InlineData("https://github.com/acme/shop/", "github.com/acme/shop")]
    [InlineData("https://user:token@GitHub.COM/Acme/Shop", "github.com/Acme/Shop")]
    [InlineData("https://git.example.com:8443/a/b/c.git", "git.example.com/a/b/c")]
    [InlineData("ssh://git@git.example.com:2222/a/b.git", "git.example.com/a/b")]
    [InlineData("ssh://git@[2001:DB8::1]:22/a/b.git", "[2001:db8::1]/a/b")]
    [InlineData("git@github.com:acme/shop.git", "github.com/acme/shop")]
    [InlineData("github.com:acme/shop", "github.com/acme/shop")]
    [InlineData("git@host:/srv/git//x.git", "host/srv/git/x")]
    [InlineData("git://example.com/x", "example.com/x")]
    [InlineData("\"git@github.com:acme/shop.git\" # comment", "github.com/acme/shop")]
    [InlineData("/srv/git/shop.git", null)]
    [InlineData("../shop", null)]
    [InlineData("./a:b", null)]
    [InlineData("file:///srv/git/shop.git", null)]
    [InlineData("C:\\\\git\\\\shop", null)]
    [InlineData("https://github.com", null)]
    [InlineData("", null)]
    public void Come_from_the_URL_of_the_remote(string url, string? name)
    {
        var repository = SourceRepository.Of(_folder.WithRemote(url).With("a/b.yaml", "x")["a/b.yaml"]);

        Assert.Equal(_folder.Root, repository.Root);
        Assert.Equal(name is not null, repository.IsStable);
        if (name is not null)
        {
            Assert.Equal(name, repository.Name);
        }
        else
        {
            Assert.Matches("^local/[0-9a-f]{16}$", repository.Name);
        }
    }

    [Theory]
    [InlineData("[remote \"b\"]\nurl = git@h.example:b\n[remote \"a\"]\nurl = git@h.example:a\n", "h.example/a")]
    [InlineData(
        "[remote \"a\"]\nurl = git@h.example:a\n[Remote \"origin\"]\n  URL=git@h.example:o ; x\n",
        "h.example/o"
    )]
    [InlineData("[remote \"origin\"]\nfetch = x\n[branch \"main\"]\nurl = git@h.example:no\n", null)]
    [InlineData("[remote \"origin\"]\nurl = git@h.\\\nexample:o\n", "h.example/o")]
    [InlineData("[url \"x\"]\ninsteadOf = y\n[remote \"a b\"]\n\turl = git@h.example:ab\n", "h.example/ab")]
    public void Are_those_of_origin_or_else_of_the_first_remote(string config, string? name) =>
        Assert.Equal(
            name,
            SourceRepository.Of(_folder.With(".git/config", config).Root) is { IsStable: true } found
                ? found.Name
                : null
        );

    [Fact]
    public void Are_found_from_a_worktree_and_from_a_submodule()
    {
        const string Config = "[remote \"origin\"]\nurl = git@h.example:main\n";
        _folder
            .With("main/.git/config", Config)
            .With("main/.git/worktrees/w/commondir", "../..\n")
            .With("w/.git", $"gitdir: {_folder["main/.git/worktrees/w"]}\n")
            .With("main/.git/modules/s/config", Config.Replace(":main", ":sub", StringComparison.Ordinal))
            .With("main/s/.git", "gitdir: ../.git/modules/s\n")
            .With("main/s/x/a.yaml", "a")
            .With("broken/.git", "gitdir: /nowhere/at/all\n");

        Assert.Equal("h.example/main", SourceRepository.Of(_folder["w"]).Name);
        Assert.Equal(("h.example/sub", _folder["main/s"]), Name("main/s/x/a.yaml"));
        Assert.False(SourceRepository.Of(_folder["broken"]).IsStable);

        (string, string) Name(string path) => SourceRepository.Of(_folder[path]) is var r ? (r.Name, r.Root) : default;
    }

    [Fact]
    public void Are_a_digest_that_tells_nothing_of_the_path_where_there_is_no_repository()
    {
        var found = SourceRepository.Of(_folder.With("a/b.yaml", "x")["a"]);

        Assert.Equal((_folder["a"], false), (found.Root, found.IsStable));
        Assert.Equal(found.Name, SourceRepository.Of(_folder["a"]).Name);
        Assert.NotEqual(found.Name, SourceRepository.Of(_folder.Root).Name);
        Assert.Equal(
            ("shop", true),
            SourceRepository.Of(_folder.Root, "shop") is var named ? (named.Name, named.IsStable) : default
        );
    }
}
