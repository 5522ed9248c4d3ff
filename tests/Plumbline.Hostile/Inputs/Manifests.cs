using System.Text;

namespace Plumbline.Hostile.Inputs;

/// <summary>Manifests that are right, to be made wrong.</summary>
internal static class Manifests
{
    public static string[] Yaml { get; } =
    [
        """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {owner: ada}}
            spec:
              containers:
                - name: web
                  image: registry.example/web:1.0.0
                  securityContext: {privileged: true}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: web, namespace: shop}
            stringData: {password: "sêcret"}

            """,
        """
            a: &a {apiVersion: v1, kind: Pod}
            b: &b
              <<: *a
              metadata: &m
                name: x
            c: [*a, *b, *m, "\u00e9", 'it''s', |
              text
              lines
            , 1e3, 0x1F, 2026-11-24, ~, yes]

            """,
        """
            apiVersion: v1
            kind: List
            items:
              - {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, securityContext: {privileged: "true"}}]}}
              - {apiVersion: apps/v1, kind: Deployment, metadata: {name: b}, spec: {template: {spec: {containers: []}}}}

            """,
    ];

    public static string Json { get; } =
        """
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "labels": {"owner": "ada"}},
               "spec": {"containers": [{"name": "w\u00e9b", "ports": [{"containerPort": 80}], "securityContext": {"privileged": true}}]}},
              {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "n", "annotations": {"a": "1e2", "b": null}}, "spec": {"x": [1.50, -0, 1e2]}}
            ]}

            """;

    public static string Repeat(string part, int times) =>
        new StringBuilder(part.Length * times).Insert(0, part, times).ToString();
}
