using System.Security.Cryptography;
using System.Text;
using Plumbline.Core.Frameworks;

namespace Plumbline.Core.Tests.Frameworks;

public sealed class Framework_file
{
    private static readonly HashSet<string> Known = ["first", "second"];

    [Fact]
    public void Of_soc_2_holds_the_whole_catalogue_and_the_rows_of_our_checks()
    {
        var framework = Soc2();

        Assert.Equal("soc2", framework.Id);
        Assert.Equal((81, 61), (framework.Requirements.Length, framework.Demands.Count()));
        Assert.Equal((75, 38), (framework.Mappings.Length, framework.Mappings.Count(m => m.Decides)));
        Assert.Equal(Framework.Paraphrase, framework.Text);
    }

    [Fact]
    public void Counts_nothing_that_is_withdrawn()
    {
        var framework = Read(
            """
            id: fw
            title: A framework
            publisher: Somebody
            text: public-domain
            license: US government work
            requirements:
              - {id: A, title: Heading}
              - {id: A.1, title: Demand, parent: A, coverage: full}
              - {id: A.2, title: Former demand, parent: A, withdrawn: see A.1}
              - {id: A.3, title: Demand, parent: A}
              - {id: A.4, title: Demand, parent: A}
              - {id: A.5, title: Demand, parent: A}
            mappings:
              - {requirement: A.1, check: first, primary: true, state: reviewed, by: Ines, on: 2026-11-24, source: own}
              - {requirement: A.3, check: first, primary: true, state: reviewed, by: Ines, on: 2026-11-24, source: own}
              - {requirement: A.3, check: second, primary: false, state: proposed, source: seed}
              - {requirement: A.4, check: second, primary: true, state: proposed, source: seed}
            """
        );

        Assert.Equal(["A.1", "A.3", "A.4", "A.5"], framework.Demands.Select(d => d.Id));
        Assert.Equal("see A.1", framework.Requirements[2].Withdrawn);
        Assert.Equal(
            new FrameworkCoverage
            {
                Total = 4,
                Full = 1,
                Partial = 1,
                Manual = 2,
                Related = 1,
                Headings = 1,
                Withdrawn = 1,
                DecidingChecks = 1,
                MappedChecks = 2,
            },
            FrameworkCoverage.Of(framework)
        );
    }

    [Fact]
    public void Is_named_by_the_digest_of_its_bytes()
    {
        var bytes = File.ReadAllBytes(Repository.Path("content/frameworks/soc2.yaml"));

        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}", Soc2().Digest);
    }

    [Fact]
    public void Says_what_a_requirement_and_a_row_say()
    {
        var framework = Read(
            """
            id: fw
            title: A framework
            publisher: Somebody
            text: public-domain
            license: US government work
            requirements:
              - {id: A, title: Heading}
              - {id: A.1, title: Demand, parent: A, level: low, coverage: full, methods: [examine, test], cadence: 90 d, retention: 7 y}
            mappings:
              - {requirement: A.1, check: first, primary: true, state: reviewed, by: Ines, on: 2026-11-24, source: own}
              - {requirement: A.1, check: second, primary: false, state: proposed, source: seed}
            """
        );

        var demand = framework.Demands.Single();
        Assert.Equal(("A.1", "A", "low", Coverage.Full), (demand.Id, demand.Parent, demand.Level, demand.Coverage));
        Assert.Equal(["examine", "test"], demand.Methods);
        Assert.Equal(("90 d", "7 y"), (demand.Cadence, demand.Retention));
        Assert.Equal(Framework.PublicDomain, framework.Text);
        Assert.Equal(
            [
                new MappingRow("A.1", "first", true, true)
                {
                    By = "Ines",
                    On = "2026-11-24",
                    Source = "own",
                },
                new MappingRow("A.1", "second", false, false) { Source = "seed" },
            ],
            framework.Mappings
        );
    }

    [Fact]
    public void Is_refused_with_all_that_is_wrong_with_it() =>
        Golden.Matches(
            "faults-of-a-framework.txt",
            Faults(
                """
                id: other
                titel: A framework
                publisher: 5
                text: copied
                license: ""
                requirements:
                  - {id: A, title: Heading}
                  - {id: A, title: Heading again}
                  - {id: A.1, title: Demand, parent: B}
                  - {id: A.2, title: Demand, coverage: most}
                  - {id: A.3, title: Demand, parent: A.4}
                  - {id: A.4, title: Demand, parent: A.3}
                  - {id: A.5, title: Demand, coverage: full}
                  - {id: A.6, title: Demand, coverage: manual}
                  - {id: A.7, title: Former demand, withdrawn: see A.6}
                  - {id: 7, titel: Demand}
                  - just a text
                mappings:
                  - {requirement: A.9, check: first, primary: true, state: reviewed, by: Ines, on: 2026-11-24, source: own}
                  - {requirement: A.1, check: third, primary: true, state: reviewed, by: Ines, on: 2026-11-24, source: own}
                  - {requirement: A.1, check: first, primary: true, state: proposed, source: own}
                  - {requirement: A.1, check: first, primary: true, state: reviewed, by: Ines, on: 2026-11-24, source: own}
                  - {requirement: A.2, check: first, primary: true, state: reviewed, source: own}
                  - {requirement: A.2, check: second, primary: true, state: reviewed, by: Ines, on: last week, source: own}
                  - {requirement: A.6, check: second, primary: true, state: reviewed, by: Ines, on: 2026-02-30, source: own}
                  - {requirement: A.7, check: second, primary: false, state: proposed, source: own}
                  - {requirement: A.3, check: second, primary: "true", state: checked, source: own}
                  - {requirement: A.4}
                """
            )
        );

    [Fact]
    public void Is_refused_where_it_says_nothing() =>
        Golden.Matches("faults-of-an-empty-framework.txt", Faults("{}\n"));

    [Theory]
    [InlineData("[]", "content/frameworks/fw.yaml:1:1: PLB-1003: expected a mapping, got a list\n")]
    [InlineData("", "content/frameworks/fw.yaml:1:1: PLB-1003: expected a mapping, got nothing\n")]
    public void Is_refused_where_it_is_no_mapping(string text, string fault) => Assert.Equal(fault, Faults(text));

    [Fact]
    public void Is_refused_where_it_is_no_yaml() =>
        Assert.StartsWith("content/frameworks/fw.yaml:2:", Faults("id: fw\nid: fw\n"));

    [Fact]
    public void Leaves_no_check_and_no_demand_without_being_listed()
    {
        var checks = Content.Checks;
        var soc2 = Soc2();
        var index = new MappingIndex([soc2], [.. checks, Estate.Check("orphan", "t/1")]);

        Assert.Equal(["orphan"], index.ChecksWithoutRequirement.Select(c => c.Id));
        Assert.Equal(["orphan"], index.ChecksWithoutRequirementIn(soc2).Select(c => c.Id));
        Assert.Equal(61 - 8, index.DemandsWithoutCheck(soc2).Count());
        Assert.Equal(["CC6.8", "CC6.1"], index.RequirementsOf("k8s-host-pid").Select(m => m.Row.Requirement));
        Assert.Equal("k8s-default-namespace", index.ChecksOf(soc2, "CC6.1").First().Check);
    }

    private static Framework Soc2()
    {
        var bytes = File.ReadAllBytes(Repository.Path("content/frameworks/soc2.yaml"));
        var checks = Content.Checks.Select(c => c.Id).ToHashSet();
        _ = FrameworkFile.TryRead("content/frameworks/soc2.yaml", bytes, checks, out var framework, out var faults);
        Assert.Empty(faults);
        return framework!;
    }

    private static Framework Read(string text)
    {
        _ = FrameworkFile.TryRead(
            "content/frameworks/fw.yaml",
            Encoding.UTF8.GetBytes(text),
            Known,
            out var framework,
            out var faults
        );
        Assert.Empty(faults);
        return framework!;
    }

    private static string Faults(string text)
    {
        Assert.False(
            FrameworkFile.TryRead(
                "content/frameworks/fw.yaml",
                Encoding.UTF8.GetBytes(text),
                Known,
                out var framework,
                out var faults
            )
        );
        Assert.Null(framework);
        return string.Concat(faults.Select(f => $"{f}\n"));
    }
}
