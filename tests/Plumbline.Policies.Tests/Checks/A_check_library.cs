namespace Plumbline.Policies.Tests.Checks;

/// <summary>A folder of checks that is wrong does not load, and says everything that is wrong with it.</summary>
public sealed class A_check_library
{
    private const string Deny = "deny contains {\"msg\": \"no\", \"key\": \"it\"} if input.off == true";

    [Fact]
    public async Task Loads_its_checks_in_the_order_of_their_ids()
    {
        using var library = new LibraryFolder()
            .Check("b", Deny)
            .Check("a", "warn contains \"no\" if input.off == true");
        var checks = await library.LoadAsync();
        Assert.Equal(["a", "b"], checks.Instances.Select(i => i.Check.Id));
        Assert.Equal("checks/area/a.rego", checks.Instances[0].Check.File);
    }

    [Fact]
    public async Task Names_everything_that_verdicts_depend_on()
    {
        using var library = new LibraryFolder()
            .Check("a", Deny)
            .File("lib/area.rego", "package lib.area\n\nx := 1\n")
            .File("keys.yaml", "version: 1\nlists: {}\n")
            .File("README.md", "not asked\n");
        var before = (await library.LoadAsync()).Digests;
        Assert.Equal(["checks/area/a.rego", "keys.yaml", "lib/area.rego"], before.Keys);

        var after = (await library.File("lib/area.rego", "package lib.area\n\nx := 2\n").LoadAsync()).Digests;
        Assert.Equal(["lib/area.rego"], after.Keys.Where(name => after[name] != before[name]));
    }

    [Fact]
    public async Task Without_checks_is_none()
    {
        using var library = new LibraryFolder().File("lib/area.rego", "package lib.area\n");
        Assert.Equal([".: PLB-1002: expected checks in `checks/**/*.rego`, found none"], await library.FaultsAsync());
    }

    [Fact]
    public async Task Wants_metadata_over_every_package()
    {
        using var library = new LibraryFolder().File("checks/area/a.rego", $"\npackage checks.area.a\n\n{Deny}\n");
        Assert.Equal(
            ["checks/area/a.rego:2:1: PLB-1002: expected a `# METADATA` block over the package, found none"],
            await library.FaultsAsync()
        );
    }

    [Fact]
    public async Task Wants_all_of_the_metadata()
    {
        using var library = new LibraryFolder().File(
            "checks/area/a.rego",
            $"# METADATA\n# title: A thing\n# custom:\n#   impact: huge\npackage checks.area.a\n\n{Deny}\n"
        );
        var faults = (await library.FaultsAsync()).ToList();
        Assert.Contains(
            faults,
            f =>
                f.StartsWith(
                    "checks/area/a.rego:4:5: PLB-1003: expected a number from 0 to 1",
                    StringComparison.Ordinal
                )
        );
        Assert.All(
            ["resources", "family", "rationale", "fix", "revision"],
            field => Assert.Contains(faults, f => f.Contains("PLB-1002") && f.Contains($"`{field}`"))
        );
    }

    [Theory]
    [InlineData(
        "checks.area.b",
        "expected `package checks.area.a`, as folder and file are called, got `checks.area.b`"
    )]
    [InlineData(
        "checks.other.a",
        "expected `package checks.area.a`, as folder and file are called, got `checks.other.a`"
    )]
    [InlineData("area.a", "expected a package in `checks`, got `area.a`")]
    [InlineData("lib.area.a", "expected a package in `checks`, got `lib.area.a`")]
    public async Task Wants_the_package_that_the_file_name_says(string package, string fault)
    {
        using var library = new LibraryFolder().File(
            "checks/area/a.rego",
            $"{LibraryFolder.Metadata()}package {package}\n\n{Deny}\n"
        );
        Assert.Equal([$"checks/area/a.rego:11:1: PLB-1007: {fault}"], await library.FaultsAsync());
    }

    [Fact]
    public async Task Keeps_helpers_out_of_the_packages_of_checks()
    {
        using var library = new LibraryFolder().Check("a", Deny).File("lib/x.rego", "package checks.area.x\n");
        Assert.Equal(
            ["lib/x.rego:1:1: PLB-1007: expected a package in `lib`, got `checks.area.x`"],
            await library.FaultsAsync()
        );
    }

    [Fact]
    public async Task Refuses_ids_that_people_could_not_tell_apart()
    {
        using var library = new LibraryFolder().Check("a-b", Deny).Check("a_b", Deny);
        Assert.Equal(
            [
                "checks/area/a_b.rego:11:1: PLB-1004: expected a name of its own for `a_b`, got one of checks/area/a-b.rego",
            ],
            await library.FaultsAsync()
        );
    }

    [Fact]
    public async Task Refuses_an_id_of_two_areas()
    {
        using var library = new LibraryFolder()
            .Check("a", Deny)
            .File("checks/other/a.rego", $"{LibraryFolder.Metadata()}package checks.other.a\n\n{Deny}\n");
        Assert.Equal(
            ["checks/other/a.rego:11:1: PLB-1004: expected a name of its own for `a`, got one of checks/area/a.rego"],
            await library.FaultsAsync()
        );
    }

    [Fact]
    public async Task Refuses_a_former_name_that_another_check_has()
    {
        using var library = new LibraryFolder().Check("a", Deny).Check("b", Deny, "formerly: [a]");
        Assert.Equal(
            ["checks/area/b.rego:12:1: PLB-1004: expected a name of its own for `b`, got one of checks/area/a.rego"],
            await library.FaultsAsync()
        );
    }

    [Fact]
    public async Task Refuses_a_check_that_could_only_pass()
    {
        using var library = new LibraryFolder().Check("a", "allow if input.off != true");
        Assert.Equal(
            [
                "checks/area/a.rego:11:1: PLB-1002: expected a rule `deny contains …` or `warn contains …`, found neither",
            ],
            await library.FaultsAsync()
        );
    }

    [Theory]
    [InlineData("deny if input.off == true", "deny")]
    [InlineData("deny[x] := 1 if some x in input.off", "deny")]
    [InlineData("warn := input.off", "warn")]
    public async Task Wants_sets_of_what_is_denied(string rule, string name)
    {
        using var library = new LibraryFolder().Check("a", rule);
        Assert.Equal(
            [$"checks/area/a.rego:13:1: PLB-1003: expected `{name}` to be a set, written with `contains`"],
            await library.FaultsAsync()
        );
    }

    [Fact]
    public async Task Wants_the_patch_that_the_metadata_names()
    {
        using var library = new LibraryFolder().File(
            "checks/area/a.rego",
            $"{LibraryFolder.Metadata().Replace("Do it.}", "Do it., patch: repair}")}package checks.area.a\n\n{Deny}\n"
        );
        Assert.Equal(
            ["checks/area/a.rego:11:1: PLB-1005: expected a rule `repair := …`, which `fix.patch` names, found none"],
            await library.FaultsAsync()
        );
    }

    [Fact]
    public async Task Shows_where_a_text_is_no_Rego()
    {
        using var library = new LibraryFolder().Check("a", "deny contains \"no\" if input.off = = true");
        var fault = Assert.Single(await library.FaultsAsync());
        var lines = fault.Split('\n');
        Assert.StartsWith("checks/area/a.rego:13:35: rego_parse_error: ", lines[0]);
        Assert.Equal(
            ["  deny contains \"no\" if input.off = = true", "                                    ^"],
            lines[1..3]
        );
    }

    [Fact]
    public async Task Wants_Rego_v1()
    {
        using var library = new LibraryFolder().Check("a", "deny[msg] { msg := \"no\" }");
        Assert.All(await library.FaultsAsync(), f => Assert.Contains("rego_parse_error", f));
    }

    [Fact]
    public async Task Wants_keys_that_can_be_read()
    {
        using var library = new LibraryFolder().Check("a", Deny).File("keys.yaml", "version: 2\nlists: {}\n");
        Assert.Equal(
            ["keys.yaml:1:1: PLB-1003: expected 1 under `version`, got the number `2`"],
            await library.FaultsAsync()
        );
    }

    [Fact]
    public async Task Wants_files_that_can_be_read()
    {
        using var library = new LibraryFolder().Check("a", Deny);
        File.CreateSymbolicLink(library.Of("checks/area/b.rego"), library.Of("nowhere"));
        var fault = Assert.Single(await library.FaultsAsync());
        Assert.StartsWith("checks/area/b.rego: PLB-1005: expected a file that can be read: ", fault);
    }

    [Fact]
    public async Task Says_all_that_is_wrong_in_all_its_files_at_once()
    {
        using var library = new LibraryFolder()
            .File("keys.yaml", "version: 2\nlists: {}\n")
            .Check("a", "deny contains x if input.off == true")
            .Check("b", "deny contains \"no\" if {")
            .Check("c", "allow if input.on")
            .File("checks/area/d.rego", $"package checks.area.d\n\n{Deny}\n")
            .File("lib/x.rego", "package lib.x\n\nf(x) := data.lib.x.g(x)\n\ng(x) := f(x)\n");
        var faults = (await library.FaultsAsync())
            .Select(f => f.Split(": ")[0..2])
            .Select(f => string.Join(" ", f))
            .ToList();
        Assert.Equal(
            [
                "keys.yaml:1:1 PLB-1003",
                "checks/area/b.rego:14:1 rego_parse_error",
                "checks/area/d.rego:1:1 PLB-1002",
                "checks/area/c.rego:11:1 PLB-1002",
            ],
            faults
        );
    }

    [Fact]
    public async Task Says_all_that_the_compiler_finds_at_once()
    {
        using var library = new LibraryFolder()
            .Check("a", "deny contains x if input.off == true")
            .File("lib/x.rego", "package lib.x\n\nf(x) := data.lib.x.g(x)\n\ng(x) := f(x)\n");
        var faults = (await library.FaultsAsync()).ToList();
        Assert.Contains(
            faults,
            f => f.StartsWith("checks/area/a.rego:13:15: rego_unsafe_var_error: ", StringComparison.Ordinal)
        );
        Assert.Contains(faults, f => f.StartsWith("lib/x.rego:3:1: rego_recursion_error: ", StringComparison.Ordinal));
    }
}
