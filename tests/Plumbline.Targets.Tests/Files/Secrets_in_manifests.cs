using System.Text;
using Plumbline.Targets.Files;
using Plumbline.Values;

namespace Plumbline.Targets.Tests.Files;

public sealed class Secrets_in_manifests : IDisposable
{
    private const string Planted = "pl4nt3d-s3cret";

    private readonly Folder _folder = new Folder().WithRemote();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Are_unknowns_that_are_surely_there_and_their_names_stay()
    {
        _folder.With(
            "a.yaml",
            Folder.Object(
                "Secret",
                "db",
                rest: $"type: Opaque\ndata:\n  password: {Planted}\nlist: [some text, x, 1, true, z]\nstringData: {{user: {Planted}, none: null, deep: {{er: [{Planted}]}}, number: 5}}\n"
            )
        );

        var resource = Assert.Single((await _folder.Read()).Resources);

        var password = resource.Document["data"]["password"].AsUnknown!;
        Assert.Equal(("redacted", true, ValueKind.String), (password.Cause, password.Present, password.Kind!.Value));
        Assert.Equal("repo:github.com/acme/shop//;k8s/-|k8s//Secret|db/data/password", password.Id);
        Assert.True(resource.Document["stringData"]["deep"].IsUnknown);
        Assert.True(resource.Document["stringData"]["number"].IsUnknown);
        Assert.Equal("Opaque", resource.Document["type"].Utf8.ToString());
        Assert.Equal(
            ["/data/password", "/stringData/deep", "/stringData/number", "/stringData/user"],
            resource.Redacted.Keys
        );
        Assert.All(resource.Redacted.Values, name => Assert.Equal("kubernetes-secret", name));
        Assert.Equal(new Position(7, 3), resource.Observed.PositionOf(JsonPointer.Parse("/data/password")));
        Assert.Equal(new Position(8, 19), resource.Observed.PositionOf(JsonPointer.Parse("/list/1")));
    }

    [Fact]
    public async Task Are_nowhere_in_what_is_kept_of_a_snapshot()
    {
        var copy = $"{{\\\"data\\\":{{\\\"password\\\":\\\"{Planted}\\\"}}}}";
        _folder
            .With(
                "a.yaml",
                Folder.Object(
                    "Secret",
                    "db",
                    rest: $"  annotations: {{kubectl.kubernetes.io/last-applied-configuration: \"{copy}\", note: x}}\ndata: {{password: {Planted}}}\n"
                )
            )
            .With("b.yaml", Folder.Object("Secret", "odd", rest: $"data: {Planted}\nstringData: [{Planted}]\n"))
            .With(
                "c.yaml",
                $"apiVersion: v1\nkind: List\nitems:\n- {{apiVersion: v1, kind: Secret, metadata: {{name: c}}, data: {{x: {Planted}}}}}\n- {{apiVersion: v1, kind: Pod, metadata: {{name: p}}}}\n"
            )
            .With(
                "d.yaml",
                $"apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: {{name: t}}\nobjects:\n- {{apiVersion: v1, kind: Secret, metadata: {{name: c}}, stringData: {{x: {Planted}}}}}\n"
            )
            .With(
                "e.json",
                $"{{\"apiVersion\": \"v1\", \"kind\": \"SecretList\", \"items\": [{{\"metadata\": {{\"name\": \"e\"}}, \"data\": {{\"x\": \"{Planted}\"}}}}]}}"
            )
            .With("f.yaml", Folder.Object("Secret", "f", rest: $"data: {{a: !!int {Planted}}}\n"))
            .With("g.yaml", Folder.Object("Secret", "g", rest: $"data: {{a: {Planted}, b: {Planted}}}}}\n"))
            .With(
                "h.yaml",
                Folder.Object("ConfigMap", "h", rest: $"data: {{url: 'https://u:{Planted}@example.com/'}}\n")
            )
            .With("i.yaml", Folder.Object("Pod", "AKIAIOSFODNN7EXAMPLE"));

        var read = await _folder.Read();

        Assert.Equal(7, read.Resources.Length);
        Assert.Equal(
            ["kubernetes-last-applied", "kubernetes-secret"],
            read.Resources.Single(r => r.Key.Primary == "db").Redacted.Values.Order()
        );
        Assert.Equal(3, read.Gaps.Length);
        Assert.Equal("PLB-3007", read.Gaps[2].Code);
        foreach (var resource in read.Resources)
        {
            AssertFree(Encoding.UTF8.GetString(resource.Bytes));
            AssertFree(resource.Key.Text);
            AssertFree(resource.Document.ToString());
            AssertFree(resource.Observed.Source!.Root.ToString());
            AssertFree(string.Concat(resource.Redacted));
        }

        Assert.All(read.Gaps, g => AssertFree(g.ToString() + string.Concat(g.Affects)));

        static void AssertFree(string text)
        {
            Assert.DoesNotContain(Planted, text, StringComparison.Ordinal);
            Assert.DoesNotContain("AKIAIOSFODNN7EXAMPLE", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Do_not_change_the_digest_when_they_change()
    {
        var before = (
            await _folder.With("a.yaml", Folder.Object("Secret", "db", rest: "data: {a: one}\n")).Read()
        ).Resources[0];
        var after = (
            await _folder.With("a.yaml", Folder.Object("Secret", "db", rest: "data: {a: two}\n")).Read()
        ).Resources[0];

        Assert.Equal(before.Digest, after.Digest);
    }

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----", "private-key")]
    [InlineData("x\\n-----BEGIN PRIVATE KEY-----\\nMIIE", "private-key")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----", "private-key")]
    [InlineData("-----BEGIN CERTIFICATE-----", null)]
    [InlineData("-----BEGIN PUBLIC KEY-----", null)]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "aws-access-key")]
    [InlineData("key=ASIAIOSFODNN7EXAMPLE;", "aws-access-key")]
    [InlineData("XAKIAIOSFODNN7EXAMPLE", null)]
    [InlineData("AKIAIOSFODNN7EXAMPLES", null)]
    [InlineData("arn:aws:iam::123456789012:role/AKIA", null)]
    [InlineData("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws-secret-key")]
    [InlineData("AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'", "aws-secret-key")]
    [InlineData("AWS_SECRET_ACCESS_KEY=$(KEY)", null)]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "github-token")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijkl_mnop", "github-token")]
    [InlineData("ghp_short", null)]
    [InlineData("glpat-abcdefghijklmnopqrst", "gitlab-token")]
    [InlineData("xoxb-123456789012-abcdef", "slack-token")]
    [InlineData("AIzaSyA1234567890abcdefghijklmnopqrstuv", "google-api-key")]
    [InlineData("sk_live_abcdefghijklmnop1234", "stripe-key")]
    [InlineData("sk_test_abcdefghijklmnop1234", null)]
    [InlineData("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJl", "jwt")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9", null)]
    [InlineData("postgres://app:hunter2@db:5432/app", "url-password")]
    [InlineData("see https://user:p%40ss@example.com/x for more", "url-password")]
    [InlineData("redis://:hunter2@cache", "url-password")]
    [InlineData("postgres://app:$(PASSWORD)@db/app", null)]
    [InlineData("postgres://app:${PASSWORD}@db/app", null)]
    [InlineData("postgres://app:{{ password }}@db/app", null)]
    [InlineData("https://user@example.com:8080/a:b@c", null)]
    [InlineData("https://example.com/a", null)]
    [InlineData("registry.example.com:5000/app@sha256:0123", null)]
    public async Task Show_by_their_form_wherever_they_stand(string text, string? redactor)
    {
        _folder.With(
            "a.yaml",
            Folder.Object(
                "Pod",
                "web",
                rest: $"spec: {{containers: [{{name: a, env: [{{name: E, value: \"{text}\"}}]}}]}}\n"
            )
        );

        var resource = Assert.Single((await _folder.Read()).Resources);

        var value = resource.Document["spec"]["containers"][0]["env"][0]["value"];
        Assert.Equal(redactor is not null, value.IsUnknown);
        Assert.Equal(redactor, resource.Redacted.GetValueOrDefault("/spec/containers/0/env/0/value"));
        if (redactor is not null)
        {
            Assert.DoesNotContain(text, Encoding.UTF8.GetString(resource.Bytes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Are_found_by_redactors_that_have_a_name_and_a_reason_each()
    {
        Assert.Equal(Redactors.All.Length, Redactors.All.Select(r => r.Name).Distinct().Count());
        Assert.All(Redactors.All, r => Assert.True(r.Reason.Length > 10 && r.Anchors.Length > 0, r.Name));
    }
}
