using Plumbline.Core.Approvals;
using Plumbline.Core.Checks;

namespace Plumbline.Core.Tests.Approvals;

public sealed class An_approval
{
    private const string Requester = "maya@acme.example";

    private static readonly Signer Ines = new("ines@acme.example");
    private static readonly Signer Maya = new(Requester);
    private static readonly Signer Robot = new("machine:ci");
    private static readonly Signer Stranger = new("eve@elsewhere.example");
    private static readonly byte[] Entry = """{"id":"E-1"}"""u8.ToArray();

    private static readonly Approvers Listed = Approvers.Of(
        [Ines.At(Severity.High), Ines.At(Severity.Low), Maya.At(Severity.Critical), Robot.At(Severity.Critical)],
        "origin/main",
        "sha256:0",
        "c0ffee"
    );

    [Fact]
    public void Counts_for_the_highest_level_its_key_is_listed_at()
    {
        var came = Check(Ines.Approve(Entry));

        Assert.Equal("", came.Refusal);
        Assert.Equal((Severity.High, Ines.Principal), (came.By!.Level, came.By.Principal));
    }

    public static readonly TheoryData<string, string> Refused = new()
    {
        { "altered", "does not hold for what the entry says now" },
        { "stranger", "is not among the approvers of origin/main" },
        { "requester", "asked for it, and may not approve it" },
        { "machine", "machines approve nothing" },
        { "purpose", "it was signed for `git`, not for `plumbline-approval`" },
        { "name", "it says `vp@acme.example`, and the key is of `ines@acme.example`" },
        { "text", "cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Does_not_count(string how, string why)
    {
        var came = Check(
            how switch
            {
                "altered" => Ines.Approve("""{"id":"E-2"}"""u8.ToArray()),
                "stranger" => Stranger.Approve(Entry),
                "requester" => Maya.Approve(Entry),
                "machine" => Robot.Approve(Entry),
                "purpose" => Ines.Approve(Entry, purpose: "git"),
                "name" => Ines.Approve(Entry, by: "vp@acme.example"),
                _ => new Approval("ines@acme.example", "I approve this"),
            }
        );

        Assert.Null(came.By);
        Assert.Contains(why, came.Refusal);
    }

    [Fact]
    public void By_the_requester_does_not_count_in_capitals_either()
    {
        var listed = Approvers.Of([Maya.At(Severity.Critical)], "origin/main", "", "");

        Assert.Null(listed.Check(Maya.Approve(Entry), Entry, "  MAYA@acme.example ", Approval.Namespace).By);
    }

    [Fact]
    public void Counts_nowhere_where_nobody_can_be_found_who_may_approve()
    {
        var came = Approvers
            .None("there is no branch")
            .Check(Ines.Approve(Entry), Entry, Requester, Approval.Namespace);

        Assert.Equal((null, "there is no branch"), (came.By, came.Refusal));
    }

    private static CheckedApproval Check(Approval approval) =>
        Listed.Check(approval, Entry, Requester, Approval.Namespace);
}
