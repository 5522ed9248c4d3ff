namespace Plumbline.Cli.Tests;

/// <summary>A library of one check that ends only with its budget.</summary>
internal static class Endless
{
    private const string Check = """
        # METADATA
        # title: Ends some time
        # custom:
        #   resources: [k8s//Pod]
        #   impact: 0.9
        #   family: change
        #   rationale: None.
        #   fix: {text: None.}
        #   revision: 1
        package checks.demo.endless

        deny contains "it ended" if {
        	some a in numbers.range(1, 100000)
        	some b in numbers.range(1, 100000)
        	some c in numbers.range(1, 100000)
        	a + b + c == 0
        }

        """;

    public static void WriteTo(Estate estate) => estate.UseContent(("checks/demo/endless.rego", Check));
}
