using System.Collections.Immutable;
using Plumbline.Core.Authored;
using Plumbline.Core.Checks;
using Plumbline.Core.Judging;
using Plumbline.Rego.Syntax;
using Plumbline.Values;

namespace Plumbline.Core.Tests;

/// <summary>The product's own checks and lists, as these tests need them.</summary>
internal static class Content
{
    public static IEnumerable<string> CheckFiles =>
        Directory
            .EnumerateFiles(Repository.Path("content/checks"), "*.rego", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    public static NaturalKeys Keys { get; } =
        NaturalKeys.TryRead(
            "content/keys.yaml",
            File.ReadAllBytes(Repository.Path("content/keys.yaml")),
            out var keys,
            out var faults
        )
            ? keys!
            : throw new InvalidOperationException(string.Join('\n', faults));

    public static ImmutableArray<Check> Checks =>
        [
            .. CheckFiles.Select(f =>
                Read(f, File.ReadAllText(f), out var faults)
                ?? throw new InvalidOperationException(string.Join('\n', faults))
            ),
        ];

    /// <summary>Reads the annotation and the package at the head of a text, without a parser of Rego.</summary>
    public static Check? Read(string file, string text, out ImmutableArray<FileFault> faults)
    {
        var lines = text.Split('\n');
        var head = Array.IndexOf(lines, "# METADATA");
        var package = Array.FindIndex(lines, l => l.StartsWith("package ", StringComparison.Ordinal));
        var annotation = new Annotation(
            new SourceSpan(0, 0, head + 1, 1),
            string.Concat(
                lines[(head + 1)..package]
                    .Select(l => (l.StartsWith("# ", StringComparison.Ordinal) ? l[2..] : l[1..]) + "\n")
            ),
            new SourceSpan(0, 0, package + 1, 1)
        );
        _ = CheckMetadata.TryRead(
            file,
            [.. lines[package]["package ".Length..].Split('.')],
            annotation,
            out var check,
            out faults
        );
        return check;
    }
}
