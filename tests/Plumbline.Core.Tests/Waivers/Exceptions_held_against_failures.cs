using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Plumbline.Core.Approvals;
using Plumbline.Core.Assessments;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Judging;
using Plumbline.Core.Resources;
using Plumbline.Core.Tests.Approvals;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Tests.Waivers;

public sealed class Exceptions_held_against_failures
{
    private static readonly Signer Ines = new("ines@acme.example");
    private static readonly Signer Lead = new("lead@acme.example");
    private static readonly Signer Stranger = new("eve@elsewhere.example");
    private static readonly Approvers Listed = Approvers.Of(
        [Ines.At(Severity.High), Lead.At(Severity.Low)],
        "origin/main",
        "",
        ""
    );

    private static readonly CheckInstance Check = Estate.Instance("privileged", "k8s//Pod");
    private static readonly Resource Db = Estate.Resource("k8s//Pod", "db");
    private static readonly Resource Web = Estate.Resource("k8s//Pod", "web");

    [Fact]
    public void Waive_what_a_person_who_may_has_approved()
    {
        var assessment = Assess(Approved(Entry(Db), Ines));

        Assert.Equal("E-1", assessment.Waivers.For(PartOf(assessment, Db))!.Id);
        Assert.Equal("ines@acme.example", assessment.Waivers.For(PartOf(assessment, Db))!.ApprovedBy);
        Assert.Equal((2, 1), (assessment.Counts.Findings.Fail, assessment.Counts.Findings.Waived));
        Assert.Equal(ExceptionState.InForce, Assert.Single(assessment.Input.Exceptions).StateAt(Estate.Now));
    }

    [Fact]
    public void Make_of_a_requirement_a_pass_with_exceptions_and_never_a_pass()
    {
        var both = Approved(Entry([Db, Web]), Ines);
        var result = Assess(both).Frameworks["fw"][0];

        Assert.Equal((RequirementStatus.Fail, RequirementStatus.Waived), (result.Raw, result.Effective));
        Assert.StartsWith("Pass with 2 exceptions", result.Reason);
    }

    public static readonly TheoryData<string, string> Claims = new()
    {
        { "unsigned", "nobody has approved it" },
        { "stranger", "is not among the approvers" },
        { "level", "may approve up to low, and this is high" },
        { "elsewhere", "it did not match this when it was approved" },
        { "changed", "what the check reads has changed since it was approved" },
    };

    [Theory]
    [MemberData(nameof(Claims))]
    public void Change_no_status_as_claims(string how, string why)
    {
        var entry = how switch
        {
            "unsigned" => Entry(Db),
            "stranger" => Approved(Entry(Db), Stranger),
            "level" => Approved(Entry(Db), Lead),
            "elsewhere" => Approved(Entry(Web, selects: "*"), Ines),
            _ => Approved(Entry(Db, digest: $"sha256:{new string('7', 64)}"), Ines),
        };
        var assessment = Assess(entry);

        Assert.Null(assessment.Waivers.For(PartOf(assessment, Db)));
        Assert.Contains(why, assessment.Claims.For(PartOf(assessment, Db))!.Why);
        Assert.Equal(RequirementStatus.Fail, assessment.Frameworks["fw"][0].Effective);
        Assert.True(new Gate().Judge(assessment).Failed);
    }

    [Fact]
    public void Are_honoured_as_claims_by_a_gate_that_was_told_to_and_by_nothing_else()
    {
        var assessment = Assess(Entry([Db, Web]));

        Assert.False(new Gate(Claims: ClaimHandling.Honour).Judge(assessment).Failed);
        Assert.True(new Gate().Judge(assessment).Failed);
        Assert.Equal(RequirementStatus.Fail, assessment.Frameworks["fw"][0].Effective);
        Assert.Equal(0, assessment.Counts.Findings.Waived);
    }

    [Fact]
    public void Cover_nothing_new_that_a_pattern_would_match()
    {
        var assessment = Assess(Approved(Entry(Db, selects: "*|k8s//Pod|*"), Ines));
        var entry = Assert.Single(assessment.Input.Exceptions);

        Assert.NotNull(assessment.Waivers.For(PartOf(assessment, Db)));
        Assert.Null(assessment.Waivers.For(PartOf(assessment, Web)));
        Assert.Equal((2, 1), (entry.Selected, entry.Covered));
    }

    [Fact]
    public void Are_unused_where_nothing_that_they_are_about_fails()
    {
        var entry = Approved(Entry(Db) with { Check = "another" }, Ines);

        Assert.Equal(ExceptionState.Unused, Assert.Single(Assess(entry).Input.Exceptions).StateAt(Estate.Now));
    }

    /// <summary>Whatever is added that nobody who may has signed, in whatever order: nothing gets better, and nothing else changes.</summary>
    [Fact]
    public void Are_not_raised_by_signatures_that_do_not_count()
    {
        var entry = Entry([Db, Web]);
        Approval[] worthless =
        [
            Stranger.Approve(entry.Signed),
            Ines.Approve(entry.Signed, purpose: "git"),
            Ines.Approve(Entry(Db, id: "E-9").Signed), // replayed from another entry
            new Approval("ines@acme.example", Ines.Sign(entry.Signed, Approval.Namespace)[..120]),
            Lead.Approve(entry.Signed),
            Ines.Approve(entry.Signed, by: "lead@acme.example"),
            new Approval("", ""),
        ];
        Approval[] real = [Ines.Approve(entry.Signed)];
        Gen.Select(Gen.Shuffle(worthless, 0, worthless.Length), Gen.Bool)
            .Sample(
                (some, isApproved) =>
                {
                    ImmutableArray<Approval> all = [.. some, .. isApproved ? real : []];
                    var status = Assess(entry with { Approvals = all }).Frameworks["fw"][0].Effective;
                    var turned = Assess(entry with { Approvals = [.. all.Reverse()] }).Frameworks["fw"][0].Effective;
                    Assert.Equal(isApproved ? RequirementStatus.Waived : RequirementStatus.Fail, status);
                    Assert.Equal(status, turned);
                },
                iter: 60
            );
    }

    [Fact]
    public void Come_to_the_same_in_whatever_order_they_are_written()
    {
        WaiverEntry[] entries =
        [
            Approved(Entry(Db, id: "E-1"), Ines),
            Entry(Web, id: "E-2"),
            Approved(Entry(Web, id: "E-3"), Ines),
        ];
        var expected = Shown(Assess(entries));

        Gen.Shuffle(entries).Sample(order => Assert.Equal(expected, Shown(Assess(order))), iter: 12);
    }

    private static string Shown(Assessment a) =>
        string.Join(
            '\n',
            a.Frameworks["fw"][0],
            string.Join(',', a.Input.Exceptions.Select(e => $"{e.Id} {e.Covered}/{e.Selected} {e.Why}")),
            a.Counts.Findings
        );

    private static WaiverEntry Approved(WaiverEntry entry, Signer by) =>
        entry with
        {
            Approvals = [by.Approve(entry.Signed)],
        };

    private static WaiverEntry Entry(
        Resource about,
        string? selects = null,
        string? digest = null,
        string id = "E-1"
    ) => Entry([about], selects, digest, id);

    private static WaiverEntry Entry(Resource[] about, string? selects = null, string? digest = null, string id = "E-1")
    {
        var policies = new Recorded([Check], []);
        var findings = about.Select(r => Estate.Fail(Check, r));
        var scope = findings.ToImmutableSortedDictionary(
            f => f.Parts[0].Fingerprint,
            f => digest ?? WaiverScope.DigestOf(f, policies, new Scope(Estate.Snapshot([Db, Web]), Estate.Now)),
            Ordinal.Comparer
        );
        return new WaiverEntry(id, Estate.Now.AddDays(60))
        {
            Check = "privileged",
            Resources = selects is not null ? [selects] : [.. about.Select(r => r.Key.Text)],
            Owner = "maya@acme.example",
            Requester = "maya@acme.example",
            Reason = "needs the device",
            Ticket = "OPS-1",
            Review = Estate.Now.AddDays(60),
            Scope = scope,
            Signed = Encoding.UTF8.GetBytes($"{id} {string.Join(',', scope.Values)}"),
        };
    }

    private static Assessment Assess(params WaiverEntry[] entries)
    {
        var findings = new[] { Estate.Fail(Check, Db), Estate.Fail(Check, Web) };
        var input = new AssessmentInput
        {
            Snapshot = Estate.Snapshot([Db, Web]),
            Policies = new Recorded([Check], findings),
            Frameworks =
            [
                Estate.Framework([new Requirement("R1", "one") { Coverage = Coverage.Full }], ("R1", "privileged")),
            ],
            Clock = Estate.Now,
            Register = new WaiverRegister(entries, Listed),
        };
        return Assessor.Assess(input, null, TestContext.Current.CancellationToken);
    }

    private static FindingPart PartOf(Assessment assessment, Resource resource) =>
        assessment.Findings.Rows.Single(f => f.Resource.Key == resource.Key).Parts[0];
}
