using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;

namespace Plumbline.Core.Tests.Judging;

public sealed class Finding_table
{
    private static readonly CheckInstance One = Estate.Instance("one", "t/1");
    private static readonly CheckInstance Both = Estate.Instance("both", "t/1", "t/2");
    private static readonly Resource[] Five = [.. "abcde".Select(c => Estate.Resource("t/1", $"{c}"))];

    [Fact]
    public void Holds_every_pair_by_type_then_instance_then_key()
    {
        var other = Estate.Resource("t/2", "z");
        var table = FindingTable.Of([One, Both], [other, .. Five.Reverse()], []);

        Assert.Equal(
            ["both a", "both b", "both c", "both d", "both e", "one a", "one b", "one c", "one d", "one e", "both z"],
            table.All.Select(f => $"{f.Instance} {f.Resource.Key.Primary}")
        );
        Assert.Equal(11, table.Count);
    }

    [Fact]
    public void Orders_by_the_bytes_of_utf8()
    {
        var (private_, emoji) = (Estate.Resource("t/1", "\uE000"), Estate.Resource("t/1", "😀"));
        var table = FindingTable.Of([One], [emoji, private_], []);

        Assert.Equal([private_, emoji], table.Types[0].Resources);
    }

    [Fact]
    public void Says_unknown_of_a_pair_that_nobody_judged()
    {
        var table = FindingTable.Of([One], Five, [Finding.Pass(One, Five[1])]);

        Assert.False(table.IsComplete);
        Assert.Equal(4, table.Types[0].Vectors[0].NotJudged);
        Assert.Equal(4, table.Rows.Count());
        Assert.All(table.Rows, f => Assert.Equal((Verdict.Unknown, UnknownCause.SkippedByTool), (f.Verdict, f.Cause)));
    }

    [Fact]
    public void Packs_four_verdicts_to_a_byte_low_bits_first_and_nothing_behind_the_last()
    {
        var table = FindingTable.Of(
            [One],
            Five,
            [
                Finding.Pass(One, Five[0]),
                Estate.Fail(One, Five[1]),
                Estate.Unknown(One, Five[2]),
                Finding.NotApplicable(One, Five[3]),
            ]
        );

        Assert.Equal([0b11_10_01_00, 0b10], table.Types[0].Vectors[0].Packed.ToArray());
    }

    [Fact]
    public void Keeps_the_findings_that_fail_or_are_unknown_and_makes_the_others()
    {
        var (fail, unknown) = (Estate.Fail(One, Five[3]), Estate.Unknown(One, Five[0]));
        var table = FindingTable.Of([One], Five, [fail, unknown, .. Five[1..3].Select(r => Finding.Pass(One, r))]);
        var vector = table.Types[0].Vectors[0];

        Assert.Same(fail, vector.FindingAt(3));
        Assert.Same(unknown, vector.FindingAt(0));
        Assert.Equal(Finding.Pass(One, Five[1]), vector.FindingAt(1));
        Assert.Equal([unknown, fail, vector.FindingAt(4)], table.Rows, (a, b) => a.Resource == b.Resource);
        Assert.Equal(new VerdictTally(Pass: 2, Fail: 1, Unknown: 2, NotApplicable: 0), vector.Tally);
    }

    [Fact]
    public void Takes_a_quarter_of_a_byte_for_a_pass()
    {
        Resource[] many = [.. Enumerable.Range(0, 10_000).Select(i => Estate.Resource("t/1", $"r{i}"))];
        var table = FindingTable.Of([One], many, many.Select(r => Finding.Pass(One, r)));

        Assert.Equal(2_500, table.Types[0].Vectors[0].Packed.Length);
        Assert.Empty(table.Rows);
        Assert.True(table.IsComplete);
    }

    [Fact]
    public void Refuses_a_finding_of_no_expected_pair_and_a_second_of_the_same()
    {
        var stranger = Estate.Resource("t/2", "z");

        Throws("`one` was not asked of `repo:example.org/shop//deploy;k8s/-|t/2|z`", Finding.Pass(One, stranger));
        Throws(
            "`one` on `repo:example.org/shop//deploy;k8s/-|t/1|a` was judged twice",
            Finding.Pass(One, Five[0]),
            Finding.Pass(One, Five[0])
        );
        Throws(
            "`one` on `repo:example.org/shop//deploy;k8s/-|t/1|a` was judged twice",
            Estate.Unknown(One, Five[0]),
            Finding.Pass(One, Five[0])
        );
    }

    [Fact]
    public void Refuses_a_finding_that_contradicts_itself()
    {
        var fail = Estate.Fail(One, Five[0]);

        Finding[] wrong =
        [
            fail with
            {
                Parts = [],
            },
            fail with
            {
                Parts = [Estate.Part(One, Five[0], "it", isCertain: false)],
            },
            fail with
            {
                Verdict = Verdict.Pass,
            },
            fail with
            {
                Cause = UnknownCause.Error,
            },
            Estate.Unknown(One, Five[0]) with
            {
                Cause = null,
            },
            Finding.Pass(One, Five[0]) with
            {
                IsNotReplayable = true,
            },
        ];

        Assert.All(wrong, f => Assert.Throws<ArgumentException>(() => FindingTable.Of([One], Five, [f])));
    }

    [Fact]
    public void Refuses_two_resources_of_one_key_and_two_instances_of_one_name()
    {
        Assert.Throws<ArgumentException>(() => FindingTable.Of([One], [Five[0], Five[0]], []));
        Assert.Throws<ArgumentException>(() => FindingTable.Of([One, One], Five, []));
    }

    private static void Throws(string message, params Finding[] findings) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => FindingTable.Of([One], Five, findings)).Message);
}
