namespace Plumbline.Values.Tests;

public sealed class A_document_builder
{
    [Fact]
    public void Refuses_events_that_do_not_nest()
    {
        Assert.Throws<InvalidOperationException>(() => new DocumentBuilder().Build());
        Assert.Throws<InvalidOperationException>(() => Built(b => b.Start()));
        Assert.Throws<InvalidOperationException>(() =>
            Built(b =>
            {
                b.Null();
                b.Null();
            })
        );
        Assert.Throws<InvalidOperationException>(() =>
            Built(b =>
            {
                b.Start();
                b.Key("a"u8);
                b.EndObject();
            })
        );
        Assert.Throws<ArgumentException>(() => Built(b => b.Number("1x"u8)));
    }

    [Fact]
    public void Says_which_key_repeats_and_where()
    {
        var builder = new DocumentBuilder(keepsPositions: true);
        builder.Start();
        builder.Key("a"u8, new Position(1, 2));
        builder.Null();
        builder.Key("a"u8, new Position(3, 4));
        builder.Null();
        Assert.False(builder.TryEndObject(out var duplicate));
        Assert.Equal(("a", new Position(3, 4)), duplicate);
    }

    [Fact]
    public void Takes_slices_of_the_source_beside_text_of_its_own()
    {
        var source = "name: web"u8.ToArray();
        var builder = new DocumentBuilder(source: source);
        builder.Start();
        builder.Slice(0, 4);
        builder.Slice(6, 3);
        builder.Key("tier"u8);
        builder.String("é");
        builder.EndObject();
        Assert.Equal(Json.Parse("""{"name": "web", "tier": "é"}"""), builder.Build().Root);
    }

    [Fact]
    public void Replaces_what_it_is_asked_to_replace()
    {
        var builder = new DocumentBuilder();
        var places = new List<string>();
        builder.Add(
            Json.Parse("""{"a": [1, {"b": 2}], "c": 3}"""),
            (b, at, value) =>
            {
                places.Add(at.Text);
                if (value != 2)
                {
                    return false;
                }

                b.String("two");
                return true;
            }
        );
        Assert.Equal(Json.Parse("""{"a": [1, {"b": "two"}], "c": 3}"""), builder.Build().Root);
        Assert.Equal(["", "/a", "/a/0", "/a/1", "/a/1/b", "/c"], places);
    }

    [Fact]
    public void Counts_the_collections_that_are_open()
    {
        var builder = new DocumentBuilder();
        for (var i = 1; i <= 100; i++)
        {
            builder.Start();
            Assert.Equal(i, builder.Depth);
        }
    }

    private static Document Built(Action<DocumentBuilder> events)
    {
        var builder = new DocumentBuilder();
        events(builder);
        return builder.Build();
    }
}
