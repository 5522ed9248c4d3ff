using Plumbline.Rego.Testing;
using Plumbline.Rego.Tests.Evaluation;

namespace Plumbline.Rego.Tests.Testing;

public sealed class Tests_in_Rego
{
    private const string Mixed = """
        package p_test

        test_passes if 1 == 1

        test_fails if {
        	print("one is", 1)
        	1 == 2
        }

        test_is_no_boolean := 1

        test_conflicts := x if some x in [1, 2]

        todo_test_later if false

        test_twice if false

        test_twice if true

        testing if false

        test_function(x) if x

        default test_has_default := false

        test_has_default if true

        test_cases[name] if {
        	some name, sum in {"one": 2, "two": 3}
        	sum == 2
        }

        test_all[name] := sum == 2 if some name, sum in {"one": 2, "two": 3}
        """;

    [Fact]
    public void Are_found_in_the_order_of_files_and_run_one_by_one()
    {
        var policy = Policies.Of(Mixed, "package a\ntest_elsewhere if true");

        Assert.Equal(
            """
            p.rego:3 data.p_test.test_passes: Pass
            p.rego:5 data.p_test.test_fails: Fail
            p.rego:10 data.p_test.test_is_no_boolean: Fail
            p.rego:12 data.p_test.test_conflicts: Error p.rego:12: eval_conflict_error: complete rules must not produce multiple outputs
            p.rego:14 data.p_test.todo_test_later: Skip
            p.rego:16 data.p_test.test_twice: Fail
            p.rego:18 data.p_test.test_twice#01: Pass
            p.rego:26 data.p_test.test_has_default: Pass
            p.rego:28 data.p_test.test_cases: Pass one=True
            p.rego:33 data.p_test.test_all: Fail one=True two=False
            p1.rego:2 data.a.test_elsewhere: Pass
            """,
            string.Join('\n', TestRunner.Run(policy, new EvaluationOptions(), default).Select(Show))
        );
    }

    [Fact]
    public void Keep_what_they_print_and_hand_it_on()
    {
        var heard = new List<string>();
        var options = new EvaluationOptions { Print = l => heard.Add(l.Text) };
        var results = TestRunner.Run(Policies.Of(Mixed), options, default).ToList();

        Assert.Equal("one is 1", Assert.Single(results.Single(r => r.Test.Name == "test_fails").Printed).Text);
        Assert.Equal(["one is 1"], heard);
    }

    [Fact]
    public void Are_wrong_where_they_need_more_than_they_may()
    {
        var policy = Policies.Of("package p\ntest_long if { count(numbers.range(1, 1000)) == 1000 }");
        var options = new EvaluationOptions { Limits = new Limits(MaxSteps: 100) };

        var result = Assert.Single(TestRunner.Run(policy, options, default));

        Assert.Equal(
            (RegoTestVerdict.Error, "the evaluation needs more than 100 steps"),
            (result.Verdict, result.Error)
        );
    }

    [Fact]
    public void Are_given_input_and_data_by_with()
    {
        var policy = Policies.Of(
            "package p\ndeny contains \"x\" if input.on\ndeny contains data.word",
            "package p_test\nimport data.p\ntest_on if p.deny == {\"x\", \"w\"} with input.on as true with data.word as \"w\""
        );

        Assert.Equal(
            RegoTestVerdict.Pass,
            Assert.Single(TestRunner.Run(policy, new EvaluationOptions(), default)).Verdict
        );
    }

    private static string Show(RegoTestResult result)
    {
        var cases = string.Concat(result.Cases.Select(c => $" {c.Name}={c.HasPassed}"));
        var error = result.Error is null ? "" : $" {result.Error}";
        return $"{result.Test.PolicySource.Name}:{result.Test.Span.Line} {result.Test}: {result.Verdict}{error}{cases}";
    }
}
