namespace Plumbline.Rego.Tests.Builtins;

public sealed class Strings
{
    [Theory]
    [InlineData("concat", "\",\", {\"b\", \"a\"}", "\"a,b\"")]
    [InlineData(
        "concat",
        "\",\", [1]",
        "eval_type_error: operand 2 must be array of strings but got array containing number"
    )]
    [InlineData("lower", "\"ÄBΣ\"", "\"äbσ\"")]
    [InlineData("upper", "\"straße\"", "\"STRAßE\"")]
    [InlineData("replace", "\"foo...bar\", \"..\", \",,\"", "\"foo,,.bar\"")]
    [InlineData("replace", "\"äb\", \"\", \"-\"", "\"-ä-b-\"")]
    [InlineData("strings.replace_n", "{\"foo\": \"xxx\", \"f\": \"x\"}, \"foo\"", "\"xoo\"")]
    [InlineData("strings.replace_n", "{\"\": \"-\", \"a\": \"b\"}, \"aä\"", "\"-b-ä-\"")]
    [InlineData(
        "strings.replace_n",
        "{\"a\": 1}, \"a\"",
        "eval_type_error: operand 1 non-string value found in pattern object"
    )]
    [InlineData("strings.reverse", "\"1😀𝛾\"", "\"𝛾😀1\"")]
    [InlineData("split", "\"\", \"\"", "[]")]
    [InlineData("split", "\"tä\", \"\"", "[\"t\", \"ä\"]")]
    [InlineData("split", "\"\", \".\"", "[\"\"]")]
    [InlineData("strings.split_n", "\"a.b.c\", \".\", 2", "[\"a\", \"b\"]")]
    [InlineData("strings.split_n", "\"a.b.c\", \".\", -2", "[\"b\", \"c\"]")]
    [InlineData("strings.split_n", "\"a.b.c\", \".\", 0", "[]")]
    [InlineData(
        "strings.split_n",
        "\"a\", \".\", 1.5",
        "eval_type_error: operand 3 must be integer number but got floating-point number"
    )]
    [InlineData("substring", "\"åäö\", 1, 1", "\"ä\"")]
    [InlineData("substring", "\"åäö\", 4, -1", "\"\"")]
    [InlineData("substring", "\"a\", -1, -1", "eval_builtin_error: negative offset")]
    [InlineData("trim", "\"¡¡foo!!\", \"!¡\"", "\"foo\"")]
    [InlineData("trim_left", "\"..a.\", \".\"", "\"a.\"")]
    [InlineData("trim_right", "\"..a.\", \".\"", "\"..a\"")]
    [InlineData("trim_space", "\" \\t\u00a0a\\n\"", "\"a\"")]
    [InlineData("trim_prefix", "\"abab\", \"ab\"", "\"ab\"")]
    [InlineData("trim_suffix", "\"abab\", \"ab\"", "\"ab\"")]
    public void Are_changed_by_code_points(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Theory]
    [InlineData("contains", "\"abc\", \"\"", "true")]
    [InlineData("startswith", "\"abc\", \"ab\"", "true")]
    [InlineData("endswith", "\"abc\", \"ab\"", "false")]
    [InlineData("startswith", "1, \"ab\"", "eval_type_error: operand 1 must be string but got number")]
    [InlineData("indexof", "\"🍧🍨🍮\", \"🍮\"", "2")]
    [InlineData("indexof", "\"a\", \"\"", "eval_builtin_error: empty search character")]
    [InlineData("indexof_n", "\"aaa\", \"aa\"", "[0, 1]")]
    [InlineData("indexof_n", "\"😇😀😇😀\", \"😀\"", "[1, 3]")]
    [InlineData("strings.count", "\"dummy\", \"\"", "6")]
    [InlineData("strings.count", "\"11111\", \"11\"", "2")]
    [InlineData("strings.any_prefix_match", "[\"a/b\", \"c\"], {\"x\", \"a/\"}", "true")]
    [InlineData("strings.any_suffix_match", "\"a/b\", [\"a\"]", "false")]
    [InlineData(
        "strings.any_suffix_match",
        "[1], [\"a\"]",
        "eval_type_error: operand 1 must be array of strings but got array containing number"
    )]
    [InlineData(
        "strings.any_suffix_match",
        "\"a\", 1",
        "eval_type_error: operand 2 must be one of {string, set, array} but got number"
    )]
    public void Are_searched_by_code_points(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Theory]
    [InlineData("`%v %v %v %v`, [1, `a`, [`a`], {1}]", "1 a [\"a\"] {1}")]
    [InlineData("`%s`, [1208925819614629174706175]", "1208925819614629174706175")]
    [InlineData("`%s`, [5]", "%!s(int=5)")]
    [InlineData("`%s %t`, [true, true]", "true %!t(string=true)")]
    [InlineData("`%d`, [`x`]", "%!d(string=x)")]
    [InlineData("`%d`, [1.5]", "%!d(float64=1.5)")]
    [InlineData("`%d %d`, [1]", "1 %!d(MISSING)")]
    [InlineData("`%d`, [1, `a`]", "1%!(EXTRA string=a)")]
    [InlineData("`%[2]d %[1]d`, [1, 2]", "2 1")]
    [InlineData("`%[3]d`, [1, 2]", "%!d(BADINDEX)")]
    [InlineData("`%05d|%-5d|%+d|% d`, [42, 42, 42, 42]", "00042|42   |+42| 42")]
    [InlineData("`%05d`, [-42]", "-0042")]
    [InlineData("`%x %X %#x %o %b %c %U`, [255, 255, 255, 8, 5, 228, 228]", "ff FF 0xff 10 101 ä U+00E4")]
    [InlineData("`%x`, [`hi`]", "6869")]
    [InlineData("`%q %q`, [`a\"b`, 120]", "\"a\\\"b\" 'x'")]
    [InlineData("`%5s|%-5s|%.2s|%05s`, [`ab`, `ab`, `äöü`, `ab`]", "   ab|ab   |äö|000ab")]
    [InlineData("`%5.2f|%f|%e|%g`, [3.14159, 1.5, 1234.5, 0.00001]", " 3.14|1.500000|1.234500e+03|1e-05")]
    [InlineData("`%v %v %v`, [0.1, 1234567.5, 100000.5]", "0.1 1.2345675e+06 100000.5")]
    [InlineData("`%.3g %G`, [1234.5, 1e-10]", "1.23e+03 1E-10")]
    [InlineData("`%*d|%.*f`, [5, 42, 1, 2.55]", "   42|2.5")]
    [InlineData("`100%% %`, []", "100% %!(NOVERB)")]
    [InlineData("`%z`, [1]", "%!z(int=1)")]
    [InlineData("`%d%%`, [50]", "50%")]
    public void Are_formatted_as_Go_formats(string operands, string expected) =>
        Assert.Equal(expected, Calling.Call("sprintf", operands).Value.Utf8.ToString());

    [Fact]
    public void A_width_is_charged() =>
        Assert.Throws<BudgetException>(() => Calling.Call("sprintf", "`%999999d%999999d`, [1, 1]"));

    [Theory]
    [InlineData("[`a `, {1}, ` b `, set(), {`x`}, true]", "\"a 1 b <undefined>xtrue\"")]
    [InlineData("[{1, 2}]", "eval_builtin_error: template-strings must not produce multiple outputs")]
    public void Are_filled_from_templates(string parts, string expected) =>
        Assert.Equal(expected, Calling.Show("internal.template_string", parts));
}
