using Plumbline.Values;

namespace Plumbline.Rego.Tests.Builtins;

public sealed class Texts_in_formats
{
    [Theory]
    [InlineData("json.marshal", "{\"b\": {2, 1}, \"a\": `<&>`}", "`{\"a\":\"\\u003c\\u0026\\u003e\",\"b\":[1,2]}`")]
    [InlineData("json.marshal_with_options", "[[], 1], {\"prefix\": \"--\"}", "\"--[\\n--\\t[],\\n--\\t1\\n--]\"")]
    [InlineData("json.marshal_with_options", "[1], {\"pretty\": false, \"indent\": \"x\"}", "\"[1]\"")]
    [InlineData("json.unmarshal", "`[1, {\"a\": null}]`", "[1, {\"a\": null}]")]
    [InlineData("json.is_valid", "`{`", "false")]
    [InlineData("json.is_valid", "1", "false")]
    [InlineData("base64.encode", "\"subjects?_d\"", "\"c3ViamVjdHM/X2Q=\"")]
    [InlineData("base64.decode", "\"dGhlcmU=\"", "\"there\"")]
    [InlineData("base64.is_valid", "\"dGhlcmU\"", "false")]
    [InlineData("base64url.encode", "\"subjects?_d\"", "\"c3ViamVjdHM_X2Q=\"")]
    [InlineData("base64url.encode_no_pad", "\"hello\"", "\"aGVsbG8\"")]
    [InlineData("base64url.decode", "\"aGVsbG8\"", "\"hello\"")]
    [InlineData("hex.encode", "\"hi\"", "\"6869\"")]
    [InlineData("hex.decode", "\"6869\"", "\"hi\"")]
    [InlineData("urlquery.encode", "\"a=b c&ä\"", "\"a%3Db+c%26%C3%A4\"")]
    [InlineData("urlquery.decode", "\"a%3Db+c\"", "\"a=b c\"")]
    [InlineData("urlquery.encode_object", "{\"c\": \"d\", \"a\": [\"b+1\", \"c\"]}", "\"a=b%2B1&a=c&c=d\"")]
    [InlineData("urlquery.decode_object", "\"a=1&b&a=2\"", "{\"a\": [\"1\", \"2\"], \"b\": [\"\"]}")]
    [InlineData("crypto.md5", "\"lorem ipsum\"", "\"80a751fde577028640c419000e33eba6\"")]
    [InlineData("crypto.sha1", "\"\"", "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"")]
    [InlineData("crypto.sha256", "\"abc\"", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"")]
    [InlineData("crypto.hmac.md5", "\"åäöçß🥲♙Ω\", \"秘密の\"", "\"20a8743c2157ac60b7e8b79c83651b8d\"")]
    [InlineData("crypto.hmac.equal", "\"ab\", \"abc\"", "false")]
    public void Are_written_and_read(string name, string operands, string expected) =>
        Calling.Answers(name, operands, expected);

    [Theory]
    [InlineData("hex.decode", "\"fg\"", "eval_builtin_error: encoding/hex: invalid byte: U+0067 'g'")]
    [InlineData("hex.decode", "\"f\"", "eval_builtin_error: encoding/hex: odd length hex string")]
    [InlineData("base64.decode", "\"a$==\"", "eval_builtin_error: illegal base64 data at input byte 1")]
    [InlineData("urlquery.decode", "\"%zz\"", "eval_builtin_error: invalid URL escape \"%zz\"")]
    [InlineData(
        "json.unmarshal",
        "\"{\"",
        "eval_builtin_error: invalid JSON at line 1, column 2: expected a name in quotes, got the end of the text"
    )]
    [InlineData("json.unmarshal", "1", "eval_type_error: operand 1 must be string but got number")]
    public void Say_what_is_wrong_with_them(string name, string operands, string expected) =>
        Assert.Equal(expected, Calling.Show(name, operands));

    [Theory]
    [InlineData("10Ki", "10240")]
    [InlineData("100m", "0.1")]
    [InlineData("1M", "1000000")]
    [InlineData("-3.5E2m", "-0.35")]
    [InlineData("5E", "5000000000000000000")]
    [InlineData("1.1Ki", "1126.4")]
    [InlineData("0.00000000001", "0")]
    [InlineData("G", "eval_builtin_error: no amount provided")]
    [InlineData("1.2.3", "eval_builtin_error: could not parse amount to a number")]
    [InlineData("1 k", "eval_builtin_error: spaces not allowed in resource strings")]
    [InlineData("1x", "eval_builtin_error: unit x not recognized")]
    public void Quantities(string text, string expected) =>
        Assert.Equal(expected, Calling.Show("units.parse", $"`{text}`"));

    [Theory]
    [InlineData("1.1KiB", "1126")]
    [InlineData("200mb", "200000000")]
    [InlineData("10e10000000EiB", "eval_builtin_error: exponent too large")]
    [InlineData("GB", "eval_builtin_error: no byte amount provided")]
    [InlineData("1 kb", "eval_builtin_error: spaces not allowed in resource strings")]
    public void Bytes(string text, string expected) =>
        Assert.Equal(expected, Calling.Show("units.parse_bytes", $"`{text}`"));

    [Theory]
    [InlineData("1.0.0", "1.0.0+build", "0")]
    [InlineData("1.0.0-alpha", "1.0.0", "-1")]
    [InlineData("1.0.0-alpha.1", "1.0.0-alpha.beta", "-1")]
    [InlineData("1.0.0-beta.11", "1.0.0-beta.2", "1")]
    [InlineData("1.0.0-rc", "1.0.0-rc.1", "-1")]
    [InlineData("10.0.0", "9.99.99", "1")]
    [InlineData("1", "1.0.0", "eval_builtin_error: operand 1: string \"1\" is not a valid SemVer")]
    [InlineData("1.0.0", "01.0.0", "eval_builtin_error: operand 2: string \"01.0.0\" is not a valid SemVer")]
    public void Versions(string a, string b, string expected) =>
        Assert.Equal(expected, Calling.Show("semver.compare", $"`{a}`, `{b}`"));

    [Theory]
    [InlineData(
        "uri.parse",
        "\"http://[::1]:8080/path%2Fx?q=1#f\"",
        "{\"scheme\": \"http\", \"hostname\": \"::1\", \"port\": \"8080\", \"path\": \"/path/x\", \"raw_path\": \"/path%2Fx\", \"raw_query\": \"q=1\", \"fragment\": \"f\"}"
    )]
    [InlineData("uri.parse", "\"mailto:user@example.com\"", "{\"scheme\": \"mailto\"}")]
    [InlineData("uri.parse", "\"\"", "{}")]
    [InlineData("uri.is_valid", "\"http://a<b@example.com/\"", "false")]
    [InlineData("uri.is_valid", "\"http://foo]bar/\"", "true")]
    [InlineData(
        "uuid.parse",
        "\"urn:uuid:000003e8-48b9-21ee-b200-325096b39f47\"",
        "{\"version\": 2, \"variant\": \"RFC4122\", \"nodeid\": \"32-50-96-b3-9f-47\", \"macvariables\": \"local:unicast\", \"time\": 1693566990121469600, \"clocksequence\": 12800, \"domain\": \"Person\", \"id\": 1000}"
    )]
    [InlineData("uuid.parse", "\"123\"", "undefined")]
    public void Names(string name, string operands, string expected) => Calling.Answers(name, operands, expected);

    [Theory]
    [InlineData("http://exa%6dple.com/", "invalid URL escape \"%6d\"")]
    [InlineData("http://example.com:٣٤/", "invalid port \":٣٤\" after host")]
    [InlineData("http://[::1", "missing ']' in host")]
    [InlineData(":a", "missing protocol scheme")]
    [InlineData("a:b/c:d", null)]
    [InlineData("1:b", "first path segment in URL cannot contain colon")]
    public void A_URL_says_why_it_is_none(string text, string? expected) =>
        Assert.Equal(
            expected is null ? null : $"parse \"{text}\": {expected}",
            Calling.Call("uri.parse", $"`{text}`").Fault?.Message
        );

    [Fact]
    public void A_new_UUID_is_of_version_4()
    {
        var uuid = Calling.Show("uuid.rfc4122", "\"key\"");
        Assert.Equal("""{"variant": "RFC4122", "version": 4}""", Calling.Show("uuid.parse", uuid));
    }

    /// <remarks>OPA takes paths without a slash at their start, where RFC 6902 does not.</remarks>
    [Fact]
    public void Patches_of_the_JSON_Patch_suite()
    {
        var lines = File.ReadAllLines(Shared.Path("conformance/json-patch/cases.jsonl"));
        var wrong = lines
            .Select(line => Json.Parse(line))
            .Where(c => !c["comment"].Equals(Value.Of("invalid JSON Pointer token")))
            .Where(c => !c["comment"].Equals(Value.Of("duplicate ops")))
            .Where(c =>
            {
                var answer = Plumbline
                    .Rego.Builtins.BuiltinTable.All["json.patch"]
                    .Call(new CountingContext(), [c["doc"], c["patch"]]);
                var expected =
                    c["error"].IsDefined ? Value.Undefined
                    : c["expected"].IsDefined ? c["expected"]
                    : c["doc"];
                return !answer.Value.Equals(expected);
            })
            .Select(c => c["id"].ToString());
        Assert.Empty(wrong);
    }
}
