using System.Text.Json.Nodes;

namespace Plumbline.Benchmarks.Estates;

/// <summary>What stands around workloads in a repository: services, settings, accounts, rights, ways in.</summary>
internal sealed class Surroundings(Random random)
{
    public JsonObject Next(string name, string space) =>
        random.Next(16) switch
        {
            < 5 => Service(name, space),
            < 9 => ConfigMap(name, space),
            < 11 => ServiceAccount(name, space),
            11 => Role(name, space),
            12 => RoleBinding(name, space),
            13 => Ingress(name, space),
            14 => Claim(name, space),
            _ => Autoscaler(name, space),
        };

    public static JsonObject Namespace(string name)
    {
        var made = Object("v1", "Namespace", name, null);
        made["metadata"]!["labels"] = new JsonObject { ["pod-security.kubernetes.io/enforce"] = "restricted" };
        return made;
    }

    public static JsonObject NetworkPolicy(string space)
    {
        var made = Object("networking.k8s.io/v1", "NetworkPolicy", "default-deny", space);
        made["spec"] = new JsonObject
        {
            ["podSelector"] = new JsonObject(),
            ["policyTypes"] = new JsonArray("Ingress", "Egress"),
        };
        return made;
    }

    private JsonObject Service(string name, string space)
    {
        var made = Object("v1", "Service", name, space);
        var spec = new JsonObject
        {
            ["selector"] = new JsonObject { ["app.kubernetes.io/name"] = name },
            ["ports"] = new JsonArray([
                .. Enumerable
                    .Range(0, random.Next(1, 3))
                    .Select(i => new JsonObject
                    {
                        ["name"] = $"port-{i}",
                        ["port"] = 80 + i,
                        ["targetPort"] = "http",
                    }),
            ]),
        };
        if (random.Next(3) == 0)
        {
            spec["sessionAffinity"] = "ClientIP";
        }

        made["spec"] = spec;
        return made;
    }

    private JsonObject ConfigMap(string name, string space)
    {
        var made = Object("v1", "ConfigMap", name, space);
        var data = new JsonObject();
        for (var i = random.Next(1, 12); i > 0; i--)
        {
            data[$"setting-{i}"] = $"value {random.Next(1_000)}";
        }

        if (random.Next(4) == 0)
        {
            data["app.conf"] = string.Concat(Enumerable.Range(0, 40).Select(i => $"key{i} = {random.Next()}\n"));
        }

        made["data"] = data;
        return made;
    }

    private static JsonObject ServiceAccount(string name, string space)
    {
        var made = Object("v1", "ServiceAccount", name, space);
        made["automountServiceAccountToken"] = false;
        return made;
    }

    private static JsonObject Role(string name, string space)
    {
        var made = Object("rbac.authorization.k8s.io/v1", "Role", name, space);
        made["rules"] = new JsonArray(
            new JsonObject
            {
                ["apiGroups"] = new JsonArray(""),
                ["resources"] = new JsonArray("configmaps"),
                ["resourceNames"] = new JsonArray(name),
                ["verbs"] = new JsonArray("get", "watch"),
            }
        );
        return made;
    }

    private static JsonObject RoleBinding(string name, string space)
    {
        var made = Object("rbac.authorization.k8s.io/v1", "RoleBinding", name, space);
        made["roleRef"] = new JsonObject
        {
            ["apiGroup"] = "rbac.authorization.k8s.io",
            ["kind"] = "Role",
            ["name"] = name,
        };
        made["subjects"] = new JsonArray(
            new JsonObject
            {
                ["kind"] = "ServiceAccount",
                ["name"] = name,
                ["namespace"] = space,
            }
        );
        return made;
    }

    private static JsonObject Ingress(string name, string space)
    {
        var host = $"{name}.example.org";
        var made = Object("networking.k8s.io/v1", "Ingress", name, space);
        made["spec"] = new JsonObject
        {
            ["tls"] = new JsonArray(new JsonObject { ["hosts"] = new JsonArray(host), ["secretName"] = $"{name}-tls" }),
            ["rules"] = new JsonArray(
                new JsonObject
                {
                    ["host"] = host,
                    ["http"] = new JsonObject
                    {
                        ["paths"] = new JsonArray(
                            new JsonObject
                            {
                                ["path"] = "/",
                                ["pathType"] = "Prefix",
                                ["backend"] = new JsonObject
                                {
                                    ["service"] = new JsonObject
                                    {
                                        ["name"] = name,
                                        ["port"] = new JsonObject { ["number"] = 80 },
                                    },
                                },
                            }
                        ),
                    },
                }
            ),
        };
        return made;
    }

    private JsonObject Claim(string name, string space)
    {
        var made = Object("v1", "PersistentVolumeClaim", name, space);
        made["spec"] = new JsonObject
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["resources"] = new JsonObject
            {
                ["requests"] = new JsonObject { ["storage"] = $"{random.Next(1, 100)}Gi" },
            },
        };
        return made;
    }

    private JsonObject Autoscaler(string name, string space)
    {
        var made = Object("autoscaling/v2", "HorizontalPodAutoscaler", name, space);
        made["spec"] = new JsonObject
        {
            ["scaleTargetRef"] = new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "Deployment",
                ["name"] = name,
            },
            ["minReplicas"] = 2,
            ["maxReplicas"] = random.Next(3, 20),
        };
        return made;
    }

    private static JsonObject Object(string version, string kind, string name, string? space)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (space is not null)
        {
            metadata["namespace"] = space;
        }

        return new JsonObject
        {
            ["apiVersion"] = version,
            ["kind"] = kind,
            ["metadata"] = metadata,
        };
    }
}
