using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Plumbline.Core.Judging;
using Plumbline.Values;

namespace Plumbline.Core.Tests.Judging;

public sealed class Part_key
{
    private const string Pod = """
        {"spec": {
          "containers": [
            {"name": "sidecar"},
            {"name": "web", "ports": [{"containerPort": 80}, {"containerPort": 53, "protocol": "UDP"}],
             "securityContext": {"capabilities": {"add": ["NET_ADMIN", "SYS_TIME"]}},
             "volumeMounts": [{"mountPath": "/var/lib/[x],%"}]}
          ],
          "volumes": [{"projected": {"sources": [{"secret": {"name": "db"}}, {"configMap": {"name": "db"}}]}}],
          "tolerations": [{"key": "a"}]
        }}
        """;

    [Theory]
    [InlineData("", "")]
    [InlineData("/spec/containers", "/spec/containers")]
    [InlineData("/spec/containers/1", "/spec/containers[name=web]")]
    [InlineData("/spec/containers/1/ports/0", "/spec/containers[name=web]/ports[containerPort=80,protocol=TCP]")]
    [InlineData(
        "/spec/containers/1/ports/1/protocol",
        "/spec/containers[name=web]/ports[containerPort=53,protocol=UDP]/protocol"
    )]
    [InlineData(
        "/spec/containers/1/securityContext/capabilities/add/0",
        "/spec/containers[name=web]/securityContext/capabilities/add[NET_ADMIN]"
    )]
    [InlineData(
        "/spec/containers/1/volumeMounts/0",
        "/spec/containers[name=web]/volumeMounts[mountPath=/var/lib/%5Bx%5D%2C%25]"
    )]
    [InlineData(
        "/spec/volumes/0/projected/sources/0/secret",
        "/spec/volumes[sha256:…]/projected/sources[secret/name=db]/secret"
    )]
    [InlineData("/spec/volumes/0/projected/sources/1", "/spec/volumes[sha256:…]/projected/sources[configMap/name=db]")]
    [InlineData(
        "/spec/containers/0/securityContext/privileged",
        "/spec/containers[name=sidecar]/securityContext/privileged"
    )]
    [InlineData("/spec/tolerations/0", "/spec/tolerations[sha256:…]")]
    [InlineData("/spec/containers/7/image", "/spec/containers[?]/image")]
    [InlineData("/spec/containers/01", "/spec/containers[?]")]
    [InlineData("/spec/initContainers/0/image", "/spec/initContainers[?]/image")]
    [InlineData("/metadata/labels/a~1b", "/metadata/labels/a~1b")]
    public void Names_members_of_lists_and_never_counts_them(string place, string key) =>
        Assert.Equal(key, Shown(Of(Json.Parse(Pod), place)));

    [Fact]
    public void Is_the_digest_of_a_member_that_shares_its_name()
    {
        var document = Json.Parse(
            """{"spec": {"containers": [{"name": "web", "image": "a"}, {"name": "web", "image": "b"}]}}"""
        );
        var member = DocumentFile.ToBytes(Json.Parse("""{"name": "web", "image": "a"}"""));

        Assert.Equal(
            $"/spec/containers[sha256:{Convert.ToHexStringLower(SHA256.HashData(member))}]/image",
            Of(document, "/spec/containers/0/image")
        );
        Assert.NotEqual(Of(document, "/spec/containers/0"), Of(document, "/spec/containers/1"));
    }

    [Theory]
    [InlineData("""[{"name": null}]""")]
    [InlineData("""[{"name": {"a": 1}}]""")]
    [InlineData("""["web"]""")]
    [InlineData("""[{"image": "a"}]""")]
    public void Is_the_digest_of_a_member_without_a_name(string containers) =>
        Assert.Equal(
            "/spec/containers[sha256:…]",
            Shown(Of(Json.Parse($$$"""{"spec": {"containers": {{{containers}}}}}"""), "/spec/containers/0"))
        );

    [Fact]
    public void Is_the_id_of_the_mark_where_the_name_was_not_told()
    {
        var document = With("""[{"name": null, "image": "a"}]""", "/spec/containers/0/name", "var.name");

        Assert.Equal("/spec/containers[var.name]/image", Of(document, "/spec/containers/0/image"));
    }

    [Fact]
    public void Is_the_id_of_the_mark_where_the_member_was_not_told()
    {
        var document = With("[null]", "/spec/containers/0", "var.containers[0]");

        Assert.Equal("/spec/containers[var.containers%5B0%5D]", Of(document, "/spec/containers/0"));
    }

    [Fact]
    public void Cannot_be_spelled_by_another_document()
    {
        var honest = Of(Json.Parse(Pod), "/spec/containers/1/ports/0");
        var forged = Of(
            Json.Parse("""{"spec": {"containers": [{"name": "web]/ports[containerPort=80,protocol=TCP"}]}}"""),
            "/spec/containers/0"
        );

        Assert.NotEqual(honest, forged);
    }

    /// <summary>The same members in another order have the same keys.</summary>
    [Fact]
    public void Stays_when_the_list_is_put_in_another_order() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1], (name, image) => (Name: $"n{name}", Image: $"i{image}"))
            .Array[1, 5]
            .SelectMany(m => Gen.Shuffle(m).Select(s => (Before: m, After: s)))
            .Sample(lists => Keys(lists.Before).Order().SequenceEqual(Keys(lists.After).Order()), iter: 2_000);

    [Fact]
    public void Of_a_bare_message_is_made_of_rule_and_message() =>
        Assert.Equal(
            "rule:main.deny/sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
            PartKeys.OfMessage("main.deny", "hello")
        );

    private static IEnumerable<string> Keys((string Name, string Image)[] containers)
    {
        var list = string.Join(
            ',',
            containers.Select(c => $$$"""{"name": "{{{c.Name}}}", "image": "{{{c.Image}}}"}""")
        );
        var document = Json.Parse($$$"""{"spec": {"containers": [{{{list}}}]}}""");
        return Enumerable.Range(0, containers.Length).Select(i => Of(document, $"/spec/containers/{i}"));
    }

    private static Value With(string containers, string place, string id) =>
        DocumentFile.WithMarks(
            Json.Parse($$$"""{"spec": {"containers": {{{containers}}}}}"""),
            ImmutableDictionary<JsonPointer, Mark>.Empty.Add(
                JsonPointer.Parse(place),
                Mark.Of(new Unknown { Id = id, Cause = "variable" })
            )
        );

    private static string Of(Value document, string place) =>
        PartKeys.OfPlace(Content.Keys, "k8s//Pod", document, JsonPointer.Parse(place));

    private static string Shown(string key) =>
        System.Text.RegularExpressions.Regex.Replace(
            key,
            "sha256:[0-9a-f]{64}",
            "sha256:…",
            default,
            TimeSpan.FromSeconds(1)
        );
}

public sealed class Natural_keys
{
    [Fact]
    public void Of_other_types_are_not_those_of_kubernetes() =>
        Assert.Equal(
            PartKeys.OfPlace(NaturalKeys.None, "x/y", Document, Place),
            PartKeys.OfPlace(Content.Keys, "file/yaml", Document, Place)
        );

    [Fact]
    public void Are_those_of_the_first_pattern_that_fits() =>
        Assert.Equal(
            "/a[first=1]",
            PartKeys.OfPlace(
                Read("version: 1\nlists: {x/*: {/a: first, '**/a': second}, '*': {/a: second}}"),
                "x/y",
                Document,
                Place
            )
        );

    [Theory]
    [InlineData("/*/b", false)]
    [InlineData("/*", true)]
    [InlineData("**", true)]
    [InlineData("**/a", true)]
    [InlineData("/a/**", true)]
    [InlineData("/b", false)]
    public void Fit_by_segments(string pattern, bool fits) =>
        Assert.Equal(
            fits ? "/a[first=1]" : PartKeys.OfPlace(NaturalKeys.None, "x/y", Document, Place),
            PartKeys.OfPlace(Read($"version: 1\nlists: {{x/y: {{'{pattern}': first}}}}"), "x/y", Document, Place)
        );

    [Fact]
    public void Are_refused_with_all_that_is_wrong()
    {
        var text =
            "version: 2\nlist: {}\nlists:\n  x/y:\n    a: name\n    /b: {field: c}\n    /c: []\n    /d: [name, 5]\n";
        Assert.False(NaturalKeys.TryRead("keys.yaml", Encoding.UTF8.GetBytes(text), out var keys, out var faults));

        Assert.Null(keys);
        Assert.Equal(
            [
                "keys.yaml:1:1: PLB-1003: expected 1 under `version`, got the number `2`",
                "keys.yaml:2:1: PLB-1001: expected one of `lists`, `version`, got the key `list`: did you mean `lists`?",
                "keys.yaml:5:5: PLB-1003: expected a path that starts with `/` or `**`, got `a`",
                "keys.yaml:6:5: PLB-1003: expected a field, or `field` and `absent`, got a mapping",
                "keys.yaml:7:5: PLB-1003: expected the name of a field, got nothing",
                "keys.yaml:8:5: PLB-1003: expected a field, or `field` and `absent`, got the number `5`",
            ],
            faults.Select(f => f.ToString())
        );
    }

    private static Value Document => Json.Parse("""{"a": [{"first": 1, "second": 2}]}""");

    private static JsonPointer Place => JsonPointer.Parse("/a/0");

    private static NaturalKeys Read(string text)
    {
        _ = NaturalKeys.TryRead("keys.yaml", Encoding.UTF8.GetBytes(text), out var keys, out var faults);
        Assert.Empty(faults);
        return keys!;
    }
}
