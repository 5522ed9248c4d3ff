using System.Text;
using Plumbline.Values;

namespace Plumbline.Languages.Tests;

public sealed class Strict_json_text
{
    [Fact]
    public void Keeps_places_and_passes_over_a_byte_order_mark()
    {
        var text = Encoding.UTF8.GetBytes("\uFEFF{\n \"é\": [1,\n  {\"a\": 2}]}");

        Assert.True(JsonText.TryRead(text, JsonLimits.Intake, out var document, out _));
        Assert.Equal(new Position(3, 4), document!.PositionOf(JsonPointer.Parse("/é/1/a")));
    }

    [Theory]
    [InlineData("{} {}")]
    [InlineData("{}\n{}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{a: 1}")]
    [InlineData("[1,]")]
    [InlineData("// x\n{}")]
    [InlineData("")]
    public void Refuses_what_is_not_one_value_of_JSON(string text)
    {
        Assert.False(
            JsonText.TryRead(Encoding.UTF8.GetBytes(text), JsonLimits.Intake, out var document, out var fault)
        );
        Assert.Null(document);
        Assert.Equal(TextFaults.Json, fault!.Code);
    }

    [Fact]
    public void Agrees_with_the_parsing_suite()
    {
        var folder = Shared.Path("corpora/json-parsing-suite/test_parsing");
        foreach (var file in Directory.GetFiles(folder, "*.json"))
        {
            var isRead = JsonText.TryRead(File.ReadAllBytes(file), JsonLimits.Intake, out _, out _);
            var name = Path.GetFileName(file);
            var wanted = name.Contains("duplicated_key", StringComparison.Ordinal) ? 'n' : name[0]; // stricter than RFC 8259
            Assert.True(wanted == 'i' || isRead == (wanted == 'y'), name);
        }
    }
}
