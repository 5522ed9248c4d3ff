using System.Text;
using Plumbline.Core.Approvals;
using Plumbline.Core.Attestations;
using Plumbline.Core.Checks;
using Plumbline.Core.Frameworks;
using Plumbline.Core.Tests.Approvals;

namespace Plumbline.Core.Tests.Attestations;

public sealed class An_attestation
{
    private const string Text = """
        attestations:
          - id: AT-1
            framework: fw
            requirement: R1
            statement: all have signed the code of conduct
            by: ines@acme.example
            expires: 2027-06-30

        """;

    private static readonly Signer Ines = new("ines@acme.example");
    private static readonly Signer Robot = new("machine:ci");
    private static readonly Framework Framework = Estate.Framework([new Requirement("R1", "one")]);
    private static readonly Approvers Listed = Approvers.Of(
        [Ines.At(Severity.Low), Robot.At(Severity.Low)],
        "origin/main",
        "",
        ""
    );

    [Fact]
    public void Counts_when_a_listed_person_signed_what_it_says()
    {
        var entry = Read(Text);
        var (attestation, _) = Signed(entry, Ines.Sign(entry.Signed, AttestationEntry.Namespace)).Check(Listed);

        Assert.Equal(("AT-1", "fw", "R1"), (attestation!.Id, attestation.Framework, attestation.Requirement));
        Assert.Equal("ines@acme.example", attestation.By);
    }

    [Fact]
    public void Counts_for_nothing_unsigned_altered_by_a_machine_or_signed_as_an_approval()
    {
        var entry = Read(Text);
        var altered = Read(Text.Replace("2027-06-30", "2036-06-30", StringComparison.Ordinal));

        Assert.Equal("nobody has signed it", entry.Check(Listed).Refusal);
        Refuses(Signed(altered, Ines.Sign(entry.Signed, AttestationEntry.Namespace)), "does not hold");
        Refuses(Signed(entry, Robot.Sign(entry.Signed, AttestationEntry.Namespace)), "machine");
        Refuses(Signed(entry, Ines.Sign(entry.Signed, Approval.Namespace)), "it was signed for `plumbline-approval`");
    }

    [Theory]
    [InlineData("framework: fw", "framework: fv", "there is no framework `fv`: did you mean `fw`?")]
    [InlineData("requirement: R1", "requirement: R11", "`fw` demands no `R11`")]
    [InlineData("expires: 2027-06-30", "", "expected the key `expires`")]
    [InlineData("by: ines", "from: ines", "expected the key `by`")]
    public void Is_refused_where_something_is_wrong(string what, string instead, string message)
    {
        var text = Encoding.UTF8.GetBytes(Text.Replace(what, instead, StringComparison.Ordinal));

        Assert.False(AttestationFile.TryRead("attestations.yaml", text, [Framework], out _, out var faults));
        Assert.Contains(faults, f => f.Message.Contains(message, StringComparison.Ordinal));
    }

    private static AttestationEntry Read(string text)
    {
        var isRead = AttestationFile.TryRead(
            "attestations.yaml",
            Encoding.UTF8.GetBytes(text),
            [Framework],
            out var entries,
            out var faults
        );
        Assert.True(isRead, string.Join('\n', faults));
        return Assert.Single(entries);
    }

    private static AttestationEntry Signed(AttestationEntry entry, string signature) =>
        entry with
        {
            Signature = signature,
        };

    private static void Refuses(AttestationEntry entry, string why)
    {
        var (attestation, refusal) = entry.Check(Listed);
        Assert.Null(attestation);
        Assert.Contains(why, refusal);
    }
}
