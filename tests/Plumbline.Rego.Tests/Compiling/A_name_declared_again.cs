namespace Plumbline.Rego.Tests.Compiling;

public sealed class A_name_declared_again
{
    /// <summary>Before its own declaration a closure reads the variable around it, as in OPA.</summary>
    [Fact]
    public void May_be_read_from_outside_before() =>
        _ = Policy.Compile([
            SourceText.Of("p.rego", "package p\n\nq if { x := 1; ys := [x | x == 1; x := 2]; count(ys) > 0 }\n"),
        ]);

    [Fact]
    public void May_not_be_read_before_where_there_is_none_around()
    {
        var refused = Assert.Throws<PolicyException>(() =>
            Policy.Compile([SourceText.Of("p.rego", "package p\n\nq := [x | x == 1; x := 2]\n")])
        );

        Assert.Contains(refused.Diagnostics, d => d.Message == "var x referenced above");
    }
}
