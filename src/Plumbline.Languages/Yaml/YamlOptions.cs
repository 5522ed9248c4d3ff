using System.Collections.Immutable;

namespace Plumbline.Languages.Yaml;

/// <summary>What a plain (unquoted) scalar means.</summary>
public enum YamlSchema
{
    /// <summary>YAML 1.2, section 10.3: <c>yes</c> and <c>2026-01-31</c> are strings, <c>0400</c> is four hundred.</summary>
    Core,

    /// <summary>
    /// As kubectl and the other clients of Kubernetes read manifests (<c>sigs.k8s.io/yaml</c>, which is YAML 1.1 with
    /// exceptions): <c>yes</c>, <c>on</c> and <c>y</c> are true, <c>0400</c> is 256, <c>1_000</c> a thousand.
    /// </summary>
    Kubernetes,
}

/// <summary>How a YAML text is read.</summary>
public sealed record YamlOptions
{
    public static YamlOptions Core { get; } = new();

    public static YamlOptions Kubernetes { get; } = new() { Schema = YamlSchema.Kubernetes };

    public YamlSchema Schema { get; init; }

    public YamlLimits Limits { get; init; } = new();

    /// <summary>
    /// Tags beside YAML's own that are read, each with the member that the tagged node becomes the value of:
    /// <c>!Ref</c> → <c>Ref</c> reads <c>!Ref x</c> as <c>{"Ref": "x"}</c>. Any other tag is a fault.
    /// </summary>
    public ImmutableDictionary<string, string> Tags { get; init; } =
        ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>How much a YAML text may cost. A fault names the limit that was met.</summary>
public sealed record YamlLimits
{
    /// <summary>Of one document. A manifest is stored in etcd, which holds 1.5 MiB of it.</summary>
    public int MaxDocumentBytes { get; init; } = 4 << 20;

    /// <summary>Of all documents of a file, which are read one after the other.</summary>
    public long MaxFileBytes { get; init; } = 512 << 20;

    /// <summary>Nesting, counted on tokens before anything is built, and again once aliases are expanded.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Aliases written in one document.</summary>
    public int MaxAliases { get; init; } = 1_000;

    /// <summary>Keys, values and collections of one document, aliases and merges expanded: nine lists of nine aliases to nine lists … are 9⁹.</summary>
    public int MaxNodes { get; init; } = 1_000_000;
}
