using Plumbline.Rego.Tests.Evaluation;

namespace Plumbline.Rego.Tests.Samples;

/// <summary>CONTRACTS §9, S3: its tests are unsafe as printed, and one of them could never hold.</summary>
public sealed class Tests_of_a_violation
{
    private const string Policy = """
        package k8sdisallowprivileged
        violation[{"msg": msg}] {
        container := input.review.object.spec.containers[_]
        container.securityContext.privileged == true
        msg := sprintf("Privileged container not allowed: %v", [container.name])
        }
        """;

    private const string Input =
        """{"review": {"object": {"spec": {"containers": [{"name": "evil", "securityContext": {"privileged": true}}]}}}}""";

    [Fact]
    public void Are_unsafe_in_a_package_of_their_own() =>
        Assert.Equal(
            """
            p1.rego:3:1: rego_unsafe_var_error: var violation is unsafe
              violation with input as {}
              ^^^^^^^^^
              = `violation` is a rule of package `k8sdisallowprivileged`: write `data.k8sdisallowprivileged.violation` or import it
            """,
            Policies.Faults(
                Policy,
                "package k8sdisallowprivileged_test\ntest_deny_privileged {\nviolation with input as {}\n}\n"
            )
        );

    [Fact]
    public void Are_warned_that_the_negation_of_a_partial_set_never_holds()
    {
        var policy = Policies.Of(
            Policy,
            "package k8sdisallowprivileged\ntest_allow {\nnot violation with input as {}\n}\n"
        );
        Assert.Equal(
            """
            p1.rego:3:1: rego_compile_error: `not violation` never holds: the set data.k8sdisallowprivileged.violation is there even when it is empty
              not violation with input as {}
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              = write `count(violation) == 0`
            """,
            Assert.Single(policy.Warnings).ToString()
        );
        Assert.Empty(policy.Query("data.k8sdisallowprivileged.test_allow").Evaluate(new EvaluationOptions()));
    }

    [Fact]
    public void Hold_once_they_are_corrected()
    {
        var policy = Policies.Of(
            Policy,
            $$"""
            package k8sdisallowprivileged_test
            import data.k8sdisallowprivileged.violation
            test_deny_privileged {
                count(violation) == 1 with input as {{Input}}
            }
            test_allow {
                count(violation) == 0 with input as {}
            }
            """
        );
        Assert.Empty(policy.Warnings);
        var both = "data.k8sdisallowprivileged_test.test_deny_privileged; data.k8sdisallowprivileged_test.test_allow";
        Assert.Single(policy.Query(both).Evaluate(new EvaluationOptions()));
    }
}
