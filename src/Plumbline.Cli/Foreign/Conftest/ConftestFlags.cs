using System.Text;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>conftest's flags, and the places where their values may stand: the command line, then the environment, then <c>conftest.toml</c>.</summary>
internal static class ConftestFlags
{
    private const string Prefix = "CONFTEST_";

    private static readonly GoFlag[] Everywhere =
    [
        GoFlag.Text(
            "config-file",
            "c",
            "",
            "path to a configuration file, instead of conftest.toml in the working folder"
        ),
    ];

    /// <summary>What loads and runs policies takes these.</summary>
    private static readonly GoFlag[] Policies =
    [
        GoFlag.List("policy", "p", "policy", "files and folders with policies"),
        GoFlag.List("data", "d", "", "files and folders with documents for data; the folder data where there is one"),
        GoFlag.List("namespace", "n", "main", "the package whose rules count; may be a pattern"),
        GoFlag.Text("output", "o", "stdout", $"form of the output: {string.Join(", ", Outputs.Names)}"),
        GoFlag.Text("rego-version", "", "v1", "version of the language: v0 or v1"),
        GoFlag.Switch("strict", "refuse what compiles and is probably a mistake, such as unused variables"),
        GoFlag.Switch("trace", "show how the policies were evaluated"),
        GoFlag.Switch("no-color", "no colours"),
        GoFlag.Switch("quiet", "print nothing where nothing fails"),
        GoFlag.Switch("junit-hide-message", "no messages in the names of JUnit's test cases"),
    ];

    public static IReadOnlyList<GoFlag> Parse { get; } =
    [
        GoFlag.Switch("combine", "all files as one document"),
        GoFlag.Text("parser", "", "", "read all files with this parser"),
        .. Everywhere,
    ];

    public static IReadOnlyList<GoFlag> Test { get; } =
    [
        .. Policies,
        GoFlag.Switch("all-namespaces", "the rules of every package count"),
        GoFlag.Switch("combine", "all files as one document"),
        GoFlag.Switch("fail-on-warn", "exit with 1 if there are warnings, with 2 if there are failures"),
        GoFlag.Text("ignore", "", "", "a regular expression for paths below folders that are passed over"),
        GoFlag.Switch("no-fail", "exit with 0 whatever was found"),
        GoFlag.Text("parser", "", "", "read all files with this parser"),
        GoFlag.Switch("show-builtin-errors", "stop where a builtin fails"),
        GoFlag.Switch("suppress-exceptions", "print no exceptions"),
        .. Everywhere,
    ];

    public static IReadOnlyList<GoFlag> Verify { get; } =
    [
        .. Policies.Select(f =>
            f.Name == "namespace"
                ? f with
                {
                    Default = "",
                    Meaning = "only tests of this package; may be a pattern",
                }
                : f
        ),
        GoFlag.Text("report", "", "", "the tests one by one, with their traces: full, notes or fails"),
        GoFlag.Switch("show-builtin-errors", "a test fails where a builtin does", isOn: true),
        .. Everywhere,
    ];

    /// <exception cref="FormatException">A flag is unknown or lacks its value, or the configuration file is faulty.</exception>
    public static GoFlags Read(IReadOnlyList<GoFlag> known, IReadOnlyList<string> words, HostEnvironment host)
    {
        var file = new Lazy<Value>(() => ReadFile(new GoFlags(known, words, _ => null).Text("config-file"), host));
        return new GoFlags(known, words, flag => OfEnvironment(flag, host) ?? OfFile(file.Value[flag.Name]));
    }

    private static IReadOnlyList<string>? OfEnvironment(GoFlag flag, HostEnvironment host) =>
        host.Variable(Prefix + flag.Name.ToUpperInvariant().Replace('-', '_')) is { Length: > 0 } value
            ? [value]
            : null;

    private static IReadOnlyList<string>? OfFile(Value value) =>
        value.Kind switch
        {
            ValueKind.String => [value.Utf8.ToString()],
            ValueKind.Boolean => [value.IsTrue ? "true" : "false"],
            ValueKind.Array => [.. Enumerable.Range(0, value.Count).Select(i => value[i].Utf8.ToString())],
            _ => null,
        };

    private static Value ReadFile(string named, HostEnvironment host)
    {
        var name = named.Length > 0 ? named : "conftest.toml";
        var path = Path.GetFullPath(name, host.WorkingFolder);
        if (!File.Exists(path))
        {
            return named.Length == 0
                ? Value.EmptyObject
                : throw new FormatException(
                    $"read in config: error reading config: open {name}: no such file or directory"
                );
        }

        var bytes = File.ReadAllBytes(path);
        if (Path.GetExtension(path) is not (".yaml" or ".yml" or ".json"))
        {
            return FlatToml.Read(name, Encoding.UTF8.GetString(bytes));
        }

        return YamlReader.TryRead(bytes, YamlOptions.Core, out var document, out var fault)
            ? document!.Root
            : throw new FormatException($"{name}:{fault!.At.Line}:{fault.At.Column}: {fault.Message}");
    }
}
