using System.Collections.Immutable;

namespace Plumbline.Rego.Reads;

/// <summary>How much of a place a rule reads.</summary>
internal enum ReadKind
{
    /// <summary>All that stands there.</summary>
    Value,

    /// <summary>Only which members there are: their names, or how many.</summary>
    Members,

    /// <summary>Only whether anything stands there: a statement that names an absent value has no solution.</summary>
    Presence,
}

/// <summary>Places in <c>input</c> or <c>data</c>, as a rule names them: <c>input.spec.containers[_].image</c>.</summary>
/// <param name="Root"><c>input</c> or <c>data</c>.</param>
/// <param name="Steps">Names and indexes; null stands for every member.</param>
internal sealed record ReadPath(string Root, ImmutableArray<string?> Steps)
{
    public const string Input = "input";
    public const string Data = "data";

    public ReadPath Below(string? step) => this with { Steps = Steps.Add(step) };

    /// <summary>Every place that this names is the other, or lies below it.</summary>
    public bool IsWithin(ReadPath other) =>
        Root == other.Root
        && Steps.Length >= other.Steps.Length
        && other.Steps.AsSpan().SequenceEqual(Steps.AsSpan(0, other.Steps.Length));

    public bool Equals(ReadPath? other) =>
        other is not null && Root == other.Root && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Root, StringComparer.Ordinal);
        foreach (var step in Steps)
        {
            hash.Add(step, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => Root + string.Concat(Steps.Select(s => $"/{s ?? "*"}"));
}
