using System.Text;

namespace Plumbline.Hostile.Inputs;

/// <summary>Settings of a repository, and frameworks of a library: mutations, and what no editor would write.</summary>
internal static class SettingsInputs
{
    private const string Settings = """
        version: 1
        name: github.com/acme/shop
        targets: [.]
        frameworks: [demo]
        checks: {include: [demo-owner, demo_privileged], exclude: [demo-password]}
        gate: {failOn: critical, audit: true, unknown: fail}
        reports: [cli, "json:out.json"]

        """;

    private static readonly string[] SettingsTexts =
    [
        "",
        "# nothing",
        "null",
        "[]",
        "1",
        "version: 1.0",
        "version: \"1\"",
        "version: 99999999999999999999",
        "name: \"a\\0b\"",
        "name: \"\\e[2J\"",
        "name: a|b;c%",
        "name: //",
        "name: ../..",
        $"name: {Manifests.Repeat("n", 100_000)}",
        "targets: [\"a\\0b\"]",
        "targets: [\"\"]",
        "targets: [/proc/self/mem]",
        "targets: [/dev/zero]",
        "targets: [../../../../../../../../dev/null]",
        $"targets: [{Manifests.Repeat("a/", 5_000)}]",
        $"targets: [{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"t{i}"))}]",
        "store: \"a\\0b\"",
        "store: \"\"",
        "store: /dev/null",
        "store: /proc/1/x",
        $"store: {Manifests.Repeat("s", 5_000)}",
        "reports: [\"json:a\\0b\"]",
        "reports: [\"json:/dev/full\"]",
        "reports: [\"json:.\"]",
        $"reports: [\"json:{Manifests.Repeat("r", 5_000)}\"]",
        "reports: [cli, \"cli:-\"]",
        $"frameworks: [{string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"f{i}"))}]",
        $"checks: {{include: [{Manifests.Repeat("x", 50_000)}]}}",
        "gate: [failOn]",
        "gate: {failOn: [critical]}",
        "gate: {unknown: null, audit: ~}",
        "{gate: {gate: {gate: {}}}}",
        "<<: {version: 1}",
        "a: &a [*a]",
        $"{Manifests.Repeat("k", 200_000)}: 1",
        string.Concat(Enumerable.Range(0, 5_000).Select(i => $"key{i}: {i}\n")),
    ];

    private static readonly string[] FrameworkTexts =
    [
        "",
        "id: demo",
        "id: [demo]",
        "id: demo\ntitle: \"\\e[2J\\u202e\"\npublisher: x\ntext: paraphrase\nlicense: x\nrequirements: []\nmappings: []",
        $"id: demo\ntitle: t\npublisher: x\ntext: paraphrase\nlicense: x\nrequirements:\n{Chain(3_000)}mappings: []",
        "id: demo\ntitle: t\npublisher: x\ntext: paraphrase\nlicense: x\n"
            + "requirements: [{id: a, title: a, parent: b}, {id: b, title: b, parent: a}]\nmappings: []",
        "id: demo\ntitle: t\npublisher: x\ntext: paraphrase\nlicense: x\n"
            + $"requirements: [{Manifests.Repeat("{id: a, title: a},", 3_000)}]\nmappings: []",
        "id: demo\ntitle: t\npublisher: x\ntext: paraphrase\nlicense: x\nrequirements: [{id: a, title: a}]\n"
            + $"mappings: [{Manifests.Repeat("{requirement: a, check: demo-ovner, primary: true, state: reviewed, by: x, on: 2026-02-30, source: x},", 2_000)}]",
        "id: ../demo",
        Manifests.Repeat("requirements: [", 200),
    ];

    public static HostileInput At(int index)
    {
        var dice = new Dice((ulong)index + 300_001);
        return new HostileInput(
            "settings",
            (
                "plumbline.yaml",
                index < SettingsTexts.Length
                    ? Encoding.UTF8.GetBytes(SettingsTexts[index])
                    : Mutation.Of(Encoding.UTF8.GetBytes(Settings), dice)
            )
        );
    }

    public static HostileInput FrameworkAt(int index)
    {
        var dice = new Dice((ulong)index + 400_001);
        return new HostileInput(
            "framework",
            [
                (
                    "library/frameworks/demo.yaml",
                    index < FrameworkTexts.Length
                        ? Encoding.UTF8.GetBytes(FrameworkTexts[index])
                        : Mutation.Of(Library.Framework, dice)
                ),
                .. Library.Checks,
            ]
        );
    }

    /// <summary>Each requirement lies below the one before.</summary>
    private static string Chain(int length) =>
        string.Concat(
            Enumerable
                .Range(0, length)
                .Select(i => $"  - {{id: r{i}, title: t{(i > 0 ? $", parent: r{i - 1}" : "")}}}\n")
        );
}
