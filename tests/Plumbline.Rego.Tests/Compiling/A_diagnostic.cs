using Plumbline.Rego.Tests.Evaluation;

namespace Plumbline.Rego.Tests.Compiling;

/// <summary>What people see of a policy that does not load.</summary>
public sealed class A_diagnostic
{
    [Fact]
    public void Names_an_unsafe_variable() =>
        Shows(
            "package p\n\nallow if {\n\tx > 1\n}\n",
            """
            p.rego:4:2: rego_unsafe_var_error: var x is unsafe
              	x > 1
              	^
            """
        );

    [Fact]
    public void Names_a_variable_that_only_a_negation_would_bind() =>
        Shows(
            "package p\n\nallow if {\n\tnot a = input.x\n\tnot { b = input.x }\n}\n",
            """
            p.rego:4:6: rego_unsafe_var_error: var a is unsafe
              	not a = input.x
              	    ^
            """
        );

    [Fact]
    public void Names_the_builtin_that_was_meant() =>
        Shows(
            "package p\n\nallow if {\n\t\tcuont(input.x) > 0\n}\n",
            """
            p.rego:4:3: rego_type_error: undefined function cuont
              		cuont(input.x) > 0
              		^^^^^^^^^^^^^^
              = did you mean `count`?
            """
        );

    [Fact]
    public void Names_the_function_that_was_meant() =>
        Shows(
            "package p\n\nis_open(x) if x.open\n\nallow if is_opne(input)\n",
            """
            p.rego:5:10: rego_type_error: undefined function is_opne
              allow if is_opne(input)
                       ^^^^^^^^^^^^^^
              = did you mean `data.p.is_open`?
            """
        );

    [Fact]
    public void Shows_the_way_of_a_recursion() =>
        Shows(
            "package p\n\na if b\n\nb if c\n\nc if not a\n",
            """
            p.rego:3:1: rego_recursion_error: rule data.p.a is recursive: data.p.a -> data.p.b -> data.p.c -> data.p.a
              a if b
              ^
            """
        );

    [Fact]
    public void Says_how_many_operands_were_expected() =>
        Shows(
            "package p\n\nf(x, y) := x + y\n\na := f(1)\n\nb := count([], [], 3)\n",
            """
            p.rego:5:6: rego_type_error: data.p.f: arity mismatch: expected 2 arguments, got 1
              a := f(1)
                   ^^^^
            p.rego:7:6: rego_type_error: count: arity mismatch: expected 1 argument, got 3
              b := count([], [], 3)
                   ^^^^^^^^^^^^^^^^
            """
        );

    [Fact]
    public void Says_that_rules_conflict() =>
        Shows(
            "package p\n\nr := 1\n\nr contains 2\n\ndefault s := 1\n\ndefault s := 2\n",
            """
            p.rego:3:1: rego_type_error: conflicting rules data.p.r found
              r := 1
              ^^^^^^
            p.rego:9:1: rego_type_error: multiple default rules data.p.s found
              default s := 2
              ^^^^^^^^^^^^^^
            """
        );

    [Fact]
    public void Stands_under_the_place_behind_letters_of_several_bytes() =>
        Shows(
            "package p\n\nallow if \"größe\" == x\n",
            """
            p.rego:3:23: rego_unsafe_var_error: var x is unsafe
              allow if "größe" == x
                                  ^
            """
        );

    [Fact]
    public void Comes_with_all_others_in_the_order_of_files_and_lines() =>
        Assert.Equal(
            """
            p.rego:3:11: rego_unsafe_var_error: var x is unsafe
              a := 1 if x
                        ^
            p.rego:5:6: rego_type_error: undefined function nothing.at_all
              b := nothing.at_all(1)
                   ^^^^^^^^^^^^^^^^^
            p1.rego:3:6: rego_unsafe_var_error: var y is unsafe
              c if y
                   ^
            """,
            Policies.Faults("package p\n\na := 1 if x\n\nb := nothing.at_all(1)\n", "package q\n\nc if y\n")
        );

    private static void Shows(string text, string expected) => Assert.Equal(expected, Policies.Faults(text));
}
