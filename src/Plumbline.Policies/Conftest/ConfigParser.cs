using Plumbline.Core.Authored;
using Plumbline.Languages;
using Plumbline.Languages.Yaml;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>Reads a configuration file into the documents that policies see.</summary>
/// <param name="Name">As conftest calls the parser.</param>
/// <param name="Extensions">Of the files that it reads unasked, lower-case, without a dot.</param>
/// <param name="Documents">The documents of a text; what it throws names no file.</param>
public sealed record ConfigParser(
    string Name,
    IReadOnlyList<string> Extensions,
    Func<byte[], IReadOnlyList<Value>> Documents
)
{
    /// <summary>Standard input is read as this, unless a parser is named; so are files without an extension.</summary>
    private const string Usual = "yaml";

    /// <summary>What conftest reads and this does not: named so that a file of theirs is told from one that nobody reads.</summary>
    private static readonly string[] Others =
    [
        "cue",
        "dockerfile",
        "dotenv",
        "edn",
        "groovy",
        "hcl1",
        "hcl2",
        "hocon",
        "ignore",
        "ini",
        "jsonnet",
        "nginx",
        "properties",
        "spdx",
        "textproto",
        "toml",
        "vcl",
        "xml",
    ];

    /// <summary>Files without an extension that are no YAML.</summary>
    private static readonly string[] Nameless = ["dockerfile", "jenkinsfile", "codeowners"];

    private static readonly YamlOptions Yaml = YamlOptions.Kubernetes with
    {
        Limits = new YamlLimits { MaxDocumentBytes = 64 << 20 },
    };

    /// <summary>Plans of Terraform are larger and deeper than what a cluster takes.</summary>
    private static readonly JsonLimits JsonLimit = new(MaxBytes: 256 << 20, MaxDepth: 256);

    public static IReadOnlyList<ConfigParser> All { get; } =
    [new("cyclonedx", [], CycloneDx), new("json", ["json"], ReadJson), new(Usual, ["yaml", "yml"], ReadYaml)];

    /// <summary>The parser for a file, by its name.</summary>
    /// <param name="path"><c>-</c> for standard input.</param>
    /// <exception cref="ConftestException">There is none.</exception>
    public static ConfigParser For(string path) =>
        Find(path)
        ?? throw new ConftestException(
            $"{path}: expected a file of a supported type ({Types()}), got `{Path.GetFileName(path)}`"
        );

    /// <summary>Whether <see cref="For"/> finds one.</summary>
    public static bool Reads(string path) => Find(path) is not null;

    /// <exception cref="ConftestException">There is no parser of that name.</exception>
    public static ConfigParser Named(string name) =>
        All.FirstOrDefault(p => p.Name == name)
        ?? throw new ConftestException(
            Others.Contains(name)
                ? $"the parser `{name}` is not supported: expected one of {Types()}"
                : $"expected a parser, one of {Types()}, got `{name}`{Nearest.Hint(name, All.Select(p => p.Name))}"
        );

    /// <exception cref="ConftestException">The text is faulty; the fault names <paramref name="path"/> and the place.</exception>
    public IReadOnlyList<Value> Read(string path, byte[] bytes)
    {
        try
        {
            return Documents(bytes);
        }
        catch (FormatException wrong)
        {
            throw new ConftestException($"{path}:{wrong.Message}");
        }
    }

    /// <summary>A fault at a place of a text, as <see cref="Read"/> wants it.</summary>
    internal static FormatException Fault(Position at, string message) => new($"{at.Line}:{at.Column}: {message}");

    private static string Types() => string.Join(", ", All.Select(p => $"`{p.Name}`"));

    private static ConfigParser? Find(string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant();
        if (Nameless.Contains(name) || name.StartsWith("dockerfile.", StringComparison.Ordinal))
        {
            return null;
        }

        var extension = path == "-" || !name.Contains('.') ? Usual : name[(name.LastIndexOf('.') + 1)..];
        return All.FirstOrDefault(p => p.Name == extension || p.Extensions.Contains(extension));
    }

    /// <summary>A file that is one list is taken for several documents, as conftest does.</summary>
    private static IReadOnlyList<Value> ReadJson(byte[] text)
    {
        if (!JsonText.TryRead(text, JsonLimit, out var document, out var fault))
        {
            throw Fault(fault!.At, fault.Message);
        }

        return Spread([document!.Root]);
    }

    private static IReadOnlyList<Value> ReadYaml(byte[] text)
    {
        var documents = new List<Value>();
        using var stream = new MemoryStream(text);
        foreach (var read in YamlReader.ReadAsync(stream, Yaml, default).ToBlockingEnumerable())
        {
            documents.Add(read.Fault is { } fault ? throw Fault(fault.At, fault.Message) : read.Document!.Root);
        }

        return documents.Count == 0 ? [Value.Null] : Spread(documents);
    }

    private static IReadOnlyList<Value> Spread(IReadOnlyList<Value> documents) =>
        documents is [{ IsArray: true } list] ? [.. Enumerable.Range(0, list.Count).Select(i => list[i])] : documents;

    /// <summary>A bill of materials in JSON. The form in XML is another language, which is not read.</summary>
    private static IReadOnlyList<Value> CycloneDx(byte[] text)
    {
        if (text.AsSpan().TrimStart("\uFEFF \t\r\n"u8).StartsWith("<"u8))
        {
            throw Fault(
                new Position(1, 1),
                "expected a bill of materials in JSON, got one in XML, which is not supported"
            );
        }

        var documents = ReadJson(text);
        return documents is [var bill] && bill["bomFormat"] == "CycloneDX"
            ? documents
            : throw Fault(new Position(1, 1), "expected `\"bomFormat\": \"CycloneDX\"`, got another document");
    }
}
