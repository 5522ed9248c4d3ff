using System.Text;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Languages.Tests.Yaml;

public sealed class Yaml_documents
{
    [Theory]
    [InlineData("", "")]
    [InlineData("# nothing\n\n", "")]
    [InlineData("---\n", "")]
    [InlineData("---\n---\n...\n---\n# x\n", "")]
    [InlineData("...\n...\n", "")]
    [InlineData("a", "\"a\"")]
    [InlineData("--- a\n--- b\n", "\"a\" \"b\"")]
    [InlineData("---\na: 1\n---\nb: 2\n", "{\"a\":1} {\"b\":2}")]
    [InlineData("a: 1\n---\nb: 2", "{\"a\":1} {\"b\":2}")]
    [InlineData("a: 1\r\n---\r\nb: 2\r\n", "{\"a\":1} {\"b\":2}")]
    [InlineData("a: 1\n...\nb: 2\n...\n", "{\"a\":1} {\"b\":2}")]
    [InlineData("...\n---\na: 1\n", "{\"a\":1}")]
    [InlineData("# c\n%YAML 1.2\n---\na: 1\n---\n\n---\nnull\n", "{\"a\":1} null")]
    [InlineData("%TAG !k! tag:yaml.org,2002:\n---\n!k!str 1\n---\n2", "\"1\" 2")]
    [InlineData("a: |\n  ---\n  b\n---x: 2\n", "{\"---x\":2,\"a\":\"---\\nb\\n\"}")]
    [InlineData("a: '---\n\n  ---'\n", "{\"a\":\"---\\n---\"}")]
    [InlineData("\uFEFFa: 1\n---\n\uFEFFb: 2\n", "{\"a\":1} fault")]
    [InlineData("--- |\n text\n--- >\n x\n y\n", "\"text\\n\" \"x y\\n\"")]
    [InlineData("a: 1\r---\rb: 2\r", "{\"a\":1} {\"b\":2}")]
    [InlineData("%a: 1\n", "fault")]
    [InlineData("a: 1\n%b: 2\nc: 3\n", "fault")]
    [InlineData("--- |\n%!PS\n--- 'x\n%y'\n", "\"%!PS\\n\" \"x %y\"")]
    public async Task Are_cut_where_YAML_cuts_them(string text, string expected)
    {
        var read = await Reading.Documents(text);

        Assert.Equal(
            expected,
            string.Join(' ', read.Select(d => d.Document is { } root ? Reading.Canonical(root) : "fault"))
        );
        Assert.Equal(Enumerable.Range(1, read.Count), read.Select(d => d.Number));
    }

    [Fact]
    public async Task Are_the_same_however_the_stream_gives_its_bytes()
    {
        var text = Encoding.UTF8.GetBytes(
            $"\uFEFF# é\n%YAML 1.2\n---\nkey: {new string('x', 70_000)}\nö: [1, 2]\n--- # next\n'q': \"\n\n  ---- \"\n...\n# end\n"
        );
        var whole = (await Reading.Documents(text)).Select(d => (d.At, Reading.Canonical(d.Document!))).ToList();
        Assert.Equal(2, whole.Count);

        foreach (var size in new[] { 1, 2, 3, 7, 65_535, 65_536 })
        {
            var parts = new List<(Position, string)>();
            await foreach (var d in YamlReader.ReadAsync(new Dripping(text, size), YamlOptions.Core, default))
            {
                parts.Add((d.At, Reading.Canonical(d.Document!)));
            }

            Assert.Equal(whole, parts);
        }
    }

    [Fact]
    public async Task Before_and_after_a_broken_one_are_read()
    {
        var read = await Reading.Documents(
            "a: 1\n---\nb: 2\n---\nc: [1\n'x\n---\nd: 4\n---\ne: &e {x: *e}\n---\nf: 6\n"
        );

        Assert.Equal(
            ["{\"a\":1}", "{\"b\":2}", null, "{\"d\":4}", null, "{\"f\":6}"],
            read.Select(d => d.Document is { } r ? Reading.Canonical(r) : null)
        );
        Assert.Equal(
            [TextFaults.Syntax, TextFaults.Alias],
            read.Where(d => d.Fault is not null).Select(d => d.Fault!.Code)
        );
        Assert.Equal(4, read[2].At.Line);
        Assert.Equal("f: 6\n", Encoding.UTF8.GetString(read[5].Text.Span)[4..]);
    }

    [Fact]
    public async Task Know_the_line_and_column_of_keys_and_values()
    {
        const string Text =
            "# first\nkind: Pod\n---\nmetadata:\n  name: \"ünï\" \n  ü: {é: 1, b: [x, 'yy', 3]}\r\nspec:\n  containers:\n  - name: a\n    image: >-\n      b\n  - name: 😀\n";
        var document = (await Reading.Documents(Text))[1].Document!;

        Assert.Equal(new Position(4, 1), At(""));
        Assert.Equal(new Position(4, 1), At("/metadata"));
        Assert.Equal(new Position(5, 3), At("/metadata/name"));
        Assert.Equal(new Position(6, 3), At("/metadata/ü"));
        Assert.Equal(new Position(6, 8), At("/metadata/ü/é"));
        Assert.Equal(new Position(6, 15), At("/metadata/ü/b"));
        Assert.Equal(new Position(6, 19), At("/metadata/ü/b/0"));
        Assert.Equal(new Position(6, 28), At("/metadata/ü/b/2"));
        Assert.Equal(new Position(9, 5), At("/spec/containers/0"));
        Assert.Equal(new Position(10, 5), At("/spec/containers/0/image"));
        Assert.Equal(new Position(12, 5), At("/spec/containers/1/name"));
        Assert.Equal(new Position(12, 5), At("/spec/containers/1/none/of/these"));

        Position At(string pointer) => document.PositionOf(JsonPointer.Parse(pointer));
    }

    [Fact]
    public void Of_a_text_that_has_one_only_are_refused_when_there_are_two()
    {
        var fault = Reading.Fault("a: 1\n---\nb: 2\n");

        Assert.Equal((TextFaults.Syntax, new Position(3, 1)), (fault.Code, fault.At));
        Assert.Equal("null", Reading.Json("# nothing\n"));
    }

    /// <summary>A stream that gives few bytes at a time.</summary>
    private sealed class Dripping(byte[] text, int size) : MemoryStream(text)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(size, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
