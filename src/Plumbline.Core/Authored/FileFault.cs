using Plumbline.Values;

namespace Plumbline.Core.Authored;

/// <summary>What is wrong with a file that somebody wrote, and where.</summary>
/// <param name="Code">Stable: one of <see cref="FileFaults"/>, or the reader's own where it is no YAML.</param>
/// <param name="File">As the user knows it.</param>
/// <param name="Message">What was expected and what came.</param>
public sealed record FileFault(string Code, string File, Position At, string Message)
{
    public override string ToString() => $"{File}:{At.Line}:{At.Column}: {Code}: {Message}";
}

/// <summary>Codes of the faults of this room: PLB-1000 to PLB-1999.</summary>
public static class FileFaults
{
    /// <summary>A key that means nothing here.</summary>
    public const string UnknownKey = "PLB-1001";

    /// <summary>A key that must be there and is not.</summary>
    public const string Missing = "PLB-1002";

    /// <summary>A value of the wrong kind, or none of those allowed.</summary>
    public const string Value = "PLB-1003";

    /// <summary>The second of something that exists once.</summary>
    public const string Duplicate = "PLB-1004";

    /// <summary>A name of nothing that exists.</summary>
    public const string Reference = "PLB-1005";

    /// <summary>Two statements that exclude each other.</summary>
    public const string Contradiction = "PLB-1006";

    /// <summary>The file's name, and what it says of itself, differ.</summary>
    public const string Name = "PLB-1007";

    /// <summary>A key that has a meaning, which this version does nothing about.</summary>
    public const string NotSupported = "PLB-1008";

    /// <summary>Something that the inventory declares was not seen.</summary>
    public const string NotSeen = "PLB-1020";
}
