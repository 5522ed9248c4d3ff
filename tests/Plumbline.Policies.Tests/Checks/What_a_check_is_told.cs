using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Policies.Tests.Checks;

/// <summary><c>input</c>, <c>data.plumb.self</c>, <c>.params</c> and <c>.of</c> (CONTRACTS §1).</summary>
public sealed class What_a_check_is_told
{
    private const string Here = "k8s:11aa/shop";

    /// <summary>Fails where no policy in the scope covers the resource's label.</summary>
    private const string Covered = """
        deny contains {"msg": "no policy covers it", "key": "policy"} if not covered

        covered if {
        	some policy in data.plumb.of["k8s/networking.k8s.io/NetworkPolicy"]
        	policy.covers == input.label
        }
        """;

    private static readonly Resource Thing = Things.Resource("""{"label": "web"}""", Here);

    [Fact]
    public async Task Is_where_its_document_comes_from()
    {
        var self = await ToldAsync(
            "data.plumb.self",
            Resource.Of(
                ResourceKey.Of("k8s:11aa/shop", "file/json", "web"),
                Basis.Effective,
                Json.Parse("""{"a": 1}"""),
                Observation.None,
                ImmutableSortedDictionary.Create<string, string>(Ordinal.Comparer).Add("/data/key", "secret")
            )
        );
        Assert.Equal(
            """{"basis":"effective","key":"k8s:11aa/shop|file/json|web","realm":"k8s:11aa/shop","redacted":{"/data/key":"secret"},"tags":{},"type":"file/json"}""",
            self
        );
    }

    [Theory]
    [InlineData(Basis.Declared, "declared")]
    [InlineData(Basis.Planned, "planned")]
    [InlineData(Basis.Effective, "effective")]
    public async Task Is_what_absence_means(Basis basis, string word)
    {
        var key = ResourceKey.Of(Here, "file/json", "web");
        var told = await ToldAsync(
            "data.plumb.self.basis",
            Resource.Of(key, basis, Value.EmptyObject, Observation.None)
        );
        Assert.Equal($"\"{word}\"", told);
    }

    [Fact]
    public async Task Is_its_document_bare() => Assert.Equal("""{"label":"web"}""", await ToldAsync("input", Thing));

    [Fact]
    public async Task Is_the_clock_of_the_run() =>
        Assert.Equal("1795521600000000000", await ToldAsync("time.now_ns()", Thing));

    [Fact]
    public async Task Is_no_one_else_where_it_needs_none() =>
        Assert.Equal("{}", await ToldAsync("data.plumb.of", Thing));

    [Fact]
    public async Task Are_the_defaults_of_its_parameters()
    {
        using var library = Limited();
        var checks = await library.LoadAsync();
        Assert.Equal(Verdict.Pass, checks.Judge("limited", Things.Resource("""{"n": 3}""")).Verdict);
        Assert.Equal(Verdict.Fail, checks.Judge("limited", Things.Resource("""{"n": 4}""")).Verdict);
    }

    [Fact]
    public async Task Are_the_parameters_of_its_instance()
    {
        using var library = Limited();
        var checks = await library.LoadAsync();
        var resource = Things.Resource("""{"n": 4}""");
        var strict = checks.Instances[0] with { Name = "lenient", Parameters = Json.Parse("""{"most": 9}""") };
        var finding = checks.Evaluate(
            strict,
            resource,
            Things.Scope([resource]),
            TestContext.Current.CancellationToken
        );
        Assert.Equal((Verdict.Pass, "lenient"), (finding.Verdict, finding.Instance.Name));
    }

    [Fact]
    public async Task Are_the_others_that_it_needs()
    {
        Assert.Equal(Verdict.Fail, await CoveredAsync());
        Assert.Equal(Verdict.Pass, await CoveredAsync(Policy(Here)));
    }

    [Theory]
    [InlineData("k8s:11aa/other", Verdict.Pass)] // another namespace of the cluster
    [InlineData("k8s:11aa", Verdict.Pass)]
    [InlineData("k8s:22bb/shop", Verdict.Fail)] // another cluster
    [InlineData("host:web-1", Verdict.Fail)]
    public async Task Are_the_others_of_its_scope(string realm, Verdict verdict) =>
        Assert.Equal(verdict, await CoveredAsync(Policy(realm)));

    [Theory]
    [InlineData("repo:example.com/shop//a;k8s/-", "repo:example.com/shop//b;k8s/x", true)]
    [InlineData("repo:example.com/shop//a", "repo:example.com/shop2//a", false)]
    [InlineData("aws:aws:111122223333:eu-west-1", "aws:aws:111122223333", true)]
    [InlineData("aws:aws:111122223333:eu-west-1", "aws:aws:111122223333:us-east-1", true)]
    [InlineData("aws:aws:111122223333", "aws:aws:444455556666", false)]
    [InlineData("host:web-1", "host:web-1", true)]
    [InlineData("host:web-1", "host:web-2", false)]
    public async Task Is_a_scope_as_wide_as_the_kind_of_realm_says(string realm, string other, bool isOne)
    {
        var thing = Things.Resource("""{"label": "web"}""", realm);
        using var library = Needing();
        var verdict = (await library.LoadAsync()).Judge("covered", thing, Things.Scope([thing, Policy(other)])).Verdict;
        Assert.Equal(isOne ? Verdict.Pass : Verdict.Fail, verdict);
    }

    /// <summary>Ten thousand others take 160,000 bytes to gather: a thousand resources that gathered them each would show.</summary>
    [Fact]
    public void Are_gathered_once_for_all_who_are_told()
    {
        var scope = Things.Scope([.. Enumerable.Range(0, 10_000).Select(_ => Policy("k8s:11aa/other"))]);
        Around();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(10_000, Around());
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        int Around() => scope.Around(Here, "k8s/networking.k8s.io/NetworkPolicy").Count;
    }

    [Theory]
    [InlineData("k8s/networking.k8s.io/NetworkPolicy", Here)]
    [InlineData("k8s/networking.k8s.io/NetworkPolicy", "k8s:11aa/other")]
    [InlineData("k8s/*", "k8s:11aa")]
    [InlineData("*", "")]
    public async Task Is_that_there_may_be_others_behind_a_gap(string type, string realm)
    {
        using var library = Needing();
        var checks = await library.LoadAsync();
        var finding = checks.Judge("covered", Thing, Things.Scope([Thing], GapOf(type, realm)));
        Assert.Equal((Verdict.Unknown, UnknownCause.Gap), (finding.Verdict, finding.Cause));
        Assert.Contains("gap: list policies", finding.Causes);

        var covered = checks.Judge("covered", Thing, Things.Scope([Thing, Policy(Here)], GapOf(type, realm)));
        Assert.Equal(Verdict.Pass, covered.Verdict);
    }

    [Theory]
    [InlineData("k8s//Pod", Here)]
    [InlineData("k8s/networking.k8s.io/NetworkPolicy", "k8s:22bb/shop")]
    public async Task Is_nothing_of_a_gap_elsewhere(string type, string realm)
    {
        using var library = Needing();
        var finding = (await library.LoadAsync()).Judge("covered", Thing, Things.Scope([Thing], GapOf(type, realm)));
        Assert.Equal(Verdict.Fail, finding.Verdict);
    }

    [Fact]
    public async Task Can_be_written_in_its_cases()
    {
        using var library = Needing()
            .File(
                "checks/area/covered.cases.yaml",
                """
                - name: nothing covers it
                  document: {label: web}
                  expect: fail
                - name: a policy covers it
                  document: {label: web}
                  of: {k8s/networking.k8s.io/NetworkPolicy: [{covers: web}]}
                  expect: pass
                """
            )
            .Check("limited", MostRule, MostParameter)
            .File(
                "checks/area/limited.cases.yaml",
                """
                - name: more than the default
                  document: {n: 4}
                  expect: fail
                - name: no more than is allowed
                  document: {n: 4}
                  params: {most: 4}
                  expect: pass
                """
            );
        var checks = await library.LoadAsync();
        Assert.All(CheckCase.All(library.Path), test => Assert.Null(test.Refute(checks)));
        Assert.Equal(4, CheckCase.All(library.Path).Count());
    }

    private const string MostRule = "deny contains \"too many\" if input.n > data.plumb.params.most";

    private const string MostParameter =
        "parameters: {most: {type: integer, default: 3, minimum: 1, description: How many}}";

    private static LibraryFolder Limited() => new LibraryFolder().Check("limited", MostRule, MostParameter);

    private static LibraryFolder Needing() =>
        new LibraryFolder().Check("covered", Covered, "needs: [k8s/networking.k8s.io/NetworkPolicy]");

    private static Resource Policy(string realm) =>
        Things.Resource("""{"covers": "web"}""", realm, "k8s/networking.k8s.io/NetworkPolicy", "policy");

    private static Gap GapOf(string type, string realm) =>
        new("list policies", "", "refused") { Code = "PLB-3000", Affects = [new GapScope(type, realm)] };

    private static async Task<Verdict> CoveredAsync(params ImmutableArray<Resource> others)
    {
        using var library = Needing();
        return (await library.LoadAsync()).Judge("covered", Thing, Things.Scope([Thing, .. others])).Verdict;
    }

    /// <summary>What an expression comes to inside a check, as canonical JSON.</summary>
    private static async Task<string> ToldAsync(string expression, Resource resource)
    {
        using var library = new LibraryFolder().Check("told", $"deny contains json.marshal({expression})");
        var finding = (await library.LoadAsync()).Judge("told", resource);
        return Jcs.ToText(Json.Parse(Assert.Single(finding.Parts).Message));
    }
}
