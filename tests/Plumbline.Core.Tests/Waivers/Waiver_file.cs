using System.Collections.Immutable;
using System.Text;
using Plumbline.Core.Authored;
using Plumbline.Core.Waivers;

namespace Plumbline.Core.Tests.Waivers;

public sealed class Waiver_file
{
    private const string Entry = """
        waivers:
          - id: E-1
            check: privileged
            resources: ["*|k8s//Pod|db"]
            owner: maya@acme.example
            requester: maya@acme.example
            reason: needs the device
            ticket: OPS-1
            expires: 2027-01-31
            review: 2026-12-31
            scope: {"pf1:aaaaaaaaaaaaaaaaaaaaaaaaaa": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}
            approvals: [{by: ines@acme.example, signature: none}]

        """;

    [Fact]
    public void Says_what_is_accepted_by_whom_and_until_when()
    {
        var entry = Assert.Single(Read(Entry));

        Assert.Equal(("E-1", "privileged", null), (entry.Id, entry.Check, entry.Fingerprint));
        Assert.Equal(["*|k8s//Pod|db"], entry.Resources);
        Assert.Equal(("maya@acme.example", "needs the device", "OPS-1"), (entry.Requester, entry.Reason, entry.Ticket));
        Assert.Equal("pf1:aaaaaaaaaaaaaaaaaaaaaaaaaa", Assert.Single(entry.Scope).Key);
        Assert.Equal("ines@acme.example", Assert.Single(entry.Approvals).By);
        Assert.Equal(2, entry.Line);
    }

    /// <summary>Whichever comes first, the end or the day on which somebody had to look at it again.</summary>
    [Theory]
    [InlineData("2027-01-31", "2026-12-31", "2026-12-31T00:00:00Z")]
    [InlineData("2026-12-31", "2027-01-31", "2026-12-31T00:00:00Z")]
    [InlineData("2026-12-31T12:00:00+02:00", "2027-01-31", "2026-12-31T10:00:00Z")]
    public void Ends_an_entry_from_the_first_second_of_its_day(string expires, string review, string end) =>
        Assert.Equal(
            DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
            Read(
                Entry
                    .Replace("2027-01-31", "EXPIRES", StringComparison.Ordinal)
                    .Replace("2026-12-31", review, StringComparison.Ordinal)
                    .Replace("EXPIRES", expires, StringComparison.Ordinal)
            )[0].Expires
        );

    [Fact]
    public void Has_signed_what_it_says_without_the_approvals_as_jcs()
    {
        var signed = Encoding.UTF8.GetString(Read(Entry)[0].Signed.Span);

        Assert.Equal(
            """{"check":"privileged","expires":"2027-01-31","id":"E-1","owner":"maya@acme.example","reason":"needs the device","requester":"maya@acme.example","resources":["*|k8s//Pod|db"],"review":"2026-12-31","scope":{"pf1:aaaaaaaaaaaaaaaaaaaaaaaaaa":"sha256:0000000000000000000000000000000000000000000000000000000000000000"},"ticket":"OPS-1"}""",
            signed
        );
    }

    [Theory]
    [InlineData("expires: 2027-01-31", "", "expected the key `expires`")]
    [InlineData("expires: 2027-01-31", "expires: never", "expected a day such as")]
    [InlineData("expires: 2027-01-31", "expires: 2027-02-30", "expected a day such as")]
    [InlineData("expires: 2027-01-31", "expire: 2027-01-31", "did you mean `expires`?")]
    [InlineData("reason: needs the device", "reason: ' '", "expected a text under `reason`")]
    [InlineData("ticket: OPS-1", "ticket: 7", "expected a text under `ticket`")]
    [InlineData(
        "check: privileged",
        "check: priviledged",
        "there is no check `priviledged`: did you mean `privileged`?"
    )]
    [InlineData("check: privileged", "fingerprint: E-1", "expected a fingerprint, `pf1:…`")]
    [InlineData("check: privileged", "", "expected either `check` or `fingerprint`, got neither")]
    [InlineData("signature: none", "signatur: none", "did you mean `signature`?")]
    [InlineData("sha256:0000", "sha256:000", "expected `pf1:…` and `sha256:…`")]
    [InlineData("waivers:", "waivres:", "did you mean `waivers`?")]
    public void Is_refused_whole_where_something_is_wrong(string what, string instead, string message)
    {
        var text = Entry.Replace(what, instead, StringComparison.Ordinal);

        Assert.False(
            WaiverFile.TryRead(
                "waivers.yaml",
                Encoding.UTF8.GetBytes(text),
                ["privileged"],
                out var entries,
                out var faults
            )
        );
        Assert.Empty(entries);
        Assert.Contains(faults, f => f.Message.Contains(message, StringComparison.Ordinal));
        Assert.All(faults, f => Assert.StartsWith("waivers.yaml:", f.ToString()));
    }

    [Fact]
    public void Has_every_id_once()
    {
        var twice = Entry + string.Join('\n', Entry.Split('\n')[1..]);

        Assert.False(WaiverFile.TryRead("w", Encoding.UTF8.GetBytes(twice), ["privileged"], out _, out var faults));
        Assert.Equal(FileFaults.Duplicate, Assert.Single(faults).Code);
    }

    private static ImmutableArray<WaiverEntry> Read(string text)
    {
        var isRead = WaiverFile.TryRead(
            "waivers.yaml",
            Encoding.UTF8.GetBytes(text),
            ["privileged"],
            out var entries,
            out var faults
        );
        Assert.True(isRead, string.Join('\n', faults));
        return entries;
    }
}
