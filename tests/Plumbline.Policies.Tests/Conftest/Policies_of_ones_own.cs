using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Policies.Tests.Checks;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Conftest;

public sealed class Policies_of_ones_own : IDisposable
{
    private readonly PolicyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""deny contains "x" if input.bad""", """{"bad": true}""", Verdict.Fail, "x:Enforce")]
    [InlineData("""deny contains "x" if input.bad""", "{}", Verdict.Pass, "")]
    [InlineData("""deny_some_part contains "x" if input.bad""", """{"bad": true}""", Verdict.Fail, "x:Enforce")]
    [InlineData("""violation contains {"msg": "x"} if input.bad""", """{"bad": true}""", Verdict.Fail, "x:Enforce")]
    [InlineData("""violation := [{"msg": "x"}] if input.bad""", """{"bad": true}""", Verdict.Fail, "x:Enforce")]
    [InlineData("""violation := [{"msg": "x"}] if input.bad""", "{}", Verdict.Pass, "")]
    [InlineData("""warn contains "x" if input.bad""", """{"bad": true}""", Verdict.Fail, "x:Warn")]
    [InlineData("""deny := "x" if input.bad""", """{"bad": true}""", Verdict.Fail, "x:Enforce")]
    [InlineData("""deny contains 7 if input.bad""", """{"bad": true}""", Verdict.Fail, "7:Enforce")]
    public void Decide_by_the_names_of_their_rules(string rule, string document, Verdict verdict, string parts)
    {
        var finding = Judge(rule, Things.Resource(document));

        Assert.Equal(verdict, finding.Verdict);
        Assert.Equal(parts, string.Join(' ', finding.Parts.Select(p => $"{p.Message}:{p.Enforcement}")));
    }

    [Theory]
    [InlineData("""deny[x] := 1 if some x in ["x"]""", "expected `main.deny` to be a set or list of messages, got object")]
    [InlineData("""deny := 1 if input.bad""", "expected `main.deny` to be a set or list of messages, got number")]
    [InlineData("""deny contains "x" if to_number(parse_config_file("a.yaml")) > 1""", "one that reads files of its own")]
    public void Are_unknown_where_nobody_can_tell_what_they_say(string rule, string cause)
    {
        var finding = Judge(rule, Things.Resource("""{"bad": true}"""));

        Assert.Equal((Verdict.Unknown, UnknownCause.Error), (finding.Verdict, finding.Cause));
        Assert.Contains(cause, finding.Causes[0]);
    }

    [Fact]
    public void Name_a_part_by_its_key_or_place_and_else_by_the_message()
    {
        var finding = Judge(
            """
            deny contains {"msg": "a", "key": "k"} if true
            deny contains {"msg": "b", "place": "/x/y"} if true
            deny contains "c" if true
            """,
            Things.Resource("""{"x": {"y": 1}}""")
        );

        Assert.Equal(
            [
                "/x/y",
                "k",
                "rule:main.deny/sha256:2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6",
            ],
            finding.Parts.Select(p => p.Key)
        );
    }

    [Theory]
    [InlineData("""{"name": "legacy"}""", Verdict.Pass)]
    [InlineData("""{"name": "web"}""", Verdict.Fail)]
    public void Are_taken_back_by_an_exception_that_names_the_rule(string document, Verdict verdict) =>
        Assert.Equal(verdict, Judge(WithException, Things.Resource(document)).Verdict);

    /// <summary>Every way in which the two documents of the policy may be told or not: what is certain holds in each completion.</summary>
    [Fact]
    public void Never_contradict_what_would_come_if_all_were_told()
    {
        const string Rules = """
            deny_a contains "x" if input.bad == true
            exception contains ["a"] if input.excused == true
            """;
        Value untold = Value.Of(new Unknown { Cause = "var.x", Present = true });
        Value[] told = [Value.True, Value.False];
        using var folder = new PolicyFolder().File("policy/p.rego", $"package main\n\nimport rego.v1\n\n{Rules}\n");
        var policies = folder.Load();
        foreach (var (bad, excused) in from b in told.Append(untold) from e in told.Append(untold) select (b, e))
        {
            var verdict = Of(bad, excused);
            var completions =
                from b in bad.IsUnknown ? told : [bad]
                from e in excused.IsUnknown ? told : [excused]
                select Of(b, e);
            Assert.Equal(completions.Distinct().ToList() is [var only] ? only : Verdict.Unknown, verdict);
        }

        Verdict Of(Value bad, Value excused)
        {
            var document = new ObjectBuilder { ["bad"] = bad, ["excused"] = excused }.ToValue();
            var resource = Core.Resources.Resource.Of(
                Core.Resources.ResourceKey.Of("repo:example.com/shop//a", "file/json", "it"),
                Core.Resources.Basis.Declared,
                document,
                Core.Resources.Observation.None
            );
            return policies.Judge("data.main", resource).Verdict;
        }
    }

    [Fact]
    public void Read_data_and_know_what_they_are_asked_about()
    {
        _folder
            .File("data/a.yaml", "allowed: {names: [web]}\n")
            .File("data/deep/b.json", """{"allowed": {"kinds": ["Pod"]}}""");

        var finding = Judge(
            """
            deny contains sprintf("%v %v %v", [data.allowed.names, data.allowed.kinds, data.plumb.self.type]) if true
            """,
            Things.Resource("{}")
        );

        Assert.Equal("""["web"] ["Pod"] file/json""", finding.Parts[0].Message);
    }

    [Fact]
    public void Get_an_object_of_Kubernetes_in_a_review_where_they_read_one()
    {
        const string Rules = """
            import data.lib

            deny contains sprintf("%s %s", [lib.kind, input.review.object.metadata.name]) if true
            """;
        _folder.File("policy/lib.rego", "package lib\n\nkind := input.request.kind.kind\n");
        var policies = Load(Rules);
        var check = policies.Instances.Single().Check;

        Assert.Equal(["k8s/*"], check.Resources);
        var pod = """{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}}""";
        Assert.Equal("Pod web", policies.Judge("data.main", Things.Resource(pod, type: "k8s//Pod")).Parts[0].Message);
        var review = """{"review": {"object": {"metadata": {"name": "own"}}}, "request": {"kind": {"kind": "Job"}}}""";
        Assert.Equal("Job own", policies.Judge("data.main", Things.Resource(review)).Parts[0].Message);
    }

    [Fact]
    public void Are_checks_that_say_of_themselves_what_annotations_say()
    {
        _folder
            .File(
                "policy/a.rego",
                """
                # METADATA
                # title: Pods are small
                # description: Large ones starve the others.
                # custom: {severity: medium, fix: {text: Shrink them.}}
                package team.pods

                deny contains "x" if input.bad
                """
            )
            .File("policy/b.rego", "package plain\n\nwarn contains \"x\" if input.bad\n")
            .File(
                "policy/c.rego",
                """
                package rules

                # METADATA
                # custom: {impact: 0.2}
                deny contains "x" if input.bad

                # METADATA
                # custom: {impact: critical}
                deny_more contains "x" if input.bad
                """
            )
            .File("policy/lib.rego", "package lib\n\nhelps if true\n");

        var checks = _folder.Load().Instances.Select(i => i.Check).ToList();

        Assert.Equal(["data.plain", "data.rules", "data.team.pods"], checks.Select(c => c.Id));
        Assert.Equal(
            [Severity.High, Severity.Critical, Severity.Medium],
            checks.Select(c => c.Impact.Severity)
        );
        Assert.Equal("Policies of package plain", checks[0].Title);
        Assert.Equal(
            ("Pods are small", "Large ones starve the others.", "Shrink them."),
            (checks[2].Title, checks[2].Description, checks[2].Fix)
        );
        Assert.All(checks, c => Assert.Equal(["*"], c.Resources));
    }

    [Fact]
    public void Are_read_in_the_older_syntax_too()
    {
        var policies = _folder.File("policy/old.rego", "package main\n\ndeny[msg] { input.bad; msg := \"x\" }\n").Load();

        Assert.Equal(Verdict.Fail, policies.Judge("data.main", Things.Resource("""{"bad": true}""")).Verdict);
    }

    [Fact]
    public void Are_in_the_evidence_with_their_data_by_names_that_hold_no_path_of_this_machine()
    {
        _folder.File("data/a.yaml", "a: 1\n").File("policy/deep/more.rego", "package lib\n\nx := 1\n");

        var policies = Load("""deny contains "x" if input.bad""");

        Assert.Equal(["data:data/a.yaml", "policies/policy/deep/more.rego", "policies/policy/p.rego"], policies.Digests.Keys);
        Assert.All(policies.Digests.Values, d => Assert.Matches("^sha256:[0-9a-f]{64}$", d));
    }

    [Fact]
    public void Do_not_load_with_any_fault_and_tell_all_of_them()
    {
        _folder
            .File("policy/a.rego", "package a\n\ndeny contains \"x\" if {\n\tinput.a ==\n}\n")
            .File("policy/b.rego", "package b\n\ndeny contains x if true\n")
            .File("data/list.yaml", "- 1\n")
            .File("data/no.json", "{");

        var faults = _folder.Faults();

        Assert.Contains(faults, f => f.StartsWith("data/list.yaml: ", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.StartsWith("data/no.json:1:", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.StartsWith("policy/a.rego:5:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("deny[\"x\"] if input.bad", "expected `deny` to be a set of messages, got a rule that is only true")]
    [InlineData("deny if input.bad", "expected `deny` to be a set of messages, got a rule that is only true")]
    [InlineData("allow if input.good", "policy: PLB-1002: expected a rule `deny`, `violation` or `warn`, found none")]
    public void Do_not_load_where_they_can_say_nothing(string rules, string fault) =>
        Assert.Contains(_folder.File("policy/p.rego", $"package main\n\n{rules}\n").Faults(), f => f.Contains(fault));

    [Theory]
    [InlineData("mian", "mian: PLB-1005: there is no such package: did you mean `main`?")]
    [InlineData("lib", "lib: PLB-1005: its package has no rule `deny`, `violation` or `warn`")]
    [InlineData("x*", "x*: PLB-1005: there is no such package")]
    public void Do_not_load_where_a_package_is_asked_for_that_cannot_answer(string package, string fault)
    {
        _folder
            .File("policy/p.rego", "package main\n\ndeny contains \"x\" if input.bad\n")
            .File("policy/lib.rego", "package lib\n\nhelps if true\n");

        Assert.Equal([fault], _folder.Faults(package));
    }

    [Fact]
    public void Keep_data_out_of_the_place_that_says_what_they_are_asked_about()
    {
        _folder.File("data/a.yaml", "plumb: {self: {type: forged}}\n");
        _folder.File("policy/p.rego", "package main\n\ndeny contains \"x\" if input.bad\n");

        Assert.Contains("PLB-1004", Assert.Single(_folder.Faults()));
    }

    private const string WithException = """
        deny_root contains "x" if true
        exception contains ["other", "root"] if input.name == "legacy"
        """;

    private Plumbline.Policies.Conftest.ForeignPolicies Load(string rules) =>
        _folder.File("policy/p.rego", $"package main\n\nimport rego.v1\n\n{rules}\n").Load("main");

    private Finding Judge(string rules, Core.Resources.Resource resource) => Load(rules).Judge("data.main", resource);
}
