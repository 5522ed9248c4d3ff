using System.Collections.Immutable;

namespace Plumbline.Core.Resources;

/// <summary>Resources and gaps of a target, read from … to; immutable.</summary>
public sealed record Snapshot
{
    /// <summary>As asked for, e.g. <c>deploy/</c>.</summary>
    public required string Target { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Under whom it was read, e.g. <c>uid 1000</c>.</summary>
    public required string Identity { get; init; }

    /// <summary>One for each call of a collector, in order: what was asked, under whom, how many it gave, and when.</summary>
    public ImmutableArray<SnapshotRead> Reads
    {
        get => field.IsDefault ? [new SnapshotRead($"read {Target}", Identity, From, To, Resources.Length)] : field;
        init;
    }

    /// <summary>In the order of their keys, which are distinct.</summary>
    public required ImmutableArray<Resource> Resources { get; init; }

    public ImmutableArray<Gap> Gaps { get; init; } = [];

    /// <summary>Files looked at, and those of them that hold nothing that is judged: both are reported.</summary>
    public int FilesRead { get; init; }

    /// <inheritdoc cref="FilesRead"/>
    public int FilesWithoutResources { get; init; }

    /// <summary>Keys that stood more than once in one folder, with the key each was given instead.</summary>
    public ImmutableArray<string> Duplicates { get; init; } = [];
}

/// <summary>One call of a collector: the interval in which what it gave was so (CONTRACTS §6, "Snapshot").</summary>
/// <param name="Operation">As a gap of it would say, e.g. <c>read deploy/</c>.</param>
/// <param name="Identity">Under whom.</param>
/// <param name="Found">Resources that it gave; another call may have given one of them too.</param>
public readonly record struct SnapshotRead(
    string Operation,
    string Identity,
    DateTimeOffset From,
    DateTimeOffset To,
    int Found
);

/// <summary>Reads a target: the port that every collector implements.</summary>
public interface ITarget
{
    /// <exception cref="TargetException">The target as a whole cannot be read: wrong input.</exception>
    Task<Snapshot> ReadAsync(IProgress<ReadProgress>? progress, CancellationToken cancel);
}

/// <summary>How far a read is.</summary>
public readonly record struct ReadProgress(int Files, int Resources, int Gaps);

/// <summary>A target does not exist or is none: the user's input is wrong.</summary>
/// <param name="code">Stable code, e.g. <c>PLB-3001</c>.</param>
public sealed class TargetException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
