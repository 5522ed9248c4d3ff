using System.Text;

namespace Plumbline.Hostile.Inputs;

/// <summary>YAML: depth, aliases, tags, merges, anchors, scalars, line ends, bytes that are no text; and mutations of manifests.</summary>
internal static class YamlInputs
{
    private const string Kind = "yaml";

    private static readonly string[] Texts =
    [
        Manifests.Repeat("[", 10_000),
        Manifests.Repeat("{a: ", 10_000),
        Manifests.Repeat("- ", 10_000),
        Manifests.Repeat("? ", 10_000),
        string.Concat(Enumerable.Range(0, 1_500).Select(i => new string(' ', i) + "a:\n")),
        Bomb(9, 9),
        Bomb(30, 2),
        Bomb(2, 900),
        $"a: &a 1\nb: [{Manifests.Repeat("*a, ", 100_000)}]",
        "a: &a [*a]",
        "a: &a {b: *a}",
        "&a a: *a",
        "a: &a {<<: *a}",
        "a: &a {<<: [*a, *a]}",
        "x: &x {<<: *y}\ny: &y {<<: *x}",
        "<<: 1",
        "<<: [1, {a: 1}]",
        "a: {<<: {b: 1}, <<: {b: 2}}",
        string.Concat(Enumerable.Range(0, 2_000).Select(i => $"k{i}: &a{i} {{<<: *a{i - 1}, v{i}: {i}}}\n"))
            .Replace("<<: *a-1, ", "", StringComparison.Ordinal),
        Manifests.Repeat("&a ", 10_000) + "x",
        "a: *nowhere",
        "a: !!python/object/apply:os.system [id]",
        "a: !!binary aGVsbG8=",
        "a: !!set {b, c}",
        "a: !!omap [b: 1]",
        "a: !<tag:yaml.org,2002:str> 1",
        "%TAG ! tag:evil.example,2026:\n---\na: !x 1",
        "!!str a: !!int \"1\"",
        $"a: {Manifests.Repeat("x", 5 << 20)}",
        $"a: \"{Manifests.Repeat("\\n", 2 << 20)}\"",
        $"a: |\n{Manifests.Repeat("  x\n", 1 << 20)}",
        $"a: {Manifests.Repeat("9", 1 << 20)}",
        $"? {Manifests.Repeat("k", 2_000)}\n: 1",
        $"{Manifests.Repeat("k", 100_000)}: 1",
        Manifests.Repeat("---\n", 100_000),
        Manifests.Repeat("---\na: 1\n...\n", 20_000),
        Manifests.Repeat("#\n", 1 << 20),
        "a: 1\rb: 2\rc: 3\r",
        "a: 1\r\nb: |\r\n  x\r\n",
        "a: 1\u0085b: 2\u2028c: 3",
        "\uFEFFa: 1\n---\n\uFEFFb: 2",
        "a: \0",
        "a: \"\\0\"",
        "a: \"\\x1b[2J\\u202e\"",
        "a: \u0001",
        "a:\tb\n\tc: d",
        "%YAML 9.9\n---\na: 1",
        "%YAML 1.1\n%YAML 1.1\n---\na: 1",
        "? {a: 1}\n: b",
        "? [a]\n: b",
        "1: a\n1.0: b\n0x1: c\ntrue: d\nnull: e",
        "a: 1\na: 2",
        "a: .inf\nb: -.INF\nc: .nan",
        "a: 1e400\nb: 0o17\nc: 1_000\nd: 190:20:30",
        "- [a, b\n- c]",
        "a: 'x",
        "a: \"x",
        "a: |9\n x",
        "a: b: c",
        "{a, b: , ? c}",
        "]",
        "...",
        "--- ---",
        "kind: Pod\n  apiVersion: v1",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: &n [*n]",
        "{{ .Values.x }}",
        "a: {{ .Values.x }}\nb: {{- if .y }}",
    ];

    private static readonly byte[][] Bytes =
    [
        [0xFF, 0xFE, (byte)'a', 0, (byte)':', 0, (byte)' ', 0, (byte)'1', 0],
        [0xFE, 0xFF, 0, (byte)'a', 0, (byte)':'],
        [0, 0, 0xFE, 0xFF, 0, 0, 0, (byte)'a'],
        [(byte)'a', (byte)':', (byte)' ', 0xC3],
        [(byte)'a', (byte)':', (byte)' ', 0xED, 0xA0, 0x80],
        [(byte)'a', (byte)':', (byte)' ', 0xF4, 0x90, 0x80, 0x80],
        [(byte)'a', (byte)':', (byte)' ', 0xC0, 0x80],
        [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0],
        [0x1F, 0x8B, 8, 0],
    ];

    public static HostileInput At(int index)
    {
        var dice = new Dice((ulong)index + 100_001);
        if (index < Texts.Length)
        {
            return HostileInput.Of(Kind, "hostile.yaml", Texts[index]);
        }

        index -= Texts.Length;
        return new HostileInput(
            Kind,
            (
                "hostile.yaml",
                index < Bytes.Length ? Bytes[index] : Mutation.Of(Encoding.UTF8.GetBytes(dice.Of(Manifests.Yaml)), dice)
            )
        );
    }

    /// <summary>Aliases of aliases: <paramref name="width"/> to the power of <paramref name="levels"/> leaves.</summary>
    private static string Bomb(int levels, int width)
    {
        var text = new StringBuilder("a0: &a0 x\n");
        for (var level = 1; level <= levels; level++)
        {
            text.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", width))}]\n");
        }

        return text.ToString();
    }
}
