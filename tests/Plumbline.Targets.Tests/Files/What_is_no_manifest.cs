using System.Text;
using Plumbline.Core.Resources;
using Plumbline.Languages;

namespace Plumbline.Targets.Tests.Files;

public sealed class What_is_no_manifest : IDisposable
{
    private readonly Folder _folder = new Folder().WithRemote().With("deploy/web.yaml", Folder.Object("Pod", "web"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("values.yaml", "image: {tag: 1}\nreplicas: 2\n")]
    [InlineData("package.json", "{\"name\": \"x\", \"version\": \"1.0.0\", \"dependencies\": {}}")]
    [InlineData("docker-compose.yml", "services: {web: {image: nginx, privileged: true}}\n")]
    [InlineData("list.yaml", "- a\n- b\n")]
    [InlineData("text.yaml", "only text\n")]
    [InlineData("null.yaml", "null\n")]
    [InlineData("comment.yaml", "# kind: Pod\n")]
    [InlineData(
        "template.yaml",
        "Resources:\n  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub '${A}-x', Tags: !If [A, !Ref B, !GetAtt C.D]}}\n"
    )]
    [InlineData("kind.yaml", "kind: 1\n")]
    public async Task And_affects_nothing_is_counted(string name, string text)
    {
        var read = await _folder.With($"deploy/{name}", text).Read();

        Assert.Empty(read.Gaps);
        Assert.Single(read.Resources);
        Assert.Equal((2, 1), (read.FilesRead, read.FilesWithoutResources));
    }

    [Theory]
    [InlineData("a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: x\n", TextFaults.Syntax, "deploy/a.yaml:4:1: ")]
    [InlineData(
        "a.yaml",
        "apiVersion: v1\nkind: {{ .Values.kind }}\n",
        TextFaults.NotJson,
        "deploy/a.yaml:2:8: expected a scalar as key, got a collection"
    )]
    [InlineData(
        "a.yaml",
        "apiVersion: v1\nkind: Pod\nkind: Pod\n",
        TextFaults.DuplicateKey,
        "deploy/a.yaml:3:1: expected a key once in a mapping, got `kind` again: it stands in line 2, column 1 already"
    )]
    [InlineData("a.yaml", "apiVersion: v1\nkind: !foo Pod\n", TextFaults.Tag, "deploy/a.yaml:2:7: ")]
    [InlineData("a.json", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"} {}", TextFaults.Json, "deploy/a.json:1:37: ")]
    [InlineData("a.json", "{\"apiVersion\": \"v1\", \"apiVersion\": \"v1\"}", TextFaults.Json, "deploy/a.json:1:22: ")]
    public async Task Because_of_a_fault_is_a_gap_of_its_folder(string name, string text, string code, string reason)
    {
        var read = await _folder.With($"deploy/{name}", text).Read();

        Assert.Equal(["web"], read.Resources.Select(r => r.Key.Primary));
        var gap = Assert.Single(read.Gaps);
        Assert.Equal(($"read deploy/{name}", code), (gap.Operation, gap.Code));
        Assert.StartsWith(reason, gap.Reason, StringComparison.Ordinal);
        Assert.Equal([new GapScope("k8s/*", "repo:github.com/acme/shop//deploy")], gap.Affects);
        Assert.True(gap.Touches("k8s/apps/Deployment", "repo:github.com/acme/shop//deploy;k8s/x"));
        Assert.True(gap.Touches("k8s//Pod", "repo:github.com/acme/shop//deploy/prod;k8s/-"));
        Assert.False(gap.Touches("k8s//Pod", "repo:github.com/acme/shop//deployed;k8s/-"));
    }

    [Theory]
    [InlineData("tsconfig.json", "// with comments\n{\"compilerOptions\": {},}")]
    [InlineData("mkdocs.yml", "site: x\nextensions: [!!python/name:pymdownx.x ]\n")]
    [InlineData("broken.yaml", "kind: [")]
    public async Task And_broken_but_surely_none_is_a_gap_that_affects_nothing(string name, string text)
    {
        var gap = Assert.Single((await _folder.With($"deploy/{name}", text).Read()).Gaps);

        Assert.Empty(gap.Affects);
    }

    [Fact]
    public async Task Because_it_is_binary_or_in_another_encoding_is_a_gap_of_its_folder()
    {
        _folder.With("deploy/a.yaml", [0x89, (byte)'P', (byte)'N', (byte)'G', 0, 1, 2]);
        _folder.With("deploy/b.yaml", Encoding.Unicode.GetBytes("\uFEFF" + Folder.Object("Pod", "x")));
        _folder.With("deploy/c.json", Encoding.Unicode.GetBytes("\uFEFF{}"));

        var read = await _folder.Read();

        Assert.Equal(
            [
                "deploy/a.yaml:1:1: expected UTF-8, got byte 0x89",
                "deploy/b.yaml:1:1: expected UTF-8, got UTF-16: save the file as UTF-8",
                "deploy/c.json:1:1: expected UTF-8, got UTF-16: save the file as UTF-8",
            ],
            read.Gaps.Select(g => g.Reason)
        );
        Assert.All(read.Gaps, g => Assert.Equal("k8s/*", Assert.Single(g.Affects).What));
    }

    [Fact]
    public async Task Because_it_is_too_much_is_a_gap_of_its_folder()
    {
        _folder.With("deploy/a.yaml", "apiVersion: " + new string('x', 5 << 20));
        _folder.With("deploy/b.yaml", Folder.Object("Pod", "x", rest: "spec: " + new string('[', 50_000)));
        _folder.With("deploy/c.json", "{\"apiVersion\": \"" + new string('x', 9 << 20) + "\"}");

        var read = await _folder.Read();

        Assert.Equal([TextFaults.TooLarge, TextFaults.TooDeep, TextFaults.TooLarge], read.Gaps.Select(g => g.Code));
        Assert.All(read.Gaps, g => Assert.Single(g.Affects));
        Assert.Single(read.Resources);
    }

    [Fact]
    public async Task In_one_document_costs_the_others_of_the_file_nothing()
    {
        _folder.With(
            "deploy/a.yaml",
            Folder.Object("Pod", "one") + "---\napiVersion: [\n---\n" + Folder.Object("Pod", "two")
        );

        var read = await _folder.Read();

        Assert.Equal(["one", "two", "web"], read.Resources.Select(r => r.Key.Primary));
        Assert.Single(read.Gaps);
    }

    [Theory]
    [InlineData(
        "apiVersion: v1\nkind: Deployment\nspec: {}\n",
        "k8s//Deployment",
        "expected `metadata.name` in a Deployment, got none"
    )]
    [InlineData(
        "apiVersion: skaffold/v3\nkind: Config\nbuild: {}\n",
        "k8s/skaffold/Config",
        "expected `metadata.name` in a Config, got none"
    )]
    [InlineData("kind: Deployment\nmetadata: {name: x}\n", "k8s/*", "expected `apiVersion` and `kind`, both as text")]
    [InlineData(
        "apiVersion: 1\nkind: Pod\nmetadata: {name: x}\n",
        "k8s/*",
        "expected `apiVersion` and `kind`, both as text"
    )]
    [InlineData(
        "apiversion: v1\nmetadata: {name: x}\nspec: {}\n",
        "k8s/*",
        "expected `apiVersion` and `kind`, both as text"
    )]
    [InlineData(
        "apiVersion: v1\nkind: List\nitems: [{metadata: {name: x}}]\n",
        "k8s/*",
        "expected `apiVersion` and `kind`, both as text"
    )]
    [InlineData(
        "apiVersion: '{{ version }}'\nkind: Pod\nmetadata: {name: x}\n",
        "k8s/*",
        "expected a group, version and kind, got other text"
    )]
    [InlineData(
        "apiVersion: v1\nkind: '{{ kind }}'\nmetadata: {name: x}\n",
        "k8s/*",
        "expected a group, version and kind, got other text"
    )]
    [InlineData(
        "apiVersion: v1\nkind: List\nitems: [text]\n",
        "k8s/*",
        "expected `apiVersion` and `kind`, both as text"
    )]
    [InlineData(
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [web.yaml]\n",
        "k8s/*",
        "expected manifests, got a kustomization: what it changes and makes was not judged"
    )]
    public async Task And_looks_like_one_is_a_gap_of_what_it_may_be(string text, string type, string reason)
    {
        var gap = Assert.Single((await _folder.With("deploy/a.yaml", text).Read()).Gaps);

        Assert.Equal([new GapScope(type, "repo:github.com/acme/shop//deploy")], gap.Affects);
        Assert.EndsWith(": " + reason, gap.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Because_its_name_is_too_long_is_a_gap_of_its_type()
    {
        var gap = Assert.Single(
            (await _folder.With("deploy/a.yaml", Folder.Object("Pod", new string('x', 2_000))).Read()).Gaps
        );

        Assert.Equal([new GapScope("k8s//Pod", "repo:github.com/acme/shop//deploy")], gap.Affects);
        Assert.EndsWith("expected a name of at most 1,024 characters, got more", gap.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task But_a_chart_is_one_gap_of_its_folder()
    {
        _folder
            .With("charts/pay/Chart.yaml", "apiVersion: v2\nname: pay\nversion: 1.0.0\n")
            .With("charts/pay/values.yaml", "memory: 1Gi\n")
            .With("charts/pay/templates/a.yaml", "{{- if .Values.x }}\napiVersion: v1\n{{- end }}\n")
            .With("charts/pay/templates/tests/b.yaml", "kind: {{ x }}\n")
            .With(
                "charts/pay/crds/crd.yaml",
                Folder.Object("CustomResourceDefinition", "pays.acme.example", "apiextensions.k8s.io/v1")
            )
            .With("charts/pay/charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\n");

        var read = await _folder.Read();

        Assert.Equal(["render charts/pay", "render charts/pay/charts/sub"], read.Gaps.Select(g => g.Operation));
        Assert.Equal([new GapScope("k8s/*", "repo:github.com/acme/shop//charts/pay")], read.Gaps[0].Affects);
        Assert.Equal(
            ["k8s/apiextensions.k8s.io/CustomResourceDefinition", "k8s//Pod"],
            read.Resources.Select(r => r.Key.Type)
        );
        Assert.Equal(["render charts/pay"], (await _folder.Read("charts/pay/templates")).Gaps.Select(g => g.Operation));
        Assert.Equal(
            ["render charts/pay"],
            (await _folder.Read("charts/pay/templates/tests")).Gaps.Select(g => g.Operation)
        );
        Assert.Empty((await _folder.Read("charts/pay/crds")).Gaps);
    }

    [Fact]
    public async Task But_a_link_out_of_the_target_or_to_nowhere_is_a_gap_and_never_followed()
    {
        using var outside = new Folder().With("secret.yaml", Folder.Object("Pod", "outside"));
        File.CreateSymbolicLink(_folder["deploy/out.yaml"], outside["secret.yaml"]);
        Directory.CreateSymbolicLink(_folder["deploy/all"], outside.Root);
        File.CreateSymbolicLink(_folder["deploy/nowhere.yaml"], "none.yaml");
        File.CreateSymbolicLink(_folder["deploy/loop.yaml"], "loop.yaml");
        File.CreateSymbolicLink(_folder["deploy/inside.yaml"], "web.yaml");
        Directory.CreateSymbolicLink(_folder["deploy/up"], "..");
        File.CreateSymbolicLink(_folder["deploy/named.yaml"], "real.txt");
        _folder.With("deploy/real.txt", Folder.Object("Pod", "real"));
        File.CreateSymbolicLink(_folder["deploy/other.txt"], outside["secret.yaml"]);

        var read = await _folder.Read();

        Assert.Equal(["real", "web"], read.Resources.Select(r => r.Key.Primary));
        Assert.Equal(
            ["read deploy/all", "read deploy/loop.yaml", "read deploy/nowhere.yaml", "read deploy/out.yaml"],
            read.Gaps.Select(g => g.Operation)
        );
        Assert.Equal(
            ["repo:github.com/acme/shop//deploy/all", "repo:github.com/acme/shop//deploy"],
            read.Gaps.Select(g => Assert.Single(g.Affects).Where).Distinct()
        );
    }
}
