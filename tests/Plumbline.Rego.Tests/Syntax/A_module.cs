namespace Plumbline.Rego.Tests.Syntax;

public sealed class A_module
{
    [Theory]
    [InlineData("package a.b", new[] { "a", "b" })]
    [InlineData("package a[\"b-c\"].if", new[] { "a", "b-c", "if" })]
    [InlineData("\uFEFFpackage a\r\n", new[] { "a" })]
    public void Has_a_package(string text, string[] path) => Assert.Equal(path, Rego.Parse(text).Module!.Package);

    [Theory]
    [InlineData("import data.lib.k8s as k", "data.lib.k8s", "k")]
    [InlineData("import data.lib.k8s", "data.lib.k8s", "k8s")]
    [InlineData("import input", "input", "input")]
    [InlineData("import data.lib[\"x\"]", "data.lib.x", "x")]
    [InlineData("import data.if as x", "data.if", "x")]
    [InlineData("import rego.v1", "rego.v1", "v1")]
    public void Keeps_its_imports(string text, string path, string alias)
    {
        var import = Assert.Single(Rego.Module(text).Imports);
        Assert.Equal((path, alias), (string.Join('.', import.Path), import.Alias));
    }

    [Fact]
    public void Keeps_its_comments()
    {
        var comments = Rego.Module("# one\r\np := \"#\" # two").Comments;
        Assert.Equal(["# one", "# two"], comments.Select(c => c.Text));
        Assert.Equal((3, 10), (comments[1].Span.Line, comments[1].Span.Column));
    }

    [Fact]
    public void Keeps_its_metadata_with_what_it_belongs_to()
    {
        var parsed = Rego.Parse(
            """
            # METADATA
            # title: whole
            #  deep: 1
            package p

            # METADATA
            # title: one
            #
            # description: two

            import data.x

            # METADATA is also this
            # title: second
            p if true

            # METADATA
            """
        );
        var module = parsed.Module!;
        Assert.Equal(
            [
                "title: whole\n deep: 1\n|package p",
                "title: one\n\ndescription: two\n|p if true",
                "title: second\n|p if true",
                "|",
            ],
            module.Annotations.Select(a => $"{a.Yaml}|{module.Source.Text(a.Target)}")
        );
        Assert.Equal([1, 6, 13, 17], module.Annotations.Select(a => a.Span.Line));
    }
}
