using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>What people are told about texts that are wrong.</summary>
public sealed class A_fault
{
    [Theory]
    [InlineData("allow { input.x }", "2:1 `if` keyword is required before rule body")]
    [InlineData("f(x) { x }", "2:1 `if` keyword is required before function body")]
    [InlineData("p[x]", "2:1 `contains` keyword is required for partial set rules")]
    [InlineData("p.q.r", "2:1 rule must have value assignment and/or body declaration")]
    [InlineData("p", "2:1 var cannot be used for rule name")]
    [InlineData("p if true else { x }", "2:11 `if` keyword is required before rule body")]
    [InlineData("if := 1", "2:1 unexpected if keyword")]
    [InlineData("\"p\" := 1", "2:1 string cannot be used for rule name")]
    [InlineData("p == 1", "2:3 unexpected equal token: expected rule value or body")]
    [InlineData("p := 1; q := 2", "2:7 multiple expressions cannot be used for rule head")]
    [InlineData("p := 1 with input as 2", "2:8 expressions using with keyword cannot be used for rule head")]
    [InlineData("not p", "2:1 negated expressions cannot be used for rule head")]
    [InlineData(
        "f(x) contains y",
        "2:6 unexpected contains keyword: the contains keyword can only be used with multi-value rule definitions (e.g., p contains <VALUE> { ... })"
    )]
    [InlineData("p[x].f(y) := 1", "2:3 unexpected var token: expecting string")]
    [InlineData("p contains 1 if x else := 2", "2:19 else keyword cannot be used on multi-value rules")]
    [InlineData("p[x] := 1 if x else := 2", "2:16 else keyword cannot be used on rules with variables in head")]
    [InlineData("p if {", "2:7 unexpected eof token")]
    [InlineData("default p", "2:1 illegal default rule (must have a value)")]
    [InlineData("default p := input.x", "2:14 illegal default rule (value cannot contain ref)")]
    [InlineData("default p[x] := 1", "2:11 illegal default rule (reference cannot contain var)")]
    [InlineData("default f(x, x) := 1", "2:14 illegal default rule (arguments cannot be repeated x)")]
    public void In_a_rule_says_what_opa_says(string rule, string message) =>
        Assert.Equal([message], Rego.Messages($"package p\n{rule}"));

    [Theory]
    [InlineData("x y", "2:10 unexpected identifier token: expected \\n or ; or }")]
    [InlineData("x = y = z", "2:14 unexpected eq token: expected \\n or ; or }")]
    [InlineData("x := ", "2:14 unexpected } token")]
    [InlineData("x;", "2:11 unexpected } token")]
    [InlineData("[1 2]", "2:11 unexpected number token: expected \",\" or \"]\"")]
    [InlineData("{\"a\": 1, \"b\"}", "2:20 unexpected } token: expected \":\"")]
    [InlineData("f(1", "2:12 unexpected } token: expected \",\" or \")\"")]
    [InlineData("(x", "2:11 unexpected } token: non-terminated expression")]
    [InlineData("x[1", "2:12 unexpected } token: expected ]")]
    [InlineData("x.", "2:11 unexpected } token: expected identifier")]
    [InlineData("-x", "2:9 unexpected identifier token: expected number")]
    [InlineData("01", "2:8 unexpected number token: expected number without leading zero")]
    [InlineData("1e999999", "2:8 number too big")]
    [InlineData("1.", "2:8 expected fraction")]
    [InlineData("1e", "2:8 expected exponent")]
    [InlineData("1a", "2:8 illegal number format")]
    [InlineData("x == @", "2:13 illegal token")]
    [InlineData("\"a\\q\"", "2:8 illegal escape sequence")]
    [InlineData("\"abc", "2:8 non-terminated string")]
    [InlineData("\"abc\"[0]", "2:8 illegal ref (head cannot be string)")]
    [InlineData("not some x in y", "2:12 unexpected some keyword: illegal negation of 'some'")]
    [InlineData("some x == 1", "2:13 expected `x in xs` or `x, y in xs` expression")]
    [InlineData("every x { y }", "2:16 unexpected { token: expected `x[, y] in xs { ... }` expression")]
    [InlineData("every x in y", "2:21 unexpected } token: missing body")]
    [InlineData("x with 1 as 2", "2:15 unexpected number token: expected ident")]
    [InlineData("x with input", "2:21 unexpected } token: expected as keyword")]
    [InlineData("a[x](1)", "2:10 unexpected var token: expecting string")]
    [InlineData("y := $\"{x := 1}\"", "2:16 unexpected assignment (':=') in template-string expression")]
    public void In_a_body_says_what_opa_says(string statement, string message) =>
        Assert.Equal([message], Rego.Messages($"package p\np if {{ {statement} }}"));

    [Theory]
    [InlineData("", "1:1 empty module")]
    [InlineData("# nothing", "1:10 empty module")]
    [InlineData("p := 1", "1:1 package expected")]
    [InlineData("package 1", "1:9 unexpected number token: expected path")]
    [InlineData("package p\npackage q", "2:1 unexpected package")]
    [InlineData(
        "package p\nimport foo.x",
        "2:8 unexpected import path, must begin with one of: {data, future, input, rego}, got: foo"
    )]
    [InlineData("package p\nimport data[x]", "2:13 unexpected var token: expecting string")]
    [InlineData("package p\nimport data.if", "2:8 unexpected import path, must not end with a keyword, got: if")]
    [InlineData("package p\nimport rego.v2", "2:8 invalid import `rego.v2`, must be `rego.v1`")]
    [InlineData("package p\nimport future.x", "2:8 invalid import, must be `future.keywords`")]
    [InlineData(
        "package p\nimport future.keywords.x",
        "2:8 unexpected keyword, must be one of [and contains every if in not or]"
    )]
    [InlineData("package p\nimport data.x as 1", "2:18 unexpected number token: expected var")]
    public void In_a_file_says_what_opa_says(string text, string message) =>
        Assert.Equal([message], Rego.Messages(text));

    [Fact]
    public void Of_bytes_that_are_no_text_has_a_place()
    {
        var parsed = RegoParser.Parse(
            new SourceText("p.rego", [.. "package p\n\"é"u8, 0xC3, (byte)'"']),
            DialectChoice.V1
        );
        var fault = Assert.Single(parsed.Diagnostics);
        Assert.Equal("2:4 expected UTF-8, got byte 0xc3", $"{fault.Span.Line}:{fault.Span.Column} {fault.Message}");
    }

    [Fact]
    public void In_v0_names_the_import_that_its_text_seems_to_mean() =>
        Assert.Equal(
            """
            p.rego:3:1: rego_parse_error: var cannot be used for rule name
              allow if {
              ^^^^^
              = `if` is a keyword of v1: add `import rego.v1` or `import future.keywords.if`
            p.rego:8:9: rego_parse_error: unexpected identifier token: expected \n or ; or }
              	some x in input.xs
              	       ^^
              = `in` is a keyword of v1: add `import rego.v1` or `import future.keywords.in`
            p.rego:12:8: rego_parse_error: unexpected identifier token: expected \n or ; or }
              	every x in input.xs { x > 1 }
              	      ^
              = `every` is a keyword of v1: add `import rego.v1` or `import future.keywords.every`
            """,
            Rego.Diagnostics(
                """
                package p

                allow if {
                	input.x
                }

                q {
                	some x in input.xs
                }

                r {
                	every x in input.xs { x > 1 }
                }
                """,
                DialectChoice.V0
            )
        );

    [Fact]
    public void Is_told_for_every_rule_that_has_one_and_only_once() =>
        Assert.Equal(
            """
            p.rego:5:3: rego_parse_error: unexpected assign token: expected "," or "]"
              b := 2
                ^^
              = the `[` of line 3, column 6 is not closed
            p.rego:8:9: rego_parse_error: unexpected identifier token: expected \n or ; or }
              	x := 1 y := 2
              	       ^
            p.rego:16:3: rego_parse_error: unexpected if keyword: expected \n or ; or }
              e if {
                ^^
              = the `{` of line 13, column 6 is not closed
            p.rego:20:6: rego_parse_error: illegal ref (head cannot be string)
              f := "x".y
                   ^^^
            """,
            Rego.Diagnostics(
                """
                package p

                a := [1,

                b := 2

                c if {
                	x := 1 y := 2
                	z := )
                input.x :=
                }

                d if {
                	x := 1

                e if {
                	x := 1
                }

                f := "x".y
                g := 1
                """
            )
        );

    [Fact]
    public void Is_one_of_twenty_at_most()
    {
        var text = "package p\n" + string.Concat(Enumerable.Repeat("p := }\n", 100));
        Assert.Equal(20, Rego.Messages(text).Count());
    }

    [Fact]
    public void Of_a_query_is_thrown_with_its_place()
    {
        var thrown = Assert.Throws<PolicyException>(() => Rego.Query("x := 1; y :="));
        Assert.Equal((1, 13), (thrown.Diagnostics[0].Span.Line, thrown.Diagnostics[0].Span.Column));
    }
}
