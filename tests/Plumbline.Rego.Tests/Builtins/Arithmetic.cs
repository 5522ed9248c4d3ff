using CsCheck;
using Plumbline.Rego.Builtins;
using Plumbline.Values;

namespace Plumbline.Rego.Tests.Builtins;

public sealed class Arithmetic
{
    [Theory]
    [InlineData("plus", "1, 2", "3")]
    [InlineData("plus", "9223372036854775807, 1", "9223372036854775808")]
    [InlineData("plus", "0.1, 0.2", "0.3")]
    [InlineData("plus", "1.5, 2.5", "4")]
    [InlineData("minus", "-9223372036854775808, 1", "-9223372036854775809")]
    [InlineData("minus", "1, -9223372036854775808", "9223372036854775809")]
    [InlineData("minus", "{1, 2, 3}, {2}", "{1, 3}")]
    [InlineData("mul", "18446744073709551617, 2", "36893488147419103234")]
    [InlineData("mul", "2.5, 2", "5")]
    [InlineData("div", "6, 3", "2")]
    [InlineData("div", "1, 2", "0.5")]
    [InlineData("div", "1, 3", "0.33333333333333333334")]
    [InlineData("div", "-1, 3", "-0.33333333333333333334")]
    [InlineData("div", "1e109, 1e100", "1000000000")]
    [InlineData("div", "1, 0", "eval_builtin_error: divide by zero")]
    [InlineData("rem", "-7, 3", "-1")]
    [InlineData("rem", "10, 18446744073709551616", "10")]
    [InlineData("rem", "1.1, 1", "eval_builtin_error: modulo on floating-point number")]
    [InlineData("rem", "1, 0", "eval_builtin_error: modulo by zero")]
    [InlineData("plus", "1, \"2\"", "eval_type_error: operand 2 must be number but got string")]
    [InlineData("minus", "\"a\", 2", "eval_type_error: operand 1 must be one of {number, set} but got string")]
    [InlineData("minus", "{1}, 2", "eval_type_error: operand 2 must be set but got number")]
    [InlineData("minus", "1, {2}", "eval_type_error: operand 2 must be number but got set")]
    [InlineData("abs", "-10", "10")]
    [InlineData("ceil", "-1.99999", "-1")]
    [InlineData("floor", "1.5", "1")]
    [InlineData("round", "2.5", "3")]
    [InlineData("round", "-2.5", "-3")]
    public void Is_exact_for_whole_numbers_and_OPAs_for_fractions(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Theory]
    [InlineData("numbers.range", "2, -1", "[2, 1, 0, -1]")]
    [InlineData(
        "numbers.range",
        "3.14, 4",
        "eval_type_error: operand 1 must be integer number but got floating-point number"
    )]
    [InlineData("numbers.range", "1, null", "eval_type_error: operand 2 must be number but got null")]
    [InlineData("numbers.range_step", "0, -10, 4", "[0, -4, -8]")]
    [InlineData("numbers.range_step", "0, 10, 99999999999999999999", "[0]")]
    [InlineData("numbers.range_step", "0, 10, 0", "eval_builtin_error: step must be a positive number above zero")]
    [InlineData("bits.and", "7, 9", "1")]
    [InlineData("bits.negate", "42", "-43")]
    [InlineData("bits.lsh", "9223372036854775807, 1", "18446744073709551614")]
    [InlineData("bits.rsh", "-8, 100", "-1")]
    [InlineData(
        "bits.lsh",
        "7, -1",
        "eval_type_error: operand 2 must be an unsigned integer number but got a negative integer"
    )]
    [InlineData("bits.lsh", "1, 1000000000000", "eval_builtin_error: the result has too many digits")]
    [InlineData("sum", "[1, 2.5]", "3.5")]
    [InlineData(
        "sum",
        "[1, \"2\"]",
        "eval_type_error: operand 1 must be array of numbers but got array containing string"
    )]
    [InlineData("product", "{2, 3}", "6")]
    [InlineData("max", "[]", "undefined")]
    [InlineData("max", "[1, \"a\", {\"x\": 1}]", """{"x": 1}""")]
    [InlineData("min", "{3, -7}", "-7")]
    [InlineData("sort", "{3, \"a\", null}", """[null, 3, "a"]""")]
    [InlineData("count", "\"åäö\"", "3")]
    [InlineData("count", "5", "eval_type_error: operand 1 must be one of {array, object, set, string} but got number")]
    [InlineData("format_int", "15.5, 16", "\"f\"")]
    [InlineData("format_int", "-10, 2", "\"-1010\"")]
    [InlineData("format_int", "1, 3", "eval_type_error: operand 2 must be one of {2, 8, 10, 16}")]
    [InlineData("to_number", "\"-42.0\"", "-42")]
    [InlineData("to_number", "\"+.5e1\"", "5")]
    [InlineData("to_number", "\"1.\"", "1")]
    [InlineData(
        "to_number",
        "\"broken\"",
        "eval_builtin_error: strconv.ParseFloat: parsing \"broken\": invalid syntax"
    )]
    [InlineData("to_number", "\"\"", "eval_builtin_error: strconv.ParseFloat: parsing \"\": invalid syntax")]
    [InlineData("to_number", "\"-NaN\"", "eval_type_error: operand 1 must be valid number string but got string")]
    [InlineData("to_number", "true", "1")]
    [InlineData(
        "to_number",
        "[]",
        "eval_type_error: operand 1 must be one of {null, boolean, number, string} but got array"
    )]
    public void Of_collections_bits_and_texts(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Fact]
    public void A_number_that_would_fill_the_memory_is_an_error() =>
        Assert.Contains("digits", Calling.Call("plus", "1e900000, 1").Fault?.Message, StringComparison.Ordinal);

    [Fact]
    public void A_range_beyond_the_budget_ends_the_evaluation() =>
        Assert.Throws<BudgetException>(() => Calling.Call("numbers.range", "1, 1e15"));

    [Fact]
    public void Chance_is_the_same_for_the_same_key_within_a_query()
    {
        Assert.Equal(Calling.Show("rand.intn", "\"key\", 100"), Calling.Show("rand.intn", "\"key\", 100"));
        Assert.Equal("0", Calling.Show("rand.intn", "\"key\", 0"));
        Assert.NotEqual(Calling.Show("rand.intn", "\"key\", 1e30"), Calling.Show("rand.intn", "\"other\", 1e30"));
    }

    [Fact]
    public void A_fraction_survives_its_way_through_64_bits() =>
        Gen.Double[-1e15, 1e15]
            .Sample(d =>
            {
                var number = Number.FromDouble(d);
                return Binary64.From(number).ToNumber() == number;
            });

    [Fact]
    public void The_shortest_digits_read_back_as_the_same_64_bits() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Long[1, 1_000_000_000])
            .Sample(
                (a, b) =>
                {
                    var quotient = Binary64.From(a).Divide(Binary64.From(b)).ToNumber();
                    return Binary64.From(quotient).ToNumber() == quotient;
                }
            );
}
