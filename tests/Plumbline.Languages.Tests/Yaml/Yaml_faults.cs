using System.Text;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Languages.Tests.Yaml;

public sealed class Yaml_faults
{
    [Fact]
    public void Name_both_places_of_a_key_that_stands_twice()
    {
        var fault = Reading.Fault("a:\n  b: 1\n  c: 2\n  b: 3\n");

        Assert.Equal(TextFaults.DuplicateKey, fault.Code);
        Assert.Equal(new Position(4, 3), fault.At);
        Assert.Equal(
            "expected a key once in a mapping, got `b` again: it stands in line 2, column 3 already",
            fault.Message
        );
    }

    [Theory]
    [InlineData("1: a\n'1': b")]
    [InlineData("{a: 1, \"a\": 2}")]
    [InlineData("010: b\n010: a")]
    [InlineData("<<: {a: 1, a: 2}")]
    [InlineData("a: 1\n<<: {a: 2}\na: 3")]
    [InlineData("<<: {<<: {a: 1}, b: 2, b: 3}")]
    public void Find_keys_that_are_the_same_once_they_are_strings(string text)
    {
        Assert.Equal(TextFaults.DuplicateKey, Reading.Fault(text).Code);
        Assert.Equal(TextFaults.DuplicateKey, Reading.Fault(text, YamlOptions.Kubernetes).Code);
    }

    [Fact]
    public void Find_keys_that_are_the_same_to_clients_of_Kubernetes_only() =>
        Assert.Equal(TextFaults.DuplicateKey, Reading.Fault("8: a\n010: b", YamlOptions.Kubernetes).Code);

    [Theory]
    [InlineData("a: [1, 2\nb: 3", 2)]
    [InlineData("a: b: c", 1)]
    [InlineData("a: 'x", 1)]
    [InlineData("a: \"x\n\n\n", 1)]
    [InlineData("a: \"\\q\"", 1)]
    [InlineData("a: \"\\UFFFFFFFF\"", 1)]
    [InlineData("a:\n\t- b\n", 2)]
    [InlineData("a:\n\tb: c\n", 2)]
    [InlineData("a:\n  b: 1\n c: 2\n", 3)]
    [InlineData("x: 1\n- y\n", 2)]
    [InlineData("a: @b", 1)]
    [InlineData("a: `b`", 1)]
    [InlineData("{{- if .Values.x }}\na: b\n{{- end }}", 1)]
    [InlineData("&a &b c", 1)]
    [InlineData("!foo!bar c", 1)]
    [InlineData("]", 1)]
    [InlineData("a: }", 1)]
    public void Of_the_grammar_name_their_line(string text, int line)
    {
        var fault = Reading.Fault("---\n" + text);

        Assert.Equal(TextFaults.Syntax, fault.Code);
        Assert.Equal(line + 1, fault.At.Line);
        Assert.True(char.IsLower(fault.Message[0]) && !fault.Message.EndsWith('.'), fault.Message);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "expected UTF-8, got UTF-16: save the file as UTF-8")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'a' }, "expected UTF-8, got UTF-16: save the file as UTF-8")]
    [InlineData(
        new byte[] { 0xFF, 0xFE, 0, 0, (byte)'a', 0, 0, 0 },
        "expected UTF-8, got UTF-32: save the file as UTF-8"
    )]
    [InlineData(
        new byte[] { 0, 0, 0xFE, 0xFF, 0, 0, 0, (byte)'a' },
        "expected UTF-8, got UTF-32: save the file as UTF-8"
    )]
    public async Task Name_an_encoding_that_is_not_UTF8(byte[] text, string message)
    {
        Assert.Equal((TextFaults.NotText, message), (Reading.Fault(text).Code, Reading.Fault(text).Message));
        var read = Assert.Single(await Reading.Documents(text));
        Assert.Equal(message, read.Fault!.Message);
        Assert.True(
            JsonText.TryRead(text, JsonLimits.Intake, out _, out var fault) is false && fault!.Message == message
        );
    }

    [Theory]
    [InlineData("a: b\n\nc: \0d\n", "expected text, got the character U+0000", 3, 4)]
    [InlineData("é: \u0007", "expected text, got the character U+0007", 1, 5)]
    [InlineData("a: \u007F", "expected text, got the character U+007F", 1, 4)]
    [InlineData("a: \u0090", "expected text, got the character U+0090", 1, 4)]
    [InlineData("a: \uFFFE", "expected text, got the character U+FFFE", 1, 4)]
    public void Show_characters_that_no_text_has_at_their_place(string text, string message, int line, int column) =>
        Assert.Equal(new TextFault(TextFaults.NotText, message, new Position(line, column)), Reading.Fault(text));

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0xC3, (byte)'b' }, 0xC3, 2)] // cut short
    [InlineData(new byte[] { (byte)'a', 0x80 }, 0x80, 2)] // no start
    [InlineData(new byte[] { (byte)'a', 0xC0, 0xAF }, 0xC0, 2)] // overlong `/`
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0xED, 1)] // a surrogate
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 }, 0xF4, 1)] // above U+10FFFF
    public void Show_bytes_that_are_no_UTF8_at_their_place(byte[] text, byte invalid, int column) =>
        Assert.Equal(
            new TextFault(TextFaults.NotText, $"expected UTF-8, got byte 0x{invalid:x2}", new Position(1, column)),
            Reading.Fault(text)
        );

    [Fact]
    public async Task Of_one_document_keep_to_it()
    {
        var text = Encoding.UTF8.GetBytes("a: 1\n---\nb: ?\n---\nc: 3\n");
        text[Array.IndexOf(text, (byte)'?')] = 0xFF;

        var read = await Reading.Documents(text);

        Assert.Equal([null, TextFaults.NotText, null], read.Select(d => d.Fault?.Code));
        Assert.Equal(new Position(3, 4), read[1].Fault!.At);
    }
}
