using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.Benchmarks.Estates;

/// <summary>Takes one good thing out of a manifest: so that a check fails it, or so that it cannot be read.</summary>
internal static class Defects
{
    private static readonly Action<JsonObject>[] Failures =
    [
        pod => Container(pod)["securityContext"]!["privileged"] = true,
        pod => Container(pod)["image"] = "registry.example.org/shop/web:latest",
        pod => Container(pod)["resources"]!["limits"]!.AsObject().Remove("memory"),
        pod => pod["hostPID"] = true,
        pod => pod["hostNetwork"] = true,
        pod =>
        {
            pod["securityContext"]!.AsObject().Remove("runAsNonRoot");
            pod["securityContext"]!["runAsUser"] = 0;
        },
    ];

    private static readonly Func<string, byte[]>[] Faults =
    [
        text => Bytes(text + "spec: [\n"), // no YAML
        text => Bytes(text + "\tkind: Pod\n"), // a tab for indentation
        text => Bytes(text + text[text.IndexOf("kind:", StringComparison.Ordinal)..]), // keys that repeat
        text => Bytes(text + "deep: " + new string('[', 200) + new string(']', 200) + "\n"), // deeper than any reader wants
        text => [.. Bytes(text), .. "x: "u8, 0xC3, 0x28, (byte)'\n'], // no UTF-8
        text => Bytes(text + "laugh: &a [x, x]\n" + Bomb()), // aliases of aliases
    ];

    /// <summary>Makes a workload fail one check or several.</summary>
    public static void Fail(JsonObject workload, Random random) =>
        Failures[random.Next(Failures.Length)](Workloads.PodOf(workload));

    /// <summary>The text with a fault that costs the whole document.</summary>
    public static byte[] Spoil(string text, Random random) => Faults[random.Next(Faults.Length)](text);

    private static JsonObject Container(JsonObject pod) => pod["containers"]![0]!.AsObject();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Twenty levels, each of which names the one before twice: 2^21 values when expanded.</summary>
    private static string Bomb() =>
        string.Concat(
            Enumerable
                .Range(1, 20)
                .Select(i => $"laugh{i}: &{(char)('a' + i)} [*{(char)('a' + i - 1)}, *{(char)('a' + i - 1)}]\n")
        );
}
