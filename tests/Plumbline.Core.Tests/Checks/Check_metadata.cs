using Plumbline.Core.Authored;
using Plumbline.Core.Checks;
using Plumbline.Values;

namespace Plumbline.Core.Tests.Checks;

public sealed class Check_metadata
{
    [Fact]
    public void Of_every_check_of_ours_can_be_read()
    {
        Assert.True(Content.Checks.Length >= 8);
        Assert.All(Content.Checks, c => Assert.Contains(c.Family, Check.Families));
        Assert.All(Content.Checks, c => Assert.Equal(c.Id, c.Uid));
    }

    [Fact]
    public void Says_what_the_file_says()
    {
        var check = Content.Checks.Single(c => c.Id == "k8s-privileged-container");

        Assert.Equal("No container is privileged", check.Title);
        Assert.Equal(9, check.Resources.Length);
        Assert.Equal(Severity.Critical, check.Impact.Severity);
        Assert.Equal("access", check.Family);
        Assert.Equal("patch", check.Patch);
        Assert.Equal(1, check.Revision);
        Assert.Contains("checkov:CKV_K8S_16", check.Aliases);
        Assert.StartsWith("Asks every container", check.Description);
    }

    [Fact]
    public void Has_a_default_instance_with_the_defaults_of_its_parameters()
    {
        var check = Read(
            """
            # METADATA
            # title: Keys are rotated
            # custom:
            #   resources: [AWS::IAM::User]
            #   impact: High
            #   family: access
            #   rationale: Old keys leak.
            #   fix: {text: Rotate them.}
            #   revision: 3
            #   formerly: [oldest, old]
            #   parameters:
            #     days: {type: integer, default: 90, minimum: 1, maximum: 365}
            #     states: {type: strings, default: [Active], one_of: [Active, Inactive]}
            package checks.aws.access_keys_rotated
            """,
            out var faults
        );

        Assert.Empty(faults);
        Assert.Equal("oldest", check!.Uid);
        Assert.Equal(new Impact(0.7), check.Impact);
        Assert.Equal(3, check.Revision);
        Assert.Equal(Json.Parse("""{"days": 90, "states": ["Active"]}"""), check.Default.Parameters);
    }

    [Fact]
    public void Is_refused_with_all_that_is_wrong_at_its_place_in_the_rego_file() =>
        Golden.Matches(
            "faults-of-a-check.txt",
            Faults(
                """
                # Something else first.

                # METADATA
                # title: "  "
                # descripton: a word that nobody knows
                # authors: [somebody]
                # custom:
                #   resources: [AWS::IAM::User, AWS::IAM::User, 5]
                #   impact: 1.5
                #   family: encrypton
                #   fix: {txt: Rotate them.}
                #   revision: 0
                #   explicit: yes
                #   aliases: [CKV_1]
                #   parameters:
                #     days: {type: integer, default: 400, maximum: 365}
                #     years: {type: integer, default: 1.5, unit: a}
                #     state: {type: strings, default: [Gone], one_of: [Active]}
                #     kind: {type: colour, default: red}
                #   level: 2
                package checks.gcp.access_keys
                """
            )
        );

    [Fact]
    public void Is_refused_where_nothing_required_is_there() =>
        Golden.Matches(
            "faults-of-an-empty-check.txt",
            Faults("# METADATA\n# custom: {}\npackage checks.aws.access_keys_rotated")
        );

    [Fact]
    public void Is_refused_where_it_is_no_yaml() =>
        Assert.Equal(
            "content/checks/aws/access-keys-rotated.rego:3:3: PLB-2003",
            Faults("# METADATA\n# title: a\n# title: b\npackage checks.aws.access_keys_rotated")[
                .."content/checks/aws/access-keys-rotated.rego:3:3: PLB-2003".Length
            ]
        );

    [Theory]
    [InlineData("content/checks/aws/access-keys-rotated.rego", "checks.aws.access_keys_rotated", true)]
    [InlineData("content/checks/aws/access_keys_rotated.rego", "checks.aws.access_keys_rotated", true)]
    [InlineData("content/checks/gcp/access-keys-rotated.rego", "checks.aws.access_keys_rotated", false)]
    [InlineData("content/checks/aws/access-keys.rego", "checks.aws.access_keys_rotated", false)]
    [InlineData("content/checks/aws/Access-Keys-Rotated.rego", "checks.aws.Access_Keys_Rotated", false)]
    [InlineData("policies/access-keys-rotated.rego", "mine.access_keys_rotated", true)]
    [InlineData("policies/access-keys-rotated.rego", "access_keys_rotated.deny", false)]
    public void Agrees_with_the_names_of_file_folder_and_package(string file, string package, bool agrees)
    {
        _ = Content.Read(
            file,
            Whole.Replace("checks.aws.access_keys_rotated", package, StringComparison.Ordinal),
            out var faults
        );

        Assert.Equal(agrees, faults.IsEmpty);
        Assert.All(faults, f => Assert.Equal((FileFaults.Name, new Position(10, 1)), (f.Code, f.At)));
    }

    [Theory]
    [InlineData("none", 0.0)]
    [InlineData("low", 0.1)]
    [InlineData("Medium", 0.4)]
    [InlineData("HIGH", 0.7)]
    [InlineData("critical", 0.9)]
    public void Takes_the_words_of_inspec_for_an_impact_in_any_case(string word, double impact)
    {
        Assert.True(Impact.TryParse(word, out var read));
        Assert.Equal(impact, read.Value);
    }

    [Theory]
    [InlineData("severe")]
    [InlineData("")]
    public void Takes_no_other_word_for_an_impact(string word) => Assert.False(Impact.TryParse(word, out _));

    [Theory]
    [InlineData(1.0, Severity.Critical)]
    [InlineData(0.9, Severity.Critical)]
    [InlineData(0.89, Severity.High)]
    [InlineData(0.7, Severity.High)]
    [InlineData(0.4, Severity.Medium)]
    [InlineData(0.3, Severity.Low)]
    [InlineData(0.1, Severity.Low)]
    [InlineData(0.09, Severity.None)]
    public void Puts_an_impact_on_the_scale(double impact, Severity severity) =>
        Assert.Equal(severity, new Impact(impact).Severity);

    private const string Whole = """
        # METADATA
        # title: Keys are rotated
        # custom:
        #   resources: [AWS::IAM::User]
        #   impact: 0.5
        #   family: access
        #   rationale: Old keys leak.
        #   fix: {text: Rotate them.}
        #   revision: 1
        package checks.aws.access_keys_rotated
        """;

    private static Check? Read(string text, out System.Collections.Immutable.ImmutableArray<FileFault> faults) =>
        Content.Read("content/checks/aws/access-keys-rotated.rego", text, out faults);

    private static string Faults(string text)
    {
        Assert.Null(Read(text, out var faults));
        return string.Concat(faults.Select(f => $"{f}\n"));
    }
}
