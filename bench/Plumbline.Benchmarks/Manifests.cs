using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.Benchmarks;

/// <summary>Kubernetes objects by a seed: the same on every machine.</summary>
internal static class Manifests
{
    private static readonly string[] Words = ["web", "api", "worker", "cache", "billing", "search", "ingress", "audit"];

    public static JsonObject Deployment(Random random)
    {
        var name = $"{Word(random)}-{Word(random)}";
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = Word(random),
                ["uid"] = $"{random.NextInt64():x16}-{random.NextInt64():x16}",
                ["labels"] = Labels(name, random),
                ["annotations"] = new JsonObject
                {
                    ["deployment.kubernetes.io/revision"] = $"{random.Next(1, 40)}",
                    ["kubernetes.io/description"] = "Serves requests from the front; owned by the platform team.",
                },
            },
            ["spec"] = new JsonObject
            {
                ["replicas"] = random.Next(1, 9),
                ["revisionHistoryLimit"] = 10,
                ["selector"] = new JsonObject { ["matchLabels"] = Labels(name, random) },
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = Labels(name, random) },
                    ["spec"] = Pod(name, random),
                },
            },
        };
    }

    public static JsonObject List(Random random, int count) =>
        new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "List",
            ["items"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => Deployment(random))]),
        };

    /// <summary>Texts with escapes and with letters that are not ASCII.</summary>
    public static JsonArray Messages(Random random, int count) =>
        new([
            .. Enumerable
                .Range(0, count)
                .Select(i => new JsonObject
                {
                    ["message"] = $"line {i}:\t\"{Word(random)}\" said\n  \\{Word(random)}\\ on {random.Next()}",
                    ["author"] = $"Jürgen Žižka {Word(random)} 日本語",
                }),
        ]);

    public static JsonArray Measurements(Random random, int count) =>
        new([
            .. Enumerable
                .Range(0, count)
                .Select(i => new JsonArray(
                    i,
                    random.Next(),
                    Math.Round(random.NextDouble() * 1000, 3),
                    -random.Next(100)
                )),
        ]);

    public static byte[] Text(JsonNode node, bool indented = false) =>
        Encoding.UTF8.GetBytes(
            node.ToJsonString(
                new System.Text.Json.JsonSerializerOptions
                {
                    WriteIndented = indented,
                    Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                }
            )
        );

    private static JsonObject Labels(string name, Random random) =>
        new()
        {
            ["app.kubernetes.io/name"] = name,
            ["app.kubernetes.io/part-of"] = Word(random),
            ["app.kubernetes.io/version"] = $"{random.Next(9)}.{random.Next(30)}.{random.Next(9)}",
            ["tier"] = Word(random),
        };

    private static JsonObject Pod(string name, Random random) =>
        new()
        {
            ["serviceAccountName"] = name,
            ["automountServiceAccountToken"] = false,
            ["securityContext"] = new JsonObject { ["runAsNonRoot"] = true, ["fsGroup"] = 2000 },
            ["containers"] = new JsonArray([
                .. Enumerable.Range(0, random.Next(1, 4)).Select(i => Container($"{name}-{i}", random)),
            ]),
            ["volumes"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "config",
                    ["configMap"] = new JsonObject { ["name"] = name, ["defaultMode"] = 420 },
                },
                new JsonObject { ["name"] = "tmp", ["emptyDir"] = new JsonObject() }
            ),
        };

    private static JsonObject Container(string name, Random random) =>
        new()
        {
            ["name"] = name,
            ["image"] = $"registry.example.org/{Word(random)}/{name}:1.{random.Next(40)}.{random.Next(9)}",
            ["imagePullPolicy"] = "IfNotPresent",
            ["args"] = new JsonArray("--listen=0.0.0.0:8080", $"--log-level={random.Next(5)}", "--leader-elect"),
            ["env"] = new JsonArray([
                .. Enumerable
                    .Range(0, random.Next(2, 8))
                    .Select(i => new JsonObject
                    {
                        ["name"] = $"SETTING_{i}",
                        ["value"] = $"{Word(random)}-{random.Next(100)}",
                    }),
            ]),
            ["ports"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "http",
                    ["containerPort"] = 8080,
                    ["protocol"] = "TCP",
                }
            ),
            ["resources"] = new JsonObject
            {
                ["limits"] = new JsonObject { ["cpu"] = "500m", ["memory"] = $"{random.Next(64, 512)}Mi" },
                ["requests"] = new JsonObject { ["cpu"] = "100m", ["memory"] = "64Mi" },
            },
            ["securityContext"] = new JsonObject
            {
                ["privileged"] = random.Next(20) == 0,
                ["allowPrivilegeEscalation"] = false,
                ["capabilities"] = new JsonObject { ["drop"] = new JsonArray("ALL") },
            },
            ["volumeMounts"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "config",
                    ["mountPath"] = "/etc/app",
                    ["readOnly"] = true,
                }
            ),
        };

    private static string Word(Random random) => Words[random.Next(Words.Length)];
}
