using System.Collections.Immutable;

namespace Plumbline.Rego.Testing;

public enum RegoTestVerdict
{
    Pass,

    /// <summary>The rule is undefined, or its value is not <c>true</c>.</summary>
    Fail,

    /// <summary>The evaluation ended in an error, or was more than its limits allow.</summary>
    Error,

    /// <summary>A <c>todo_test_</c> rule.</summary>
    Skip,
}

/// <summary>What became of a test.</summary>
public sealed record RegoTestResult(RegoTest Test, RegoTestVerdict Verdict)
{
    /// <summary>Why it is <see cref="RegoTestVerdict.Error"/>.</summary>
    public string? Error { get; init; }

    /// <summary>Of a test with cases, <c>test_x[case] if …</c>: each, in the order of its names.</summary>
    public ImmutableArray<RegoTestCase> Cases { get; init; } = [];

    /// <summary>What it printed.</summary>
    public ImmutableArray<PrintedLine> Printed { get; init; } = [];
}

/// <summary>One case of a test.</summary>
/// <param name="Name">Its key, as Rego writes it where it is no string.</param>
public readonly record struct RegoTestCase(string Name, bool HasPassed);
