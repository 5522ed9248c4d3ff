using Plumbline.Rego.Syntax;

namespace Plumbline.Rego.Tests.Syntax;

/// <summary>CONTRACTS §9: the samples parse, or are told what OPA tells and what to change.</summary>
public sealed class The_source_documents
{
    private const string Admission = """
        package kubernetes.admission

        # Require resource limits for all containers
        deny[msg] {
          input.request.kind.kind == "Pod"
          container := input.request.object.spec.containers[_]
          not container.resources.limits.memory
          msg := sprintf("SOC 2 Requirement: Container %v must have memory limits", [container.name])
        }

        # Data classification enforcement
        required_labels := ["data-classification", "data-retention", "compliance-scope"]

        deny[msg] {
          input.request.kind.kind in ["Deployment", "StatefulSet", "DaemonSet"]
          missing_labels := [label | label := required_labels[_]; not input.request.object.metadata.labels[label]]
          count(missing_labels) > 0
          msg := sprintf("Missing required compliance labels: %v", [missing_labels])
        }
        """;

    [Fact]
    public void Have_an_admission_policy_that_loads_with_a_warning()
    {
        var parsed = Rego.Parse(Admission, DialectChoice.Detect);
        Assert.Equal(3, parsed.Module!.Rules.Length);
        Assert.Equal(
            """
            p.rego:15:27: rego_parse_error: `in` is a keyword of v1, used in a v0 policy without its import
                input.request.kind.kind in ["Deployment", "StatefulSet", "DaemonSet"]
                                        ^^
              = add `import future.keywords.in` below the package, or OPA will refuse the file
            """,
            string.Join('\n', parsed.Diagnostics)
        );
    }

    [Fact]
    public void Have_an_admission_policy_that_opa_refuses_in_both_dialects()
    {
        Assert.Equal(
            ["15:27 unexpected identifier token: expected \\n or ; or }"],
            Rego.Messages(Admission, DialectChoice.V0)
        );
        Assert.Equal(
            [
                "4:1 `if` keyword is required before rule body",
                "4:1 `contains` keyword is required for partial set rules",
                "14:1 `if` keyword is required before rule body",
                "14:1 `contains` keyword is required for partial set rules",
            ],
            Rego.Messages(Admission)
        );
    }

    [Fact]
    public void Have_a_violation_rule_and_its_tests_in_v0()
    {
        const string policy = """
            package k8sdisallowprivileged
            violation[{"msg": msg}] {
            container := input.review.object.spec.containers[_]
            container.securityContext.privileged == true
            msg := sprintf("Privileged container not allowed: %v", [container.name])
            }
            """;
        const string tests = """
            package k8sdisallowprivileged_test
            test_deny_privileged {
            violation with input as {
            "review": {"object": {"spec": {"containers": [
            {"name": "evil", "securityContext": {"privileged": true}}
            ]}}}
            }
            }
            """;
        foreach (var text in new[] { policy, tests })
        {
            var parsed = Rego.Parse(text, DialectChoice.Detect);
            Assert.Empty(parsed.Diagnostics);
            Assert.Equal(Dialect.V0, parsed.Dialect);
        }
    }
}
