using Plumbline.Values;

namespace Plumbline.Languages.Yaml;

/// <summary>One document of a YAML stream, or why it could not be read.</summary>
/// <param name="Number">From 1, over the documents that have content.</param>
/// <param name="At">Where its text starts.</param>
/// <param name="Document">The content, with positions; null exactly where <paramref name="Fault"/> is set.</param>
public sealed record YamlDocument(int Number, Position At, Document? Document, TextFault? Fault)
{
    /// <summary>The document's own bytes; empty where there were more than the limit.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }
}
