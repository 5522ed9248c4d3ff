using System.Text.Json.Nodes;

namespace Plumbline.Benchmarks.Estates;

/// <summary>Kubernetes workloads that pass every shipped check, of many shapes: each draw decides what is written and what is left out.</summary>
internal sealed class Workloads(Random random)
{
    private static readonly (string Kind, string Version, int Weight)[] Kinds =
    [
        ("Deployment", "apps/v1", 12),
        ("StatefulSet", "apps/v1", 3),
        ("CronJob", "batch/v1", 3),
        ("DaemonSet", "apps/v1", 2),
        ("Job", "batch/v1", 2),
        ("Pod", "v1", 2),
        ("ReplicaSet", "apps/v1", 1),
    ];

    private static readonly int TotalWeight = Kinds.Sum(k => k.Weight);

    public JsonObject Next(string name, string space)
    {
        var (kind, version) = Draw();
        var labels = Labels(name);
        var pod = Pod(name, isBatch: kind is "Job" or "CronJob");
        return new JsonObject
        {
            ["apiVersion"] = version,
            ["kind"] = kind,
            ["metadata"] = Metadata(name, space, labels),
            ["spec"] = kind switch
            {
                "Pod" => pod,
                "Job" => Job(pod),
                "CronJob" => Schedule(pod),
                _ => Replicated(kind, name, labels, pod),
            },
        };
    }

    /// <summary>The pod that a workload describes, wherever its kind keeps it.</summary>
    public static JsonObject PodOf(JsonObject workload) =>
        (
            (string?)workload["kind"] switch
            {
                "Pod" => workload["spec"],
                "CronJob" => workload["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"],
                _ => workload["spec"]!["template"]!["spec"],
            }
        )!.AsObject();

    private (string Kind, string Version) Draw()
    {
        var at = random.Next(TotalWeight);
        var i = 0;
        for (; at >= Kinds[i].Weight; i++)
        {
            at -= Kinds[i].Weight;
        }

        return (Kinds[i].Kind, Kinds[i].Version);
    }

    private JsonObject Metadata(string name, string space, JsonObject labels)
    {
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = space,
            ["labels"] = labels,
        };
        if (Sometimes())
        {
            metadata["annotations"] = new JsonObject
            {
                ["kubernetes.io/description"] = "Serves requests from the front; owned by the platform team.",
            };
        }

        return metadata;
    }

    private JsonObject Labels(string name) =>
        new() { ["app.kubernetes.io/name"] = name, ["app.kubernetes.io/version"] = Version() };

    private JsonObject Replicated(string kind, string name, JsonObject labels, JsonObject pod)
    {
        var spec = new JsonObject
        {
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app.kubernetes.io/name"] = name } },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() },
                ["spec"] = pod,
            },
        };
        if (kind != "DaemonSet")
        {
            spec["replicas"] = random.Next(2, 9);
        }

        if (kind == "StatefulSet")
        {
            spec["serviceName"] = name;
        }

        if (kind == "Deployment" && Sometimes())
        {
            spec["strategy"] = new JsonObject
            {
                ["type"] = "RollingUpdate",
                ["rollingUpdate"] = new JsonObject { ["maxUnavailable"] = 0, ["maxSurge"] = "25%" },
            };
        }

        return spec;
    }

    private JsonObject Job(JsonObject pod)
    {
        pod["restartPolicy"] = "Never";
        var spec = new JsonObject { ["template"] = new JsonObject { ["spec"] = pod } };
        if (Sometimes())
        {
            spec["backoffLimit"] = random.Next(1, 6);
        }

        return spec;
    }

    private JsonObject Schedule(JsonObject pod) =>
        new()
        {
            ["schedule"] = $"{random.Next(60)} {random.Next(24)} * * *",
            ["concurrencyPolicy"] = "Forbid",
            ["jobTemplate"] = new JsonObject { ["spec"] = Job(pod) },
        };

    private JsonObject Pod(string name, bool isBatch)
    {
        var pod = new JsonObject
        {
            ["serviceAccountName"] = name,
            ["automountServiceAccountToken"] = false,
            ["securityContext"] = new JsonObject
            {
                ["runAsNonRoot"] = true,
                ["runAsUser"] = 10_000 + random.Next(500),
                ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
            },
            ["containers"] = Containers(name, random.Next(1, 4), hasProbes: !isBatch),
            ["volumes"] = Volumes(name),
        };
        if (random.Next(4) == 0)
        {
            pod["initContainers"] = Containers($"{name}-init", 1, hasProbes: false);
        }

        if (random.Next(4) == 0)
        {
            pod["nodeSelector"] = new JsonObject { ["kubernetes.io/os"] = "linux" };
        }

        if (random.Next(4) == 0)
        {
            pod["terminationGracePeriodSeconds"] = 10 * random.Next(1, 7);
        }

        return pod;
    }

    private JsonArray Volumes(string name)
    {
        var volumes = new JsonArray(
            new JsonObject
            {
                ["name"] = "config",
                ["configMap"] = new JsonObject { ["name"] = name },
            }
        );
        if (Sometimes())
        {
            volumes.Add(
                new JsonObject
                {
                    ["name"] = "tmp",
                    ["emptyDir"] = new JsonObject { ["sizeLimit"] = "64Mi" },
                }
            );
        }

        if (random.Next(3) == 0)
        {
            volumes.Add(
                new JsonObject
                {
                    ["name"] = "keys",
                    ["secret"] = new JsonObject { ["secretName"] = name, ["defaultMode"] = 256 },
                }
            );
        }

        return volumes;
    }

    private JsonArray Containers(string name, int count, bool hasProbes) =>
        new([.. Enumerable.Range(0, count).Select(i => Container($"{name}-{i}", hasProbes))]);

    private JsonObject Container(string name, bool hasProbes)
    {
        var container = new JsonObject
        {
            ["name"] = name,
            ["image"] = $"registry.example.org/shop/{name}:{Version()}",
            ["args"] = new JsonArray("--listen=0.0.0.0:8080", $"--log-level={random.Next(5)}"),
            ["resources"] = new JsonObject
            {
                ["limits"] = new JsonObject { ["cpu"] = "500m", ["memory"] = $"{random.Next(64, 512)}Mi" },
                ["requests"] = new JsonObject { ["cpu"] = "100m", ["memory"] = "64Mi" },
            },
            ["securityContext"] = new JsonObject
            {
                ["allowPrivilegeEscalation"] = false,
                ["readOnlyRootFilesystem"] = true,
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
        if (hasProbes)
        {
            container["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["containerPort"] = 8080 });
            container["livenessProbe"] = Probe("/healthz");
            container["readinessProbe"] = Probe("/ready");
        }

        if (Sometimes())
        {
            container["env"] = new JsonArray([
                .. Enumerable
                    .Range(0, random.Next(1, 6))
                    .Select(i => new JsonObject { ["name"] = $"SETTING_{i}", ["value"] = $"value-{random.Next(100)}" }),
            ]);
        }

        return container;
    }

    private static JsonObject Probe(string path) =>
        new()
        {
            ["httpGet"] = new JsonObject { ["path"] = path, ["port"] = "http" },
            ["periodSeconds"] = 10,
        };

    private string Version() => $"{random.Next(1, 9)}.{random.Next(30)}.{random.Next(9)}";

    private bool Sometimes() => random.Next(2) == 0;
}
