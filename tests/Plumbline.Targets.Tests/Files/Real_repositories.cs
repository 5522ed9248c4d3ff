using CsCheck;
using Plumbline.Targets.Files;
using Plumbline.Values;

namespace Plumbline.Targets.Tests.Files;

public sealed class Real_repositories
{
    [Theory]
    [InlineData("kubernetes-goat", 1)]
    [InlineData("microservices-demo", 1)]
    [InlineData("awesome-compose", 0)]
    [InlineData("aws-cloudformation-templates", 0)]
    [InlineData("terraform-aws-eks-blueprints", 0)]
    [InlineData("terragoat", 0)]
    public async Task Are_read_whole_and_alike_twice(string name, int atLeast)
    {
        var target = new PathTarget(Shared.Path("corpora/repositories/" + name), new PathTargetOptions());

        var (read, again) = (await target.ReadAsync(null, default), await target.ReadAsync(null, default));

        Assert.True(read.Resources.Length >= atLeast, $"{read.Resources.Length} resources");
        Assert.Equal(read.Resources.Select(r => (r.Key, r.Digest)), again.Resources.Select(r => (r.Key, r.Digest)));
        Assert.Equal(read.Gaps.Select(g => g.Reason), again.Gaps.Select(g => g.Reason));
        Assert.Equal(read.Resources.Length, read.Resources.Select(r => r.Key).Distinct().Count());
        Assert.All(
            read.Resources,
            r => Assert.True(r.Observed.PositionOf(JsonPointer.Parse("/metadata/name")).Line > 0)
        );
    }

    [Fact]
    public async Task Like_the_example_give_its_resources_and_one_gap()
    {
        var read = await new PathTarget(Repository.Path("examples/kubernetes"), new PathTargetOptions()).ReadAsync(
            null,
            default
        );

        Assert.Equal(18, read.Resources.Length);
        Assert.Equal(["render examples/kubernetes/payments"], read.Gaps.Select(g => g.Operation));
        Assert.Empty(read.Duplicates);
        Assert.Equal(2, read.Resources.Count(r => !r.Redacted.IsEmpty));
    }

    [Fact]
    public void With_anything_changed_in_them_are_read_or_are_gaps()
    {
        using var folder = new Folder().WithRemote();
        var seed = System.Text.Encoding.UTF8.GetBytes(
            Folder.Object("Secret", "db", rest: "data: {a: b}\n")
                + "---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: Deployment\n  metadata: {name: x, namespace: y, annotations: {a: null}}\n  spec: {template: {spec: {containers: [{name: a, resources: {limits: {memory: 5}}}]}}}\n"
        );
        string[] pieces =
        [
            "---\n",
            "\n",
            "  ",
            ": ",
            "- ",
            "[",
            "{",
            "}",
            "null",
            "items: []\n",
            "kind: List\n",
            "kind: 5\n",
            "metadata: 5\n",
            "name: {a: b}\n",
            "\0",
            "*a",
            "&a ",
            "<<: ",
            "~",
        ];
        Gen.Select(Gen.Int[0, 400], Gen.Int[0, 20], Gen.OneOf(pieces))
            .List[1, 5]
            .Sample(
                changes =>
                {
                    var text = seed;
                    foreach (var (at, remove, piece) in changes)
                    {
                        var start = at % text.Length;
                        text =
                        [
                            .. text[..start],
                            .. System.Text.Encoding.UTF8.GetBytes(piece),
                            .. text[Math.Min(text.Length, start + remove)..],
                        ];
                    }

                    var read = folder.With("a.yaml", text).Read().GetAwaiter().GetResult();
                    Assert.Equal(read.Resources.Length, read.Resources.Select(r => r.Key).Distinct().Count());
                },
                iter: 500,
                threads: 1
            );
    }
}
