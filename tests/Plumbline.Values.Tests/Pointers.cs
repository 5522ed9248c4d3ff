using System.Collections.Immutable;
using CsCheck;

namespace Plumbline.Values.Tests;

public sealed class A_pointer
{
    [Fact]
    public void Is_read_back_as_it_was_written() =>
        Any
            .Text.Array[0, 4]
            .Sample(segments =>
            {
                var pointer = JsonPointer.Of([.. segments]);
                Assert.Equal(segments, pointer.Segments);
                Assert.Equal(pointer, JsonPointer.Parse(pointer.Text));
                Assert.Equal(pointer.GetHashCode(), JsonPointer.Parse(pointer.Text).GetHashCode());
            });

    [Fact]
    public void Has_the_pointer_that_it_was_appended_to_for_a_parent() =>
        Gen.Select(Any.Text.Array[0, 4], Any.Text)
            .Sample(
                (segments, last) =>
                    Assert.Equal(JsonPointer.Of([.. segments]), JsonPointer.Of([.. segments]).Append(last).Parent)
            );

    [Fact]
    public void Resolves_to_every_value_on_the_way_to_which_it_was_appended() =>
        Any.Json.Sample(value =>
        {
            Resolves(value, value, JsonPointer.Root);
            Resolves(Any.InDocument(value), value, JsonPointer.Root);
        });

    [Theory]
    [InlineData("a")]
    [InlineData("/~")]
    [InlineData("/~2")]
    [InlineData("#/a")]
    public void Is_refused_where_it_is_none(string text)
    {
        Assert.False(JsonPointer.TryParse(text, out _));
        Assert.Throws<FormatException>(() => JsonPointer.Parse(text));
    }

    [Theory] // RFC 6901, section 5
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/m~0n", "8")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/~01", "9")]
    [InlineData("/foo/00", "undefined")]
    [InlineData("/foo/-", "undefined")]
    [InlineData("/foo/2", "undefined")]
    [InlineData("/foo/99999999999", "undefined")]
    [InlineData("/foo/0/x", "undefined")]
    public void Names_what_RFC_6901_says(string pointer, string expected) =>
        Assert.Equal(
            expected,
            JsonPointer
                .Parse(pointer)
                .Resolve(
                    Json.Parse("""{"foo": ["bar", "baz"], "": 0, "a/b": 1, "k\"l": 6, " ": 7, "m~n": 8, "~1": 9}""")
                )
                .ToString()
        );

    private static void Resolves(Value root, Value value, JsonPointer at)
    {
        Assert.Equal(value, at.Resolve(root));
        for (var i = 0; i < value.Count; i++)
        {
            Resolves(root, value[i], value.IsObject ? at.Append(value.KeyAt(i).Utf8.ToString()) : at.Append(i));
        }
    }
}

public sealed class Places_in_a_text
{
    private static readonly Document Manifest = Read(
        """
        {
          "kind": "Pod",
          "spec": {"containers": [
            {"name": "é", "image": "x"},
            {
              "na\u006de": "b" }
          ], "hostPID": true}
        }
        """
    );

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("/kind", 2, 3)]
    [InlineData("/spec", 3, 3)]
    [InlineData("/spec/containers", 3, 12)]
    [InlineData("/spec/containers/0", 4, 5)]
    [InlineData("/spec/containers/0/image", 4, 20)] // columns count bytes, and é has two
    [InlineData("/spec/containers/1", 5, 5)]
    [InlineData("/spec/containers/1/name", 6, 7)]
    [InlineData("/spec/hostPID", 7, 6)]
    [InlineData("/spec/hostIPC", 3, 3)] // not there: its parent
    [InlineData("/spec/containers/2/name", 3, 12)]
    [InlineData("/kind/x", 2, 3)]
    public void Are_those_of_a_members_key_and_of_an_items_start(string pointer, int line, int column) =>
        Assert.Equal(new Position(line, column), Manifest.PositionOf(JsonPointer.Parse(pointer)));

    [Fact]
    public void Are_unknown_where_none_were_kept() =>
        Assert.Equal(default, Json.Parse("[1]").Owner!.PositionOf(JsonPointer.Parse("/0")));

    [Fact]
    public void Are_kept_in_large_objects()
    {
        var text = "{" + string.Join(",", Enumerable.Range(0, 100).Select(i => $"\n\"k{i}\": {i}")) + "}";
        Assert.Equal(new Position(78, 1), Read(text).PositionOf(JsonPointer.Parse("/k76")));
    }

    [Fact]
    public void Stay_when_a_document_is_copied_with_marks()
    {
        var pointer = JsonPointer.Parse("/spec/containers/1/name");
        var marked = DocumentFile.WithMarks(
            Manifest.Root,
            new Dictionary<JsonPointer, Mark>
            {
                [pointer] = Mark.Of(new Unknown { Cause = "redacted" }),
                [JsonPointer.Parse("/spec/hostIPC")] = Mark.Of(new Unknown { Cause = "variable" }),
            }.ToImmutableDictionary()
        );
        Assert.Equal(new Position(6, 7), marked.Owner!.PositionOf(pointer));
        Assert.Equal(new Position(4, 20), marked.Owner.PositionOf(JsonPointer.Parse("/spec/containers/0/image")));
        Assert.Equal(new Position(3, 3), marked.Owner.PositionOf(JsonPointer.Parse("/spec/hostIPC")));
    }

    private static Document Read(string text) =>
        Json.TryParse(
            System.Text.Encoding.UTF8.GetBytes(text),
            JsonLimits.Intake,
            true,
            out var document,
            out var fault
        )
            ? document!
            : throw new InvalidOperationException(fault!.Message);
}
