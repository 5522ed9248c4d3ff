using System.Text;
using CsCheck;

namespace Plumbline.Values.Tests;

public sealed class Reading_JSON
{
    [Theory]
    [InlineData("", 1, 1, "expected a value, got the end of the text")]
    [InlineData("{\"a\": 1,\n  b: 2}", 2, 3, "expected a name in quotes, got `b`")]
    [InlineData("[1, 2", 1, 6, "expected `,` or `]`, got the end of the text")]
    [InlineData("[1, 2}", 1, 6, "expected `,` or `]`, got `}`")]
    [InlineData("{\"a\" 1}", 1, 6, "expected `:`, got `1`")]
    [InlineData("[1,]", 1, 4, "expected a value, got `]`")]
    [InlineData("[01]", 1, 3, "expected no digit after a leading zero, got `1`")]
    [InlineData("[1.x]", 1, 4, "expected a digit after the point, got `x`")]
    [InlineData("[1e]", 1, 4, "expected a digit in the exponent, got `]`")]
    [InlineData("[-]", 1, 3, "expected a digit, got `]`")]
    [InlineData("[nul]", 1, 2, "expected a value, got a word that is not `true`, `false` or `null`")]
    [InlineData("1 2", 1, 3, "expected the end of the text, got `2`")]
    [InlineData("[\"a\tb\"]", 1, 4, "expected control characters in strings to be escaped, got byte 0x09")]
    [InlineData("[\"a\\xb\"]", 1, 5, "expected one of `\"\\/bfnrtu` after `\\`, got `x`")]
    [InlineData("[\"\\u12g4\"]", 1, 7, "expected four hexadecimal digits after `\\u`, got `g`")]
    [InlineData("[\"\\ud800\"]", 1, 3, "expected a pair of surrogates, got `\\ud800`")]
    [InlineData("[\"\\udc00\"]", 1, 3, "expected a pair of surrogates, got `\\udc00`")]
    [InlineData("[\"\\ud800\\ud800\"]", 1, 3, "expected a pair of surrogates, got `\\ud800\\ud800`")]
    [InlineData("[\"abc", 1, 6, "expected `\"`, got the end of the text")]
    [InlineData("[\"abc\\", 1, 7, "expected one of `\"\\/bfnrtu` after `\\`, got the end of the text")]
    [InlineData("\ufeff[]", 1, 1, "expected a value, got a byte order mark")]
    [InlineData("[\u200b]", 1, 2, "expected a value, got U+200B")]
    [InlineData("{\"a\": 1,\n \"a\": 2}", 2, 2, "the name `a` stands twice in one object")]
    [InlineData("{\"a\": 1,\n \"\\u0061\": 2}", 2, 2, "the name `a` stands twice in one object")]
    [InlineData("[1e1000001]", 1, 2, "expected a number of at most 2,000 digits and an exponent within 1,000,000")]
    public void Says_where_a_text_fails_what_was_expected_and_what_came(
        string text,
        int line,
        int column,
        string message
    )
    {
        foreach (var keepsPositions in new[] { false, true })
        {
            Assert.False(
                Json.TryParse(Encoding.UTF8.GetBytes(text), JsonLimits.Intake, keepsPositions, out _, out var fault)
            );
            Assert.Equal(new JsonFault(new Position(line, column), message), fault);
        }
    }

    [Fact]
    public void Counts_lines_and_columns_past_long_runs_of_white_space()
    {
        var text = "[1,\n" + new string(' ', 40) + "\n\n\r\n\t" + new string(' ', 17) + "x";
        Assert.False(Json.TryParse(Encoding.UTF8.GetBytes(text), JsonLimits.Intake, false, out _, out var fault));
        Assert.Equal(new Position(5, 19), fault!.At);
    }

    [Fact]
    public void Refuses_bytes_that_are_no_UTF_8_and_says_where()
    {
        Assert.False(
            Json.TryParse([.. "[\n\"é"u8, 0xC0, 0xAF, .. "\"]"u8], JsonLimits.Intake, false, out _, out var fault)
        );
        Assert.Equal(new JsonFault(new Position(2, 4), "expected UTF-8, got byte 0xc0"), fault);
    }

    [Fact]
    public void Refuses_a_name_that_repeats_in_a_large_object()
    {
        var names = Enumerable.Range(0, 500).Select(i => $"\"k{i}\":{i}");
        Assert.True(Read($"{{{string.Join(',', names)}}}"));
        Assert.False(Read($"{{{string.Join(',', names)},\"k\\u0037\":0}}"));
        Assert.False(Read($"{{{string.Join(',', names)},\"k499\":0}}"));
    }

    [Fact]
    public void Stops_at_the_depth_and_the_size_that_it_was_given()
    {
        Assert.True(Read(Nested(64)));
        Assert.False(Read(Nested(65)));
        Assert.True(Json.TryParse(Encoding.UTF8.GetBytes(Nested(256)), JsonLimits.Stored, false, out _, out _));
        Assert.False(Json.TryParse(Encoding.UTF8.GetBytes(Nested(257)), JsonLimits.Stored, false, out _, out _));
        Assert.True(Json.TryParse("[123]"u8.ToArray(), new JsonLimits(MaxBytes: 5), false, out _, out _));
        Assert.False(Json.TryParse("[1234]"u8.ToArray(), new JsonLimits(MaxBytes: 5), false, out _, out var fault));
        Assert.Equal(new JsonFault(new Position(1, 1), "expected at most 5 bytes, got 6"), fault);
    }

    [Theory]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    [InlineData("\"\\u0041\\u00e9\\u20AC\\ud83d\\ude00\"", "Aé€😀")]
    [InlineData("\"\\u0000\\uffff\"", "\0\uffff")]
    [InlineData(
        "\"a run of more than sixteen bytes\\nand \\u0061nother one after it, é\"",
        "a run of more than sixteen bytes\nand another one after it, é"
    )]
    public void Resolves_escapes(string text, string expected) => Assert.Equal(Value.Of(expected), Json.Parse(text));

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("-0", "0")]
    [InlineData("100", "1e2")]
    [InlineData("0.5", "5e-1")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567.890e3")]
    [InlineData("9223372036854775807", "9223372036854775807.000")]
    public void Takes_numbers_by_their_value(string a, string b)
    {
        Assert.Equal(Json.Parse(a), Json.Parse(b));
        Assert.Equal(Json.Parse(a).GetHashCode(), Json.Parse(b).GetHashCode());
    }

    [Fact]
    public void Reads_what_was_written() =>
        Any.Json.Sample(value => Assert.Equal(value, Json.Parse(Jcs.ToBytes(value))));

    [Fact]
    public void Reads_what_Rego_shows() => Any.Json.Sample(value => Assert.Equal(value, Json.Parse(value.ToString())));

    [Fact]
    public void Gives_the_same_with_places_and_with_white_space() =>
        Any.Json.Sample(value =>
        {
            var spaced = Encoding.UTF8.GetBytes(
                "\n \t" + value.ToString().Replace("  ", " ", StringComparison.Ordinal) + "\r\n"
            );
            Assert.True(Json.TryParse(spaced, JsonLimits.Intake, true, out var document, out _));
            Assert.Equal(Json.Parse(spaced), document!.Root);
        });

    [Fact]
    public void Accepts_all_that_the_parsing_suite_accepts_and_refuses_all_that_it_refuses()
    {
        var folder = Shared.Path("corpora/json-parsing-suite/test_parsing");
        var wrong = new List<string>();
        var files = Directory.GetFiles(folder, "*.json");
        foreach (var file in files)
        {
            var accepted = Json.TryParse(File.ReadAllBytes(file), JsonLimits.Intake, false, out _, out var fault);
            var name = Path.GetFileName(file);
            if (name[0] == (accepted ? 'n' : 'y') || accepted != (fault is null) || fault is { At.Line: 0 })
            {
                wrong.Add($"{name}: {fault?.Message ?? "accepted"}");
            }
        }

        Assert.True(files.Length > 300);
        Assert.Equal(
            ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"],
            wrong.Select(line => line.Split(':')[0]).Order()
        ); // RFC 8259 lets a reader refuse them, and CONTRACTS §6 does
    }

    [Fact]
    public void Keeps_naughty_strings_as_they_are()
    {
        var text = File.ReadAllBytes(Shared.Path("corpora/naughty-strings/blns.json"));
        var strings = Json.Parse(text);
        var expected = System.Text.Json.JsonSerializer.Deserialize<string[]>(text)!;
        Assert.Equal(515, strings.Count);
        for (var i = 0; i < strings.Count; i++)
        {
            Assert.Equal(expected[i], strings[i].Utf8.ToString());
            Assert.Equal(strings[i], Json.Parse(Jcs.ToBytes(strings[i])));
            Assert.Equal(strings[i], Json.Parse(strings[i].ToString()));
        }
    }

    private static bool Read(string text) =>
        Json.TryParse(Encoding.UTF8.GetBytes(text), JsonLimits.Intake, false, out _, out _);

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}

/// <summary>Bytes by chance, and good texts with a few bytes changed: a document or a fault with a place, never an exception.</summary>
public sealed class Reading_hostile_JSON
{
    private static readonly byte[] Alphabet = "{}[]\",:\\u0dDeE+-.19truefalsn \n\t\0\u00e9\ud83d\ude00"u8.ToArray();

    [Fact]
    public void Bytes_by_chance() => Gen.Byte.Array[0, 60].Sample(Survives, iter: 10_000);

    [Fact]
    public void Tokens_by_chance() =>
        Gen.Int[0, Alphabet.Length - 1].Select(i => Alphabet[i]).Array[0, 60].Sample(Survives, iter: 2_000);

    [Fact]
    public void Good_texts_with_a_few_bytes_changed() =>
        Gen.Select(Any.Json, Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte).Array[1, 3])
            .Sample(
                (value, changes) =>
                {
                    var text = Jcs.ToBytes(value);
                    foreach (var (at, to) in changes)
                    {
                        text[at % text.Length] = to;
                    }

                    Survives(text);
                },
                iter: 2_000
            );

    [Fact]
    public void Good_texts_cut_short() =>
        Gen.Select(Any.Json, Gen.Int[0, int.MaxValue])
            .Sample((value, at) => Survives(Jcs.ToBytes(value)[..(at % Jcs.ToBytes(value).Length)]), iter: 500);

    [Fact]
    public void Opening_brackets_without_end()
    {
        Survives(Encoding.UTF8.GetBytes(new string('[', 8 << 20)));
        Survives(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 1 << 20))));
    }

    [Fact]
    public void Numbers_of_many_digits_and_zeros()
    {
        Survives(Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat(new string('9', 1_999), 500)) + "]"));
        Survives(Encoding.UTF8.GetBytes("[1" + new string('0', 1 << 20) + "]"));
        Survives(Encoding.UTF8.GetBytes("[0." + new string('0', 1 << 20) + "1]"));
    }

    private static void Survives(byte[] text)
    {
        foreach (var keepsPositions in new[] { false, true })
        {
            if (Json.TryParse(text, JsonLimits.Intake, keepsPositions, out var document, out var fault))
            {
                Assert.Null(fault);
                Assert.Equal(document!.Root, Json.Parse(Jcs.ToBytes(document.Root)));
            }
            else
            {
                Assert.Null(document);
                Assert.InRange(fault!.At.Line, 1, 1 + text.Count(c => c == '\n'));
                Assert.InRange(fault.At.Column, 1, text.Length + 1);
                Assert.NotEmpty(fault.Message);
            }
        }
    }
}
