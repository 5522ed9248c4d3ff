using System.Text;

namespace Plumbline.Hostile.Inputs;

/// <summary>Files of exceptions: entries without end, owner or sense, and mutations of one that is right.</summary>
internal static class WaiverInputs
{
    private const string Right = """
        waivers:
          - id: E-12
            check: demo-owner
            resources: ["*|k8s//Pod|web"]
            owner: ada
            requester: ben
            reason: until the move
            ticket: OPS-1
            expires: 2027-01-31
            review: 2026-12-31T12:00:00Z
            scope: {pf1:abcdefghijklmnopqrstuvwxyz: sha256:0000000000000000000000000000000000000000000000000000000000000000}
            approvals: [{by: vp@acme.example, signature: "-----BEGIN SSH SIGNATURE-----"}]

        """;

    private static readonly string[] Texts =
    [
        "",
        "waivers:",
        "waivers: {}",
        "waivers: [[]]",
        "waivers: [1, null, \"x\"]",
        $"waivers: [{Manifests.Repeat("{id: a},", 3_000)}]",
        "waivers: [{id: a, expires: 9999-99-99, review: yesterday}]",
        "waivers: [{id: a, expires: 10000-01-01, review: 0000-00-00}]",
        "waivers: [{id: a, expires: 2026-02-30T25:61:61Z}]",
        "waivers: [{id: \"\\e[2J\\u202e\", check: \"a\\0b\", fingerprint: pf2:x}]",
        $"waivers: [{{id: a, resources: [\"{Manifests.Repeat("*a", 5_000)}\"]}}]",
        "waivers: [{id: a, scope: {a: b}, approvals: [{}, 1, {by: [], signature: {}}]}]",
        $"waivers: [{{id: a, scope: {Manifests.Repeat("{a: ", 90)}",
        "waivers: &a [*a]",
    ];

    public static HostileInput At(int index)
    {
        var dice = new Dice((ulong)index + 700_001);
        return new HostileInput(
            "waivers",
            (
                "waivers.yaml",
                index < Texts.Length
                    ? Encoding.UTF8.GetBytes(Texts[index])
                    : Mutation.Of(Encoding.UTF8.GetBytes(Right), dice)
            )
        );
    }
}
