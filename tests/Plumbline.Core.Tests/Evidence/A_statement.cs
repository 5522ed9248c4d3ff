using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumbline.Core.Assessments;
using Plumbline.Core.Evidence;
using Plumbline.Core.Evidence.Tables;
using Plumbline.Values;

namespace Plumbline.Core.Tests.Evidence;

public sealed class A_statement
{
    [Fact]
    public void Has_every_member_and_empty_ones_as_empty()
    {
        var input = new AssessmentInput
        {
            Snapshot = SampleEstate.SnapshotOf([]),
            Policies = new Scripted([], (_, _) => throw new InvalidOperationException())
            {
                Digests = ImmutableSortedDictionary<string, string>.Empty,
            },
            Frameworks = [],
            Clock = SampleEstate.Now,
        };

        Golden.Matches("statement-of-nothing.json", Indented(BytesOf(input)));
    }

    [Fact]
    public void Says_what_verdicts_and_statuses_depend_on() =>
        Golden.Matches("statement.json", Indented(BytesOf(SampleEstate.Input())));

    [Fact]
    public void Is_read_back_as_it_was_written()
    {
        var bytes = BytesOf(SampleEstate.Input());

        Assert.Equal(bytes, Statement.Parse(bytes).ToBytes());
    }

    [Fact]
    public void Does_not_depend_on_time_zone_culture_cores_or_order()
    {
        var input = SampleEstate.Input();
        var expected = BytesOf(input);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Odd();
            var elsewhere = input with
            {
                Clock = input.Clock.ToOffset(TimeSpan.FromHours(14)),
                Snapshot = input.Snapshot with
                {
                    From = input.Snapshot.From.ToOffset(TimeSpan.FromHours(-5)),
                    Resources = [.. input.Snapshot.Resources.Reverse()],
                },
                Frameworks = [.. input.Frameworks.Reverse()],
            };

            foreach (var workers in new[] { 1, 2, 7 })
            {
                Assert.Equal(expected, BytesOf(Assessor.Assess(elsewhere, null, workers, CancellationToken.None)));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Changes_with_everything_that_it_depends_on()
    {
        var input = SampleEstate.Input();
        AssessmentInput[] others =
        [
            input with
            {
                Clock = input.Clock.AddTicks(1),
            },
            input with
            {
                Selection = ["limits", "privileged"],
            },
            input with
            {
                Waivers = [],
            },
            input with
            {
                Attestations = [],
            },
            input with
            {
                OutOfBoundary = input.OutOfBoundary.SetItem("pci/9.1", "another reason"),
            },
            input with
            {
                Digests = input.Digests.SetItem(InputNames.NaturalKeys, SampleEstate.Sha("other")),
            },
            input with
            {
                Digests = input.Digests.SetItem("configuration", SampleEstate.Sha("other")),
            },
            input with
            {
                Frameworks = [input.Frameworks[0] with { Digest = SampleEstate.Sha("other") }, input.Frameworks[1]],
            },
            input with
            {
                Snapshot = input.Snapshot with { Identity = "uid 0" },
            },
            input with
            {
                Snapshot = input.Snapshot with { To = input.Snapshot.To.AddTicks(1) },
            },
            input with
            {
                Snapshot = input.Snapshot with { Gaps = [] },
            },
        ];

        var all = others.Append(input).Select(i => Convert.ToHexString(BytesOf(i)));

        Assert.Equal(others.Length + 1, all.Distinct().Count());
    }

    [Fact]
    public void Names_another_engine()
    {
        var assessment = SampleEstate.Assess(SampleEstate.Input());

        Assert.NotEqual(BytesOf(assessment), BytesOf(assessment, SampleEstate.Sha("another")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"v":2}""")]
    [InlineData("[]")]
    [InlineData("x")]
    public void Is_refused_when_it_is_none(string text) =>
        Assert.Throws<FormatException>(() => Statement.Parse(Encoding.UTF8.GetBytes(text)));

    /// <summary>The program knows no culture but the invariant one; this one spells everything otherwise.</summary>
    private static CultureInfo Odd()
    {
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "minus";
        odd.DateTimeFormat.TimeSeparator = ".";
        odd.DateTimeFormat.DateSeparator = "/";
        return odd;
    }

    private static byte[] BytesOf(AssessmentInput input) => BytesOf(SampleEstate.Assess(input));

    private static byte[] BytesOf(Assessment assessment, string? engine = null) =>
        AssessmentSeal
            .StatementOf(
                assessment,
                engine ?? SampleEstate.Sha("engine"),
                new ContentSet(),
                VerdictTables.ChunksOf(assessment.Findings)
            )
            .ToBytes();

    /// <summary>One member a line, so that a review can read the difference.</summary>
    private static string Indented(byte[] jcs)
    {
        using var json = System.Text.Json.JsonDocument.Parse(jcs);
        Assert.Equal(jcs, Jcs.ToBytes(Json.Parse(jcs)));
        return string.Concat(json.RootElement.EnumerateObject().Select(m => $"{m.Name}: {m.Value.GetRawText()}\n"));
    }
}
