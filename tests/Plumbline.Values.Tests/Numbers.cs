using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;

namespace Plumbline.Values.Tests;

public sealed class A_number
{
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775808")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.1")]
    [InlineData("-0.000001")]
    [InlineData("1e-7")]
    [InlineData("1.5e-1000000")]
    [InlineData("1e+1000000")]
    public void In_its_shortest_form_is_written_as_it_was_read(string text) =>
        Assert.Equal(text, Any.Read(text).ToString());

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("0e999999999999999999999", "0")]
    [InlineData("-0.000e-5", "0")]
    [InlineData("1.0", "1")]
    [InlineData("1.50", "1.5")]
    [InlineData("150e-2", "1.5")]
    [InlineData("0.00000000000000000000015e22", "1.5")]
    [InlineData("1e3", "1000")]
    [InlineData("1E+3", "1000")]
    [InlineData("1000000000000000000000.000", "1e21")]
    public void Is_the_same_however_it_is_written(string text, string same)
    {
        Assert.Equal(Any.Read(same), Any.Read(text));
        Assert.Equal(Any.Read(same).GetHashCode(), Any.Read(text).GetHashCode());
        Assert.Equal(0, Any.Read(same).CompareTo(Any.Read(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-00")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.e3")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e+-3")]
    [InlineData("1e3.0")]
    [InlineData("1_000")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e1000001")]
    [InlineData("1e-1000001")]
    [InlineData("1e99999999999999999999999999")]
    public void Is_refused_where_it_is_no_JSON_or_beyond_the_limits(string text) =>
        Assert.False(Number.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Has_at_most_two_thousand_digits_not_counting_zeros_at_its_ends()
    {
        var most = new string('7', Number.MaxDigits);
        Assert.Equal(Any.Read(most), Any.Read(Any.Read(most).ToString()));
        Assert.Throws<OverflowException>(() => Any.Read(most).Add(Any.Read("0.5")));
        Assert.False(Number.TryParse(Encoding.UTF8.GetBytes(most + "7"), out _));
        Assert.True(Number.TryParse(Encoding.UTF8.GetBytes("0.000" + most + "000"), out _));
    }

    [Fact]
    public void Can_be_written_and_read_back() =>
        Any.Number.Sample(number => Assert.Equal(number, Any.Read(number.ToString())));

    [Fact]
    public void Too_large_for_an_operation_costs_an_error_and_not_the_memory()
    {
        var huge = Any.Read("1e1000000");
        var tiny = Any.Read("1e-1000000");
        Assert.Throws<OverflowException>(() => huge.Add(1));
        Assert.Throws<OverflowException>(() => tiny.Subtract(1));
        Assert.Throws<OverflowException>(() => huge.Multiply(10));
        Assert.Throws<OverflowException>(() => tiny.Divide(10));
        Assert.Throws<OverflowException>(() => huge.Divide(tiny));
        Assert.Throws<OverflowException>(() => Number.FromInteger(BigInteger.Pow(7, 30_000)));
        Assert.Throws<OverflowException>(() =>
            Enumerable.Range(0, 64).Aggregate(Any.Read("1.5"), (a, _) => a.Multiply(a))
        );
    }

    [Fact]
    public void Of_any_size_is_compared_rounded_added_to_nothing_and_turned_round()
    {
        var (huge, tiny) = (Any.Read("1e1000000"), Any.Read("1e-1000000"));
        Assert.True(huge > tiny && tiny > 0 && huge.Negate() < tiny.Negate());
        Assert.Equal(huge, huge.Add(0));
        Assert.Equal(tiny, Number.FromInt64(0).Add(tiny));
        Assert.Equal(Any.Read("2e1000000"), huge.Add(huge));
        Assert.Equal(0, huge.Subtract(huge));
        Assert.Equal((0, 1, 0), (tiny.Floor(), tiny.Ceiling(), tiny.Round()));
        Assert.Equal((-1, 0, 0), (tiny.Negate().Floor(), tiny.Negate().Ceiling(), tiny.Negate().Round()));
        Assert.Equal((huge, huge, huge), (huge.Floor(), huge.Ceiling(), huge.Round()));
        Assert.False(huge.TryGetInteger(out _));
        Assert.Equal((double.PositiveInfinity, 0d), (huge.ToDouble(), tiny.ToDouble()));
    }

    [Fact]
    public void Of_two_digits_is_larger_than_one_of_one_digit_at_the_same_place() // 11e30 has 32 digits before the point, and so has 1e31
    {
        Assert.True(Any.Read("11e30") > Any.Read("1e31"));
        Assert.True(Any.Read("9e-31") < Any.Read("1.1e-30"));
    }

    [Fact]
    public void Is_ordered_by_its_value() =>
        Gen.Select(Any.NearNumber, Any.NearNumber)
            .Sample(
                (a, b) =>
                {
                    Assert.True(a.TryGetInteger(out var left) && b.TryGetInteger(out var right));
                    b.TryGetInteger(out right);
                    Assert.Equal(left.CompareTo(right), Math.Sign(a.CompareTo(b)));
                    Assert.Equal(left == right, a == b);
                },
                iter: 5_000
            );

    [Fact]
    public void Adds_subtracts_and_multiplies_like_integers() =>
        Gen.Select(Gen.Long, Gen.Long)
            .Sample(
                (a, b) =>
                {
                    Assert.Equal(Number.FromInteger((BigInteger)a + b), Number.FromInt64(a).Add(b));
                    Assert.Equal(Number.FromInteger((BigInteger)a - b), Number.FromInt64(a).Subtract(b));
                    Assert.Equal(Number.FromInteger((BigInteger)a * b), Number.FromInt64(a).Multiply(b));
                }
            );

    [Fact]
    public void Adds_multiplies_and_rounds_like_decimals() =>
        Gen.Select(Gen.Int[-100_000, 100_000], Gen.Int[0, 5], Gen.Int[-100_000, 100_000], Gen.Int[0, 5])
            .Sample(
                (m, e, n, f) =>
                {
                    var (a, b) = (
                        new decimal(Math.Abs(m), 0, 0, m < 0, (byte)e),
                        new decimal(Math.Abs(n), 0, 0, n < 0, (byte)f)
                    );
                    var (x, y) = (Any.Decimal(m, -e), Any.Decimal(n, -f));
                    Assert.Equal(Of(a + b), x.Add(y));
                    Assert.Equal(Of(a * b), x.Multiply(y));
                    Assert.Equal(Of(decimal.Floor(a)), x.Floor());
                    Assert.Equal(Of(decimal.Ceiling(a)), x.Ceiling());
                    Assert.Equal(Of(decimal.Round(a, MidpointRounding.AwayFromZero)), x.Round());
                    Assert.Equal(Of(Math.Abs(a)), x.Abs());
                    Assert.Equal(a.CompareTo(b), x.CompareTo(y));
                    Assert.Equal((double)a, x.ToDouble());
                }
            );

    [Fact]
    public void Divided_and_multiplied_again_is_itself_to_thirty_digits() =>
        Gen.Select(Any.NearNumber, Any.NearNumber)
            .Where((_, b) => b.Sign != 0)
            .Sample(
                (a, b) =>
                {
                    var error = a.Divide(b).Multiply(b).Subtract(a).Abs();
                    Assert.True(error <= a.Abs().Multiply(Any.Read("1e-30")));
                }
            );

    [Theory]
    [InlineData("1", "4", "0.25")]
    [InlineData("-1", "3", "-0.3333333333333333333333333333333333")]
    [InlineData("2", "3", "0.6666666666666666666666666666666667")]
    [InlineData("1e1000000", "1e1000000", "1")]
    public void Divides_exactly_or_to_thirty_four_digits(string a, string b, string quotient) =>
        Assert.Equal(quotient, Any.Read(a).Divide(Any.Read(b)).ToString());

    [Fact]
    public void Is_never_divided_by_zero() => Assert.Throws<DivideByZeroException>(() => Number.FromInt64(1).Divide(0));

    [Fact]
    public void From_a_double_and_back_is_the_same_double() =>
        Gen.Double.Where(double.IsFinite).Sample(value => Assert.Equal(value, Number.FromDouble(value).ToDouble()));

    [Fact]
    public void Of_64_bits_needs_no_box_and_equals_itself_with_a_fraction_of_zero()
    {
        Assert.True(Value.Of(Any.Read("10.0")).TryGetInt64(out var ten));
        Assert.Equal(10, ten);
        Assert.True(Value.Of(Any.Read("-9223372036854775808")).TryGetInt64(out var least));
        Assert.Equal(long.MinValue, least);
        Assert.False(Value.Of(Any.Read("-9223372036854775809")).TryGetInt64(out _));
        Assert.False(Value.Of(Any.Read("1e19")).TryGetInt64(out _));
        Assert.True(Value.Of(Any.Read("1e18")).TryGetInt64(out _));
    }

    private static Number Of(decimal value) => Any.Read(value.ToString(CultureInfo.InvariantCulture));
}
