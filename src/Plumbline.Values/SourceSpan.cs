namespace Plumbline.Values;

/// <summary>Where something stands in a text: from <see cref="Start"/>, <see cref="Length"/> bytes long.</summary>
/// <param name="Start">Byte offset, from 0.</param>
/// <param name="Length">Bytes covered; 0 marks a place between two characters.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in bytes, as OPA counts it for Rego; readers of YAML and JSON count the same way.</param>
public readonly record struct SourceSpan(int Start, int Length, int Line, int Column)
{
    /// <summary>Byte offset just past the end.</summary>
    public int End => Start + Length;

    /// <summary>The span that covers this one and <paramref name="other"/>, which starts no earlier.</summary>
    public SourceSpan To(SourceSpan other) => this with { Length = Math.Max(End, other.End) - Start };
}
