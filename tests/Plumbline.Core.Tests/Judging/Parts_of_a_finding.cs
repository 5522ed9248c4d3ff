using CsCheck;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Core.Tests.Judging;

public sealed class Parts_of_a_finding
{
    private static readonly CheckInstance Instance = Estate.Instance("c", "k8s//Pod");
    private static readonly Resource Pod = Resource.Of(
        ResourceKey.Of("repo:example.org/shop//deploy;k8s/-", "k8s//Pod", "web"),
        Basis.Declared,
        Json.Parse("""{"spec": {"containers": [{"name": "web"}]}}"""),
        Observation.None
    );

    private const string OfMessage =
        "rule:main.deny/sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    [Theory]
    [InlineData("\"hello\"", "hello", "", OfMessage)]
    [InlineData("""{"msg": "hello"}""", "hello", "", OfMessage)]
    [InlineData("""{"msg": "hello", "details": {"x": 1}}""", "hello", "", OfMessage)]
    [InlineData(
        """{"msg": "hello", "place": "/spec/containers/0"}""",
        "hello",
        "/spec/containers/0",
        "/spec/containers[name=web]"
    )]
    [InlineData("""{"msg": "hello", "place": ""}""", "hello", "", "")]
    [InlineData("""{"msg": "hello", "place": "/spec", "key": "it"}""", "hello", "/spec", "it")]
    [InlineData("""{"msg": "hello", "key": "it"}""", "hello", "", "it")]
    [InlineData("""{"msg": "hello", "key": ""}""", "hello", "", OfMessage)]
    [InlineData("""{"msg": "hello", "place": "no pointer"}""", "hello", "", OfMessage)]
    [InlineData("""{"msg": "hello", "place": 5, "key": null}""", "hello", "", OfMessage)]
    public void Say_what_the_member_says(string member, string message, string place, string key)
    {
        var part = Of(Json.Parse(member));

        Assert.Equal((message, place, key), (part.Message, part.Place.Text, part.Key));
        Assert.Equal(Fingerprint.Of(Instance, Pod.Key, key), part.Fingerprint);
        Assert.Equal((Enforcement.Enforce, true), (part.Enforcement, part.IsCertain));
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("null", "null")]
    [InlineData("""{"reason": "hello"}""", """{"reason":"hello"}""")]
    [InlineData("""["hello"]""", """["hello"]""")]
    public void Are_never_dropped_for_their_form(string member, string message)
    {
        var part = Of(Json.Parse(member));

        Assert.Equal(message, part.Message);
        Assert.StartsWith("rule:main.deny/sha256:", part.Key);
    }

    [Fact]
    public void Show_a_message_that_was_not_told_by_its_mark()
    {
        var member = new ObjectBuilder { ["msg"] = Value.Of(new Unknown { Id = "var.name", Cause = "variable" }) };

        Assert.Equal("‹unknown: var.name›", Of(member.ToValue()).Message);
    }

    [Fact]
    public void Keep_their_causes_where_they_are_only_possible()
    {
        var part = new Parts(Instance, Pod, Content.Keys).Of(
            "main.warn",
            Enforcement.Warn,
            "hello",
            false,
            ["var.name"]
        );

        Assert.Equal((Enforcement.Warn, false), (part.Enforcement, part.IsCertain));
        Assert.Equal(["var.name"], part.Causes);
    }

    [Fact]
    public void Have_one_order_whatever_order_they_came_in() =>
        Gen.Shuffle(
                new[]
                {
                    Estate.Part(Instance, Pod, "b"),
                    Estate.Part(Instance, Pod, "a"),
                    Estate.Part(Instance, Pod, "a", Enforcement.Warn),
                    Estate.Part(Instance, Pod, "a", isCertain: false),
                    Estate.Part(Instance, Pod, "a") with
                    {
                        Place = JsonPointer.Parse("/a"),
                    },
                    Estate.Part(Instance, Pod, "a") with
                    {
                        Message = "z",
                    },
                }
            )
            .Sample(
                parts =>
                    Parts
                        .Sorted(parts)
                        .Select(p => $"{p.Key} {p.Place} {p.Message} {p.Enforcement} {p.IsCertain}")
                        .SequenceEqual([
                            "a  a is wrong Enforce True",
                            "a  a is wrong Enforce False",
                            "a  a is wrong Warn True",
                            "a  z Enforce True",
                            "a /a a is wrong Enforce True",
                            "b  b is wrong Enforce True",
                        ]),
                iter: 1_000
            );

    private static FindingPart Of(Value member) =>
        new Parts(Instance, Pod, Content.Keys).Of("main.deny", Enforcement.Enforce, member, isCertain: true);
}
