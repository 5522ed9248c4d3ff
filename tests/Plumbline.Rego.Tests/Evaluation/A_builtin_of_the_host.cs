using Plumbline.Values;

namespace Plumbline.Rego.Tests.Evaluation;

public sealed class A_builtin_of_the_host
{
    private static readonly HostBuiltin Caller = new(
        "host.caller",
        1,
        (caller, operands) =>
            operands[0].IsString ? $"{caller?.Name}: {operands[0].Utf8}" : Answer.WrongType(1, "string", operands[0])
    );

    [Theory]
    [InlineData(Plan.Closures)]
    [InlineData(Plan.TreeWalker)]
    public void Is_told_which_file_calls_it(Plan plan) =>
        Assert.Equal("p.rego: x", Ask("q := host.caller(\"x\")", plan).Utf8.ToString());

    [Fact]
    public void Is_undefined_where_it_fails() => Assert.True(Ask("q := host.caller(1)").IsUndefined);

    [Fact]
    public void Can_be_replaced() =>
        Assert.Equal("7", Ask("q := x if { x := r with host.caller as 7 }\n\nr := host.caller(\"x\")").ToString());

    [Fact]
    public void Is_unknown_to_policies_that_are_not_given_it() =>
        Assert.Throws<PolicyException>(() =>
            Policy.Compile([SourceText.Of("p.rego", "package p\n\nq := host.caller(1)\n")])
        );

    private static Value Ask(string rules, Plan plan = Plan.Closures)
    {
        var policy = Policy.Compile(
            [SourceText.Of("p.rego", $"package p\n\n{rules}\n")],
            new CompileOptions { Builtins = [Caller] }
        );
        return policy.Start(new EvaluationOptions(), plan).Ask(policy.Document("data.p.q")!).Value;
    }
}
