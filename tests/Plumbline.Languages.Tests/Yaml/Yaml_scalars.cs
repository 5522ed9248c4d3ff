using Plumbline.Languages.Yaml;

namespace Plumbline.Languages.Tests.Yaml;

public sealed class Yaml_scalars
{
    [Theory]
    // YAML 1.2, section 10.3.2
    [InlineData("null", "null")]
    [InlineData("Null", "null")]
    [InlineData("NULL", "null")]
    [InlineData("~", "null")]
    [InlineData("nULL", "\"nULL\"")]
    [InlineData("true", "true")]
    [InlineData("True", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("tRUE", "\"tRUE\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("n", "\"n\"")]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("+12", "12")]
    [InlineData("-19", "-19")]
    [InlineData("0400", "400")]
    [InlineData("0o7", "7")]
    [InlineData("0o8", "\"0o8\"")]
    [InlineData("-0o7", "\"-0o7\"")]
    [InlineData("0x3A", "58")]
    [InlineData("0xg", "\"0xg\"")]
    [InlineData("0b11", "\"0b11\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2026-01-31", "\"2026-01-31\"")]
    [InlineData("1.50", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("1.", "1")]
    [InlineData("12e03", "12000")]
    [InlineData("-2E+05", "-200000")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData(".", "\".\"")]
    [InlineData("-", "[null]")]
    [InlineData("+", "\"+\"")]
    [InlineData("'1'", "\"1\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("|\n  1", "\"1\"")]
    [InlineData("!!str 1", "\"1\"")]
    [InlineData("!!str", "\"\"")]
    [InlineData("!!int '1'", "1")]
    [InlineData("!!float 1", "1")]
    [InlineData("!!null ''", "null")]
    [InlineData("!!bool \"true\"", "true")]
    public void Of_the_core_schema_have_its_kinds(string scalar, string json) =>
        Assert.Equal(json, Reading.Json(scalar));

    [Theory]
    // sigs.k8s.io/yaml: goyaml.v2/resolve.go and Go's strconv with base 0
    [InlineData("yes", "true")]
    [InlineData("Yes", "true")]
    [InlineData("YES", "true")]
    [InlineData("yEs", "\"yEs\"")]
    [InlineData("on", "true")]
    [InlineData("y", "true")]
    [InlineData("Y", "true")]
    [InlineData("no", "false")]
    [InlineData("Off", "false")]
    [InlineData("N", "false")]
    [InlineData("true", "true")]
    [InlineData("~", "null")]
    [InlineData("0400", "256")]
    [InlineData("0644", "420")]
    [InlineData("-0400", "-256")]
    [InlineData("0o400", "256")]
    [InlineData("0O400", "256")]
    [InlineData("0400_0", "2048")]
    [InlineData("0800", "800")] // no octal digits: a float
    [InlineData("08", "8")]
    [InlineData("0", "0")]
    [InlineData("0x1F", "31")]
    [InlineData("0X1f", "31")]
    [InlineData("-0x1F", "-31")]
    [InlineData("0b11", "3")]
    [InlineData("-0b11", "-3")]
    [InlineData("0b12", "\"0b12\"")]
    [InlineData("1_000", "1000")]
    [InlineData("1__0", "10")]
    [InlineData("_1", "\"_1\"")]
    [InlineData("-_1", "-1")]
    [InlineData("1_0.5_0", "10.5")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("18446744073709551616", "18446744073709552000")] // the nearest double
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("1:30:00", "\"1:30:00\"")]
    [InlineData("2026-01-31", "\"2026-01-31\"")]
    [InlineData("2026-01-31T10:00:00Z", "\"2026-01-31T10:00:00Z\"")]
    [InlineData("1e3", "1000")]
    [InlineData("1e999", "\"1e999\"")]
    [InlineData(".5", "0.5")]
    [InlineData("._5", "\"._5\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("10m", "\"10m\"")]
    [InlineData("1Gi", "\"1Gi\"")]
    [InlineData("'yes'", "\"yes\"")]
    [InlineData("!!bool yes", "true")]
    [InlineData("!!str 0400", "\"0400\"")]
    public void Of_manifests_are_what_clients_of_Kubernetes_read(string scalar, string json) =>
        Assert.Equal(json, Reading.Json(scalar, YamlOptions.Kubernetes));

    [Theory]
    [InlineData(".inf")]
    [InlineData("-.Inf")]
    [InlineData("+.INF")]
    [InlineData(".NaN")]
    [InlineData("!!int foo")]
    [InlineData("!!int 1.5")]
    [InlineData("!!bool 1")]
    [InlineData("!!null x")]
    public void That_JSON_cannot_hold_or_that_deny_their_tag_are_faults(string scalar)
    {
        Assert.Equal(TextFaults.NotJson, Reading.Fault(scalar).Code);
        Assert.Equal(TextFaults.NotJson, Reading.Fault(scalar, YamlOptions.Kubernetes).Code);
    }

    [Fact]
    public void Of_more_digits_than_a_number_may_have_are_faults()
    {
        foreach (
            var text in new[] { new string('9', 1_001), "0x" + new string('f', 1_001), "1." + new string('1', 1_001) }
        )
        {
            Assert.Equal(TextFaults.NotJson, Reading.Fault(text).Code);
        }
    }

    [Theory]
    [InlineData("1: a", "{\"1\":\"a\"}", "{\"1\":\"a\"}")]
    [InlineData("010: a", "{\"010\":\"a\"}", "{\"8\":\"a\"}")]
    [InlineData("1.10: a", "{\"1.10\":\"a\"}", "{\"1.1\":\"a\"}")]
    [InlineData("1234567.5: a", "{\"1234567.5\":\"a\"}", "{\"1.2345675e+06\":\"a\"}")]
    [InlineData("0.00001: a", "{\"0.00001\":\"a\"}", "{\"1e-05\":\"a\"}")]
    [InlineData("true: a", "{\"true\":\"a\"}", "{\"true\":\"a\"}")]
    [InlineData("on: a", "{\"on\":\"a\"}", "{\"true\":\"a\"}")]
    [InlineData("'on': a", "{\"on\":\"a\"}", "{\"on\":\"a\"}")]
    public void As_keys_become_strings(string text, string core, string kubernetes)
    {
        Assert.Equal(core, Reading.Json(text));
        Assert.Equal(kubernetes, Reading.Json(text, YamlOptions.Kubernetes));
    }

    [Theory]
    [InlineData("~: a")]
    [InlineData(": a")]
    [InlineData("[a]: b")]
    [InlineData("? {a: b}\n: c")]
    [InlineData("x: &x [1]\n*x : b")]
    public void That_are_no_strings_in_any_way_are_no_keys(string text) =>
        Assert.Equal(TextFaults.NotJson, Reading.Fault(text).Code);
}
