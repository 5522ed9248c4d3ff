using Plumbline.Rego.Tracing;

namespace Plumbline.Cli.Foreign.Opa;

/// <summary>The flags of <c>opa eval</c> that there are here.</summary>
internal static class EvalFlags
{
    public static IReadOnlyList<(string Word, ExplanationKind? Kind)> Explanations { get; } =
    [("off", null), ("full", ExplanationKind.Full), ("notes", ExplanationKind.Notes), ("fails", ExplanationKind.Fails)];

    public static IReadOnlyList<GoFlag> All { get; } =
    [
        GoFlag.List(
            "data",
            "d",
            "",
            "policy or document, or a folder of them; may be repeated; PREFIX:PATH puts documents under data.PREFIX"
        ),
        GoFlag.Text("input", "i", "", "document that policies see as input: JSON or YAML"),
        GoFlag.Switch("stdin-input", "read the input from standard input") with
        {
            Short = "I",
        },
        GoFlag.Switch("stdin", "read the query from standard input"),
        GoFlag.Text("package", "", "", "package in which the query stands"),
        GoFlag.List("import", "", "", "import of the query; may be repeated"),
        GoFlag.Text("format", "f", "json", $"form of the output: {string.Join(", ", EvalOutput.Formats)}"),
        GoFlag.Text("pretty-limit", "", "80", "length from which values in a table are cut"),
        GoFlag.Text("explain", "", "off", $"what is explained: {string.Join(", ", Explanations.Select(e => e.Word))}"),
        GoFlag.Switch("fail", "exit with 1 where the result is undefined or empty"),
        GoFlag.Switch("fail-defined", "exit with 1 where the result is defined and not empty"),
        GoFlag.Switch("strict-builtin-errors", "stop where a builtin fails"),
        GoFlag.Switch("strict", "refuse what compiles and is probably a mistake") with
        {
            Short = "S",
        },
        GoFlag.Switch("v0-compatible", "read policies and query as OPA before 1.0 did"),
        GoFlag.Switch("v1-compatible", "read policies and query as OPA 1.0 does, which is usual"),
    ];
}
