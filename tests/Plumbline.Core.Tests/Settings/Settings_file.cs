using System.Text;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Settings;

namespace Plumbline.Core.Tests.Settings;

public sealed class Settings_file
{
    [Fact]
    public void Says_what_a_repository_wants()
    {
        var settings = Read(
            """
            version: 1
            name: github.com/acme/shop
            targets: [deploy, charts/out]
            frameworks: [soc2]
            checks: {include: [a, b], exclude: [c]}
            gate: {failOn: critical, audit: true, unknown: fail}
            reports: [cli, "json:plumb.json"]
            store: .evidence
            """
        );

        Assert.Equal("github.com/acme/shop", settings.Name);
        Assert.Equal(["deploy", "charts/out"], settings.Targets);
        Assert.Equal(["soc2"], settings.Frameworks);
        Assert.Equal(["a", "b"], settings.IncludedChecks);
        Assert.Equal(["c"], settings.ExcludedChecks);
        Assert.Equal(new FailOn(Severity.Critical), settings.Gate.FailOn);
        Assert.True(settings.Gate.Audit);
        Assert.Equal(UnknownHandling.Fail, settings.Gate.Unknown);
        Assert.Equal(["cli", "json:plumb.json"], settings.Reports);
        Assert.Equal(".evidence", settings.Store);
    }

    [Theory]
    [InlineData("version: 1")]
    [InlineData("targets:\ngate: {}\n")]
    public void That_says_nothing_wants_nothing(string text)
    {
        var settings = Read(text);

        Assert.Empty(settings.Targets);
        Assert.Null(settings.Gate.FailOn);
        Assert.Null(settings.Store);
    }

    [Fact]
    public void May_let_nothing_fail_the_gate() =>
        Assert.Equal(new FailOn(null), Read("gate: {failOn: none}").Gate.FailOn);

    [Theory]
    [InlineData("frameworx: []", "plumbline.yaml:1:1: PLB-1001", "did you mean `frameworks`?")]
    [InlineData("gate: {fail_on: low}", "plumbline.yaml:1:8: PLB-1001", "did you mean `failOn`?")]
    [InlineData("version: 2", "plumbline.yaml:1:1: PLB-1003", "expected `1`")]
    [InlineData("parameters: {}", "plumbline.yaml:1:1: PLB-1008", "not supported by this version")]
    [InlineData("gate: {changed: true}", "plumbline.yaml:1:8: PLB-1008", "not supported by this version")]
    [InlineData("gate: {claims: honor}", "plumbline.yaml:1:8: PLB-1003", "expected one of `report`, `honour`")]
    [InlineData("waivers: ''", "plumbline.yaml:1:1: PLB-1003", "expected a file under `waivers`")]
    [InlineData("boundary: {out: [{match: x}]}", "plumbline.yaml:1:18: PLB-1002", "expected the key `reason`")]
    [InlineData("inventory: [{type: k8s//Pod}]", "plumbline.yaml:1:13: PLB-1002", "expected the key `names`")]
    [InlineData("approvers: {highest: []}", "plumbline.yaml:1:13: PLB-1001", "expected one of `critical`")]
    [InlineData("approvers: {high: [ada]}", "plumbline.yaml:1:13: PLB-1003", "expected `TYPE BASE64 COMMENT`")]
    [InlineData("targets: deploy", "plumbline.yaml:1:1: PLB-1003", "expected a list")]
    [InlineData("targets: [a, a]", "plumbline.yaml:1:14: PLB-1004", "twice")]
    [InlineData("name: a//b", "plumbline.yaml:1:1: PLB-1003", "expected a name")]
    [InlineData("name: a/", "plumbline.yaml:1:1: PLB-1003", "expected a name")]
    [InlineData("name: ''", "plumbline.yaml:1:1: PLB-1003", "expected a name")]
    [InlineData("store: ''", "plumbline.yaml:1:1: PLB-1003", "expected a folder")]
    [InlineData("store: \"a\\0\"", "plumbline.yaml:1:1: PLB-1003", "expected a folder")]
    [InlineData("targets: [\"a\\0\"]", "plumbline.yaml:1:1: PLB-1003", "expected a path")]
    [InlineData("- version", "plumbline.yaml:1:1: PLB-1003", "expected a mapping")]
    [InlineData("a: [", "PLB-2002", "")]
    public void Is_refused_with_place_and_code(string text, string head, string message)
    {
        Assert.False(
            SettingsFile.TryRead(SettingsFile.Name, Encoding.UTF8.GetBytes(text), out var settings, out var faults)
        );

        Assert.Null(settings);
        var fault = Assert.Single(faults);
        Assert.Contains(head, fault.ToString());
        Assert.Contains(message, fault.Message);
    }

    private static ProjectSettings Read(string text)
    {
        var isRead = SettingsFile.TryRead(
            SettingsFile.Name,
            Encoding.UTF8.GetBytes(text),
            out var settings,
            out var faults
        );
        Assert.True(isRead, string.Join('\n', faults));
        return settings!;
    }
}
