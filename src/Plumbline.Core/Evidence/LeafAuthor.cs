namespace Plumbline.Core.Evidence;

/// <summary>Who writes an entry, where and with what: every leaf says so (RELIABILITY §2.2).</summary>
public sealed record LeafAuthor
{
    /// <summary>The tool's name in every leaf.</summary>
    public const string ToolName = "plumbline";

    /// <summary>Who ran it, e.g. a user's name; goes under a key of its own.</summary>
    public required string Actor { get; init; }

    /// <summary>Where it ran, e.g. a machine id; likewise.</summary>
    public required string Machine { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary><see cref="EngineDigest"/> of the program that writes.</summary>
    public required string Engine { get; init; }
}
