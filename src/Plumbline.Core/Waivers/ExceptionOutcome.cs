using System.Collections.Immutable;

namespace Plumbline.Core.Waivers;

/// <summary>What the exceptions of a repository came to when they were held against what fails.</summary>
public sealed record ExceptionOutcome
{
    public static ExceptionOutcome None { get; } = new();

    public ImmutableArray<Waiver> Waivers { get; init; } = [];

    public ImmutableArray<Claim> Claims { get; init; } = [];

    /// <summary>Every entry of the file, in the order of the ids.</summary>
    public ImmutableArray<ExceptionEntry> Entries { get; init; } = [];
}
