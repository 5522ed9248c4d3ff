using System.Collections.Immutable;
using Plumbline.Core.Boundaries;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Tests.Boundaries;

public sealed class A_boundary
{
    private static readonly Resource[] All =
    [
        Estate.Resource("k8s//Pod", "db"),
        Estate.Resource("k8s//Pod", "sandbox-1"),
        Estate.Resource("k8s//Pod", "sandbox-2"),
        Estate.Resource("k8s/apps/Deployment", "web"),
    ];

    [Fact]
    public void Says_how_many_of_how_many_it_takes_out_and_why()
    {
        var boundary = new Boundary { Out = [new OutOfScope("*|k8s//Pod|sandbox-*", "torn down every night")] };
        var (snapshot, exclusions) = boundary.Apply(Estate.Snapshot(All));

        Assert.Equal(["db", "web"], snapshot.Resources.Select(r => r.Key.Primary));
        Assert.Equal((4, 2), (exclusions.Read, exclusions.Excluded));
        Assert.Equal(new Exclusion("*|k8s//Pod|sandbox-*", "torn down every night", 2), Assert.Single(exclusions.Rows));
    }

    [Fact]
    public void That_lists_what_is_in_takes_the_rest_out_and_says_so()
    {
        var (snapshot, exclusions) = new Boundary { In = ["*|k8s//Pod|*"] }.Apply(Estate.Snapshot(All));

        Assert.Equal(3, snapshot.Resources.Length);
        Assert.Equal(("", 1), (exclusions.Rows[0].Match, exclusions.Rows[0].Count));
        Assert.Contains("in scope", exclusions.Rows[0].Reason);
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("a*c", "abbbc", true)]
    [InlineData("a*c", "abbbd", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*b*b*", "ab", false)]
    [InlineData("*ab", "aab", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("[a]", "a", false)]
    public void Goes_by_globs_in_which_only_two_characters_mean_anything(string pattern, string text, bool fits) =>
        Assert.Equal(fits, KeyPattern.Matches(pattern, text));

    /// <summary>Declared 6, seen 5: the requirement is unknown, and names the one that is missing (G 59).</summary>
    [Fact]
    public void With_an_inventory_makes_unknown_what_hangs_on_something_that_was_not_seen()
    {
        var seen = Enumerable.Range(1, 5).Select(i => Estate.Resource("k8s//Pod", $"web-{i}")).ToList();
        ImmutableArray<InventoryLine> declared =
        [
            new("k8s//Pod", [.. Enumerable.Range(1, 6).Select(i => $"web-{i}")]),
            new("k8s/apps/Deployment", []),
        ];
        var gap = Assert.Single(InventoryLine.GapsIn(Estate.Snapshot(seen), declared));
        var check = Estate.Instance("privileged", "k8s//Pod");
        var input = Estate.Input([check], Estate.Snapshot(seen, gap)) with
        {
            Frameworks =
            [
                Estate.Framework([new Requirement("R1", "one") { Coverage = Coverage.Full }], ("R1", "privileged")),
            ],
        };
        var result = Estate.Judge(input, seen.Select(r => Finding.Pass(check, r))).Frameworks["fw"][0];

        Assert.Equal("declared 6 of k8s//Pod, seen 5: `web-6` missing", gap.Reason);
        Assert.Equal((RequirementStatus.Unknown, RequirementStatus.Unknown), (result.Raw, result.Effective));
        Assert.Contains("`web-6` missing", result.Reason);
    }

    [Theory]
    [InlineData("*;k8s/-", 0)]
    [InlineData("*;k8s/shop", 1)]
    public void With_an_inventory_looks_in_the_realms_that_it_names(string realm, int gaps)
    {
        var line = new InventoryLine("k8s//Pod", ["db"]) { Realm = realm };

        Assert.Equal(gaps, InventoryLine.GapsIn(Estate.Snapshot(All), [line]).Length);
    }
}
