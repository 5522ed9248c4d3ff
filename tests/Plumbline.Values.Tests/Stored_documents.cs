using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace Plumbline.Values.Tests;

public sealed class A_stored_document
{
    [Fact]
    public void Is_read_back_with_the_same_marks() =>
        Any.Untold.Sample(value =>
        {
            var bytes = DocumentFile.ToBytes(value);
            var again = DocumentFile.Parse(bytes);
            Assert.Equal(bytes, DocumentFile.ToBytes(again));
            Same(Any.InDocument(value), again);
        });

    [Fact]
    public void Of_values_that_JSON_lacks_is_read_back_too() =>
        Any.Rego.Sample(value => Assert.Equal(Any.InDocument(value), DocumentFile.Parse(DocumentFile.ToBytes(value))));

    [Fact]
    public void Marks_a_member_of_a_set_where_the_set_is_written()
    {
        var unknown = new Unknown { Id = "var.a", Cause = "variable" };
        var set = Any.Set([Value.Of(unknown), "b", "a"]);
        Assert.Equal(
            """{"document":["a","b",null],"marks":{"/2":{"cause":"variable","id":"var.a"}}}""",
            Encoding.UTF8.GetString(DocumentFile.ToBytes(set))
        );
    }

    [Fact]
    public void Says_so_where_a_number_is_no_double()
    {
        var bytes = DocumentFile.ToBytes(Json.Parse("[9007199254740993,1.0]"));
        Assert.Equal(
            """{"document":[9007199254740993,1],"marks":{},"profile":"decimal"}""",
            Encoding.UTF8.GetString(bytes)
        );
        Assert.Equal(Json.Parse("[9007199254740993,1]"), DocumentFile.Parse(bytes));
    }

    [Theory]
    [InlineData("""{"document":1}""")]
    [InlineData("""{"marks":{}}""")]
    [InlineData("""{"document":1,"marks":[]}""")]
    [InlineData("""{"document":1,"marks":{},"profile":"double"}""")]
    [InlineData("""{"document":1,"marks":{},"extra":1}""")]
    [InlineData("""{"document":[1],"marks":{"/0":{"cause":"variable"}}}""")] // no null at the unknown
    [InlineData("""{"document":[null],"marks":{"/1":{"cause":"variable"}}}""")]
    [InlineData("""{"document":{},"marks":{"/a":{"cause":"variable"}}}""")]
    [InlineData("""{"document":{"a":1},"marks":{"/a":{"cause":"denied","open":true}}}""")]
    [InlineData("""{"document":null,"marks":{"":{"cause":"a"},"/a":{"cause":"b"}}}""")] // below an unknown
    [InlineData("""{"document":null,"marks":{"a":{"cause":"variable"}}}""")]
    [InlineData("""{"document":null,"marks":{"":{}}}""")]
    [InlineData("""{"document":null,"marks":{"":1}}""")]
    [InlineData("""{"document":null,"marks":{"":{"cause":1}}}""")]
    [InlineData("""{"document":null,"marks":{"":{"cause":"a","kind":"set"}}}""")]
    [InlineData("""{"document":null,"marks":{"":{"cause":"a","kind":1}}}""")]
    [InlineData("""{"document":null,"marks":{"":{"cause":"a","min":"1"}}}""")]
    [InlineData("""{"document":null,"marks":{"":{"cause":"a","other":"1"}}}""")]
    [InlineData("""{"document":[],"marks":{"":{"cause":"a","open":true,"id":"x"}}}""")]
    [InlineData("""{"document":1,"document":1,"marks":{}}""")]
    [InlineData("""[]""")]
    [InlineData("""nothing""")]
    public void Is_refused_where_it_is_none(string text) =>
        Assert.Throws<FormatException>(() => DocumentFile.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void With_bytes_changed_is_read_or_refused() =>
        Gen.Select(Any.Untold, Gen.Int[0, int.MaxValue], Gen.Byte)
            .Sample(
                (value, at, to) =>
                {
                    var bytes = DocumentFile.ToBytes(value);
                    bytes[at % bytes.Length] = to;
                    try
                    {
                        DocumentFile.Parse(bytes);
                    }
                    catch (FormatException e)
                    {
                        Assert.NotEmpty(e.Message);
                    }
                },
                iter: 1_000
            );

    /// <summary>The page shows one document; this holds the page to the code.</summary>
    [Fact]
    public void Is_the_one_that_its_page_shows()
    {
        var page = File.ReadAllText(Repository.Path("docs/formats/document.md"));
        var stored = Between(page, "```json stored\n", "\n```");
        var digest = Between(page, "```text digest\n", "\n```");
        var read = DocumentFile.Parse(Encoding.UTF8.GetBytes(stored));
        Assert.Equal(stored, Encoding.UTF8.GetString(DocumentFile.ToBytes(read)));
        Assert.Equal(digest, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored))));
        Assert.Equal("redacted", JsonPointer.Parse("/data/password").Resolve(read).AsUnknown!.Cause);
        Assert.Equal("lost page", JsonPointer.Parse("/metadata/labels").Resolve(read).Open!.Cause);
    }

    private static string Between(string text, string start, string end)
    {
        var at = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[at..text.IndexOf(end, at, StringComparison.Ordinal)];
    }

    private static void Same(Value a, Value b)
    {
        Assert.Equal(a.Kind, b.Kind);
        Assert.Equal(a.Open, b.Open);
        Assert.Equal(a.Count, b.Count);
        if (a.AsUnknown is { } unknown)
        {
            Assert.Equal(Mark.Of(unknown).ToValue(), Mark.Of(b.AsUnknown!).ToValue());
        }
        else if (!a.IsCollection)
        {
            Assert.Equal(a, b);
        }

        for (var i = 0; i < a.Count; i++)
        {
            Same(a[i], a.IsObject ? b[a.KeyAt(i)] : b[i]);
        }
    }
}

public sealed class Marks_put_on_a_document
{
    private static readonly Value Document = Json.Parse("""{"a": {"b": [1, {"c": "secret"}]}, "d": "x"}""");

    [Fact]
    public void Take_the_place_of_what_stood_there_and_leave_the_rest()
    {
        var marked = DocumentFile.WithMarks(Document, Unknowns("/a/b/1/c"));
        Assert.Equal("""{"a": {"b": [1, {"c": ‹unknown: /a/b/1/c›}]}, "d": "x"}""", marked.ToString());
        Assert.True(marked.HasUnknowns);
        Assert.True(marked["a"].HasUnknowns);
        Assert.False(marked["d"].HasUnknowns);
        Assert.False(marked["a"]["b"][0].HasUnknowns);
    }

    [Fact]
    public void Nest_under_an_open_collection()
    {
        var marks = Unknowns("/a/b/1/c")
            .Add(JsonPointer.Parse("/a"), Mark.Of(new OpenMark("denied")))
            .Add(JsonPointer.Parse("/a/b"), Mark.Of(new OpenMark("lost page")));
        var marked = DocumentFile.WithMarks(Document, marks);
        Assert.Equal("""{"a": {"b": [1, {"c": ‹unknown: /a/b/1/c›}, …], …}, "d": "x"}""", marked.ToString());
        Assert.Equal(marked.ToString(), DocumentFile.Parse(DocumentFile.ToBytes(marked)).ToString());
    }

    [Fact]
    public void Add_a_member_that_is_not_there() =>
        Assert.Equal(
            """{"a": {"b": [1, {"c": "secret"}], "e/f": ‹unknown: /a/e~1f›}, "d": "x"}""",
            DocumentFile.WithMarks(Document, Unknowns("/a/e~1f")).ToString()
        );

    [Fact]
    public void Can_cover_the_whole_document() =>
        Assert.Equal("‹unknown: ›", DocumentFile.WithMarks(Document, Unknowns("")).ToString());

    [Fact]
    public void Of_none_change_nothing() => Assert.Equal(Document, DocumentFile.WithMarks(Document, Unknowns()));

    [Fact]
    public void Stay_beside_those_that_are_there_already()
    {
        var once = DocumentFile.WithMarks(
            Document,
            Unknowns("/d").Add(JsonPointer.Parse("/a"), Mark.Of(new OpenMark("denied")))
        );
        var twice = DocumentFile.WithMarks(once, Unknowns("/a/b/0"));
        Assert.Equal("""{"a": {"b": [‹unknown: /a/b/0›, {"c": "secret"}], …}, "d": ‹unknown: /d›}""", twice.ToString());
    }

    [Theory]
    [InlineData("/a/b/2")]
    [InlineData("/a/x/y")]
    [InlineData("/d/x")]
    public void Are_refused_where_there_is_no_place_for_them(string place)
    {
        var refused = Assert.Throws<ArgumentException>(() => DocumentFile.WithMarks(Document, Unknowns(place)));
        Assert.Contains($"`{place}`", refused.Message, StringComparison.Ordinal);
    }

    private static ImmutableDictionary<JsonPointer, Mark> Unknowns(params string[] places) =>
        places.ToImmutableDictionary(
            JsonPointer.Parse,
            place => Mark.Of(new Unknown { Cause = "redacted", Id = place })
        );
}
