namespace Plumbline.Values;

/// <summary>A value that was not told: what is known of it, and why it is not known (rule 1 of unknown values).</summary>
/// <remarks>
/// Two unknowns are the same value exactly when their <see cref="Id"/> is the same. One that is made while judging
/// (a member of an open collection, say) has no id of its own and equals only itself, so that two iterations over
/// an open collection never count as equal.
/// </remarks>
public sealed class Unknown
{
    /// <summary>The declared address, or resource key and pointer; null for one made while judging.</summary>
    public string? Id { get; init; }

    /// <summary>Why it was not told: <c>variable</c>, <c>redacted</c>, <c>denied</c>, <c>computed</c>, <c>lost page</c>, …</summary>
    public required string Cause { get; init; }

    /// <summary>Surely there: no completion leaves it out.</summary>
    public bool Present { get; init; }

    /// <summary>Its kind, where that is known.</summary>
    public ValueKind? Kind { get; init; }

    /// <summary>Bounds of a number, both inclusive.</summary>
    public Number? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public Number? Max { get; init; }

    /// <summary>What a string surely starts with.</summary>
    public Utf8? Prefix { get; init; }

    /// <summary>A text made from unknowns, each of them shown in its place; only for display, never a known value.</summary>
    public string? Text { get; init; }

    /// <summary>How a message calls it: <c>‹unknown: var.name›</c>, or <see cref="Text"/> where it has one.</summary>
    public string Display => Text ?? $"‹unknown: {Id ?? Cause}›";

    public override string ToString() => Display;
}

/// <summary>Says that a collection may hold more members than the ones shown.</summary>
/// <param name="Cause">Why the rest was not told.</param>
public sealed record OpenMark(string Cause);
