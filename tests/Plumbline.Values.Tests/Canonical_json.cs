using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace Plumbline.Values.Tests;

public sealed class Canonical_JSON
{
    [Fact]
    public void Is_that_of_the_published_vectors()
    {
        var inputs = Directory.GetFiles(Shared.Path("corpora/jcs-vectors/input"));
        Assert.Equal(6, inputs.Length);
        foreach (var input in inputs)
        {
            var output = File.ReadAllBytes(Shared.Path($"corpora/jcs-vectors/output/{Path.GetFileName(input)}"));
            var canonical = Jcs.ToText(WithDoubles(Json.Parse(File.ReadAllBytes(input))));
            Assert.Equal(Encoding.UTF8.GetString(output), canonical);
            Assert.Equal(canonical, Jcs.ToText(Json.Parse(canonical)));
        }
    }

    [Fact]
    public void Has_the_published_text_of_ten_thousand_numbers()
    {
        var ours = new StringBuilder();
        foreach (var line in File.ReadLines(Shared.Path("corpora/jcs-vectors/es6numbers-10000.txt")))
        {
            var bits = line[..line.IndexOf(',', StringComparison.Ordinal)];
            var value = BitConverter.UInt64BitsToDouble(
                ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            );
            var text = Jcs.NumberText(value);
            Assert.Equal(line, $"{bits},{text}");
            Assert.Equal(text, Jcs.ToText(Value.Of(Number.FromDouble(value))));
            Assert.Equal(text, Jcs.ToText(Json.Parse(text)));
            ours.Append(line).Append('\n');
        }

        Assert.Equal( // the digest that is published for the first 10,000 lines
            "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(ours.ToString())))
        );
    }

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("-0.0", "0")]
    [InlineData("1e21", "1e+21")]
    [InlineData("123456789012345680000", "123456789012345680000")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("5e-324", "5e-324")]
    public void Writes_a_number_that_is_a_double_as_ECMAScript_does(string text, string expected) =>
        Assert.Equal((expected, false), Written(Json.Parse(text)));

    [Theory]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("18446744073709551616", "18446744073709551616")]
    [InlineData("0.12345678901234567890", "0.1234567890123456789")]
    [InlineData("333333333.33333329", "333333333.33333329")]
    [InlineData("1e400", "1e+400")]
    [InlineData("1.5e-400", "1.5e-400")]
    public void Writes_any_other_number_as_the_decimal_it_is_and_says_so(string text, string expected) =>
        Assert.Equal((expected, true), Written(Json.Parse(text)));

    [Fact]
    public void Orders_names_by_their_UTF_16_code_units() =>
        Assert.Equal(
            "{\"\":0,\"\\r\":1,\"1\":2,\"a\":3,\"aa\":4,\"\u0080\":5,\"ö\":6,\"€\":7,\"😀\":8,\"\ue000\":9,\"\ufb33\":10}",
            Jcs.ToText(
                Json.Parse(
                    "{\"\\ufb33\":10,\"\ue000\":9,\"😀\":8,\"€\":7,\"ö\":6,\"\u0080\":5,\"aa\":4,\"a\":3,\"1\":2,\"\\r\":1,\"\":0}"
                )
            )
        );

    [Fact]
    public void Compares_UTF_8_as_ordinal_comparing_does_UTF_16() =>
        Gen.Select(Any.Text, Any.Text)
            .Sample(
                (a, b) =>
                    Assert.Equal(
                        Math.Sign(string.CompareOrdinal(a, b)),
                        Math.Sign(Jcs.CompareUtf16(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b)))
                    ),
                iter: 10_000
            );

    [Fact]
    public void Does_not_depend_on_the_order_of_members() =>
        Gen.Select(Gen.Select(Any.Rego, Any.Rego).Array[0, 20], Gen.Int)
            .Sample(
                (members, seed) =>
                {
                    var distinct = members.DistinctBy(member => member.Item1).ToArray();
                    var shuffled = distinct.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    Assert.Equal(Jcs.ToText(Any.Object(distinct)), Jcs.ToText(Any.Object(shuffled)));
                    Assert.Equal(
                        Jcs.ToText(Any.Set(distinct.Select(member => member.Item1))),
                        Jcs.ToText(Any.Set(shuffled.Select(member => member.Item1)))
                    );
                }
            );

    [Fact]
    public void Is_its_own_canonical_form() =>
        Any.Rego.Sample(value =>
        {
            var text = Jcs.ToText(value);
            Assert.Equal(text, Jcs.ToText(Json.Parse(text)));
        });

    [Fact]
    public void Is_the_same_for_equal_JSON_values() =>
        Gen.Select(Any.Json, Any.Json)
            .Sample((a, b) => Assert.Equal(a == b, Jcs.ToText(a) == Jcs.ToText(b)), iter: 2_000);

    [Fact]
    public void Names_a_member_whose_key_is_no_string_by_the_text_of_the_key()
    {
        var value = Any.Object([(1, "number"), (Value.ArrayOf(1, "x"), "array"), (true, "boolean"), ("1", "string")]);
        Assert.Equal("{\"1\":\"string\",\"[1,\\\"x\\\"]\":\"array\",\"true\":\"boolean\"}", Jcs.ToText(value));
        Assert.Equal(Jcs.ToText(value), Jcs.ToText(Any.InDocument(value)));
    }

    [Fact]
    public void Escapes_what_RFC_8785_escapes_and_nothing_else() =>
        Assert.Equal(
            "\"\\b\\t\\n\\f\\r\\u0000\\u001f\\\"\\\\/\u007f\u2028<é😀\"",
            Jcs.ToText("\b\t\n\f\r\0\u001f\"\\/\u007f\u2028<é😀")
        );

    /// <summary>RFC 8785 takes every number for a double; where that changes one, our profile does not.</summary>
    private static Value WithDoubles(Value value)
    {
        var builder = new DocumentBuilder();
        builder.Add(
            value,
            (b, _, inner) =>
            {
                if (inner.IsNumber)
                {
                    b.Number(Encoding.ASCII.GetBytes(Number.FromDouble(inner.AsNumber.ToDouble()).ToString()));
                }

                return inner.IsNumber;
            }
        );
        return builder.Build().Root;
    }

    private static (string Text, bool UsedDecimal) Written(Value value)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        var usedDecimal = Jcs.Write(value, buffer);
        return (Encoding.UTF8.GetString(buffer.WrittenSpan), usedDecimal);
    }
}
