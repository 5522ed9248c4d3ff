using Plumbline.Core.Resources;
using Plumbline.Targets.Files;
using Plumbline.Values;

namespace Plumbline.Targets.Tests.Files;

public sealed class Any_document_of_a_path : IDisposable
{
    private readonly Folder _folder = new Folder().WithRemote();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Is_a_resource_named_by_its_file_and_its_number_in_it()
    {
        _folder
            .With("ci/build.yaml", $"a: null\n---\n{Folder.Object("Pod", "web")}---\n- 1\n")
            .With("package.json", """{"name": "shop"}""");

        var read = await Read();

        Assert.Equal(
            [
                "repo:github.com/acme/shop//ci;k8s/-|k8s//Pod|web",
                "repo:github.com/acme/shop//ci|file/yaml|ci/build.yaml",
                "repo:github.com/acme/shop//ci|file/yaml|ci/build.yaml#3",
                "repo:github.com/acme/shop//|file/json|package.json",
            ],
            read.Keys()
        );
        Assert.Equal("""{"a":null}""", JsonOf(read, "ci/build.yaml"));
    }

    [Fact]
    public async Task Is_no_resource_where_nobody_asks_about_it()
    {
        _folder.With("package.json", """{"name": "shop"}""");

        Assert.Empty((await _folder.Read()).Resources);
    }

    [Fact]
    public async Task Keeps_no_secret()
    {
        _folder.With("a.yaml", "key: AKIAIOSFODNN7EXAMPLQ\nspec: {kind: Secret, data: {a: b}}\n");

        var resource = Assert.Single((await Read()).Resources);

        Assert.Equal(["/key", "/spec/data/a"], resource.Redacted.Keys);
        Assert.True(resource.Document["key"].IsUnknown);
    }

    [Fact]
    public async Task That_is_faulty_is_a_gap_for_its_type()
    {
        _folder.With("ci/a.yaml", "a: [\n");

        var gap = Assert.Single((await Read()).Gaps);

        Assert.Equal([new GapScope("file/yaml", "repo:github.com/acme/shop//ci")], gap.Affects);
    }

    [Fact]
    public async Task That_looks_like_a_manifest_and_is_none_is_a_gap_and_a_document()
    {
        _folder.With("a.yaml", "apiVersion: v1\nkind: Pod\n");

        var read = await Read();

        Assert.Equal("file/yaml", Assert.Single(read.Resources).Key.Type);
        Assert.Single(read.Gaps);
    }

    [Fact]
    public async Task Is_part_of_all_documents_as_one()
    {
        _folder.With("b.yaml", Folder.Object("Pod", "web")).With("a.json", """{"token": "AKIAIOSFODNN7EXAMPLQ"}""");

        var read = await Read(combines: true);

        var combined = Assert.Single(read.Resources, r => r.Key.Type == "file/combined");
        Assert.Equal("repo:github.com/acme/shop//|file/combined|.", combined.Key.Text);
        Assert.Equal(["a.json", "b.yaml"], [combined.Document[0]["path"].Utf8.ToString(), combined.Document[1]["path"].Utf8.ToString()]);
        Assert.Equal("Pod", combined.Document[1]["contents"]["kind"].Utf8.ToString());
        Assert.Equal(["/0/contents/token"], combined.Redacted.Keys);
        Assert.False(combined.Document.IsOpen);
    }

    [Fact]
    public async Task That_cannot_be_read_leaves_all_documents_as_one_open()
    {
        _folder.With("b.yaml", Folder.Object("Pod", "web")).With("a.json", "{");

        var read = await Read(combines: true);

        var combined = Assert.Single(read.Resources, r => r.Key.Type == "file/combined");
        Assert.Equal("gap: read a.json", combined.Document.Open?.Cause);
    }

    private Task<Snapshot> Read(bool combines = false) =>
        new PathTarget(
            _folder.Root,
            new PathTargetOptions { ReadsAnyDocument = true, Combines = combines }
        ).ReadAsync(null, default);

    private static string JsonOf(Snapshot read, string primary) =>
        Jcs.ToText(read.Resources.Single(r => r.Key.Primary == primary).Document);
}
