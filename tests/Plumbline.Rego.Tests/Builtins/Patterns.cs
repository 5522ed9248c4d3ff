using CsCheck;
using Plumbline.Rego.Builtins.Re2;

namespace Plumbline.Rego.Tests.Builtins;

public sealed class Patterns
{
    [Theory]
    [InlineData("^.$", "😀")]
    [InlineData("^[^a]$", "😀")]
    [InlineData(@"^\pN+$", "1²٣")]
    [InlineData(@"^\p{Greek}+$", "αβΩ")]
    [InlineData(@"^\P{Greek}+$", "abc")]
    [InlineData(@"^\p{^Greek}+$", "abc")]
    [InlineData(@"^\p{Lu}\p{Ll}$", "Äö")]
    [InlineData(@"^\Qa.b*\E+$", "a.b***")]
    [InlineData("(?P<name>a)(?<other>b)", "ab")]
    [InlineData("^[[:alpha:]]+[[:^digit:]]$", "ab-")]
    [InlineData(@"^[\d\-a-c]+$", "1-b")]
    [InlineData("^[]a]+$", "]a")]
    [InlineData("^[^]a]+$", "bc")]
    [InlineData("^[a-]+$", "a-")]
    [InlineData("(?i)^straSSe K$", "STRAſſE \u212A")]
    [InlineData("(?i)^ΣΑΣ$", "σας")]
    [InlineData("(?i)^[k-l][ä-ö]$", "\u212AÄ")]
    [InlineData("(?i)^[s-ä]$", "ſ")]
    [InlineData("(?i)^[^k]$", "x")]
    [InlineData("(?m)^b$", "a\nb\nc")]
    [InlineData("(?s)^a.b$", "a\nb")]
    [InlineData("a(?i:b)c", "aBc")]
    [InlineData(@"^\x41\x{1F600}\101\n$", "A😀A\n")]
    [InlineData(@"\bfoo\b", "äfoo")]
    [InlineData("a{,5}", "a{,5}")]
    [InlineData("^a{2}$", "aa")]
    [InlineData("^x*$", "")]
    [InlineData(@"^[\pL_]{2,3}$", "дé_")]
    [InlineData("^(a|ab)(c|bcd)$", "abcd")]
    [InlineData(@"^\.\-\/$", ".-/")]
    [InlineData(@"^\w+$", "aZ_09")]
    public void Match(string pattern, string text) => Assert.True(Pattern.Of(pattern).IsMatch(text));

    [Theory]
    [InlineData("^..$", "😀")]
    [InlineData("a$", "a\n")]
    [InlineData(@"^\d$", "٣")]
    [InlineData(@"^\w$", "ä")]
    [InlineData(@"^\s$", "\u00A0")]
    [InlineData(@"^\s$", "\v")]
    [InlineData(@"\Bfoo", "äfoo")]
    [InlineData("^.$", "\n")]
    [InlineData("^b$", "a\nb")]
    [InlineData("(?i)^[^k]$", "\u212A")]
    [InlineData("a(?i:b)c", "aBC")]
    [InlineData(@"^[^\x00-\x{10FFFF}]", "a")]
    [InlineData("(?i)^i$", "ı")]
    public void Do_not_match(string pattern, string text) => Assert.False(Pattern.Of(pattern).IsMatch(text));

    [Theory]
    [InlineData("a(?=b)", "invalid or unsupported Perl syntax: `(?=`")]
    [InlineData("a(?!b)", "invalid or unsupported Perl syntax: `(?!`")]
    [InlineData("(?<=a)b", "invalid or unsupported Perl syntax: `(?<`")]
    [InlineData("(?>a)", "invalid or unsupported Perl syntax: `(?>`")]
    [InlineData(@"(a)\1", @"invalid escape sequence: `\1`")]
    [InlineData("a++", "invalid nested repetition operator: `++`")]
    [InlineData("a**", "invalid nested repetition operator: `**`")]
    [InlineData("++", "missing argument to repetition operator: `+`")]
    [InlineData("{2}", "missing argument to repetition operator: `{2}`")]
    [InlineData(@"\C", @"invalid escape sequence: `\C`")]
    [InlineData(@"\Z", @"invalid escape sequence: `\Z`")]
    [InlineData("[[[", "missing closing ]: `[[[`")]
    [InlineData("[b-a]", "invalid character class range: `b-a`")]
    [InlineData("[[:foo:]]", "invalid character class range: `[:foo:]`")]
    [InlineData(@"\p{Klingon}", @"invalid character class range: `\p{Klingon}`")]
    [InlineData("(a", "missing closing ): `(a`")]
    [InlineData("a)", "unexpected ): `a)`")]
    [InlineData(@"a\", "trailing backslash at end of expression: ``")]
    [InlineData("a{1001}", "invalid repeat count: `{1001}`")]
    [InlineData("(a{100}){100}", "invalid repeat count: `{100}`")]
    [InlineData("(?P<n>a)(?P<n>b)", "duplicate capture group name: `n`")]
    [InlineData("(?P<n a)", "invalid named capture: `(?P<n a)`")]
    public void Are_refused(string pattern, string expected)
    {
        var fault = Assert.Throws<PatternException>(() => Pattern.Of(pattern));
        Assert.Equal($"error parsing regexp: {expected}", fault.Message);
    }

    [Fact]
    public void That_need_more_than_the_linear_engine_has_are_refused_by_name() =>
        Assert.Contains(
            "larger than the linear engine allows",
            Assert
                .Throws<PatternException>(() => Pattern.Of(string.Concat(Enumerable.Repeat("[ab]{900}c", 20))))
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Answer_in_linear_time() =>
        Assert.False(Pattern.Of("^(a*)*(a|aa)+$").IsMatch(new string('a', 100_000) + "b"));

    [Theory]
    [InlineData("regex.find_n", "`a*`, `baaac`, -1", """["", "aaa", ""]""")]
    [InlineData("regex.find_n", "`a.`, `paranormal`, 2", """["ar", "an"]""")]
    [InlineData("regex.find_n", "`.`, `😀ä`, -1", """["😀", "ä"]""")]
    [InlineData("regex.find_n", "`(?U)a+`, `aa`, -1", """["a", "a"]""")]
    [InlineData("regex.find_all_string_submatch_n", "`(ä)|(b)`, `äb`, -1", """[["ä", "ä", ""], ["b", "", "b"]]""")]
    [InlineData("regex.split", "`a`, `banana`", """["b", "n", "n", ""]""")]
    [InlineData("regex.split", "``, `äb`", """["ä", "b"]""")]
    [InlineData("regex.split", "`a`, ``", """[""]""")]
    [InlineData("regex.replace", "`-wy-wxxy-`, `w(x*)y`, `<$1>`", "\"-<>-<xx>-\"")]
    [InlineData("regex.replace", "`ab`, `(?P<x>a)`, `${x}1$x1$$$`", "\"a1$$b\"")]
    [InlineData("regex.replace", "`äö`, ``, `-`", "\"-ä-ö-\"")]
    [InlineData("regex.match", "`[`, `a`", "eval_builtin_error: error parsing regexp: missing closing ]: `[`")]
    [InlineData("regex.is_valid", "10", "false")]
    [InlineData("regex.is_valid", "`(?=a)`", "false")]
    [InlineData("regex.template_match", "`urn:foo.<[a-z]+>:x`, `urn:foo.bar:x`, `<`, `>`", "true")]
    [InlineData("regex.template_match", "`urn:foo.<[a-z]+>:x`, `urn:foo!bar:x`, `<`, `>`", "false")]
    [InlineData("regex.template_match", "`a<b`, `ab`, `<`, `>`", "eval_builtin_error: unbalanced braces in \"a<b\"")]
    [InlineData("regex.globs_match", "`a.*b`, `[x-z]+`", "false")]
    [InlineData("regex.globs_match", "`a.*`, `.+b`", "true")]
    [InlineData("regex.globs_match", "`a*`, `b*`", "false")]
    [InlineData(
        "regex.globs_match",
        "`pqrs]`, `a`",
        "eval_builtin_error: input:pqrs], pos:5, set-close ']' with no preceding '[': the input provided is invalid"
    )]
    public void Are_what_the_builtins_run(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Theory]
    [InlineData("`*.github.com`, [`.`], `api.github.com`", "true")]
    [InlineData("`*.github.com`, [], `a.b.github.com`", "false")]
    [InlineData("`**.github.com`, [], `a.b.github.com`", "true")]
    [InlineData("`*`, null, `foo.bar`", "true")]
    [InlineData("`[!a-c]at`, [], `bat`", "false")]
    [InlineData("`{cat,[fr]at}`, [], `rat`", "true")]
    [InlineData("`?at`, [`f`], `fat`", "false")]
    [InlineData(@"`\*`, [], `*`", "true")]
    [InlineData("`?`, [], `😀`", "true")]
    [InlineData("`{a`, [], `a`", "eval_builtin_error: expected `}`, got the end of the glob")]
    [InlineData("`a`, `b`, `a`", "eval_type_error: operand 2 must be one of {null, array} but got string")]
    public void Are_what_globs_become(string operands, string expected) =>
        Assert.Equal(expected, Calling.Show("glob.match", operands));

    [Fact]
    public void A_quoted_glob_matches_its_text_alone() =>
        Assert.Equal("\"\\\\*.github.com\"", Calling.Show("glob.quote_meta", "`*.github.com`"));

    [Fact]
    public void Any_quoted_text_matches_itself() =>
        Gen.String[0, 8]
            .Where(s => !s.Contains(@"\E", StringComparison.Ordinal) && s.All(c => !char.IsSurrogate(c)))
            .Sample(s => Pattern.Of($@"^\Q{s}\E$").IsMatch(s), iter: 100);

    [Fact]
    public void Any_text_compiles_or_is_refused() =>
        Gen.String[Gen.Char[@"\()[]{}*+?|^$.-:?PpQEdwbx<>=!imsU,0123a"], 0, 20]
            .Sample(s =>
            {
                try
                {
                    Pattern.Of(s).IsMatch("a1b");
                }
                catch (PatternException) { }
            });
}
