using System.Collections.Immutable;
using Plumbline.Values;

namespace Plumbline.Policies.Conftest;

/// <summary>What conftest says of one file in one package.</summary>
public sealed record CheckResult
{
    /// <summary>Path as it was given; <c>-</c> for standard input, <c>Combined</c> for all files as one.</summary>
    public required string FileName { get; init; }

    /// <summary>The package; empty for a unit test.</summary>
    public required string Namespace { get; init; }

    public int Successes { get; init; }

    public ImmutableArray<ResultMessage> Skipped { get; init; } = [];

    public ImmutableArray<ResultMessage> Warnings { get; init; } = [];

    public ImmutableArray<ResultMessage> Failures { get; init; } = [];

    public ImmutableArray<ResultMessage> Exceptions { get; init; } = [];

    /// <summary>The questions that were put, in order.</summary>
    public ImmutableArray<QueryResult> Queries { get; init; } = [];

    public int Total => Successes + Skipped.Length + Warnings.Length + Failures.Length + Exceptions.Length;

    /// <summary>The results of several documents of one file as those of the file.</summary>
    public static CheckResult Sum(CheckResult left, CheckResult right) =>
        left with
        {
            Successes = left.Successes + right.Successes,
            Skipped = left.Skipped.AddRange(right.Skipped),
            Warnings = left.Warnings.AddRange(right.Warnings),
            Failures = left.Failures.AddRange(right.Failures),
            Exceptions = left.Exceptions.AddRange(right.Exceptions),
            Queries = left.Queries.AddRange(right.Queries),
        };
}

/// <summary>One message, and what the policy said besides.</summary>
/// <param name="Metadata">An object: the members of the policy's object but <c>msg</c> and <c>_loc</c>; undefined where there is none.</param>
/// <param name="Location">Where the policy says that the reason lies.</param>
public sealed record ResultMessage(string Message, Value Metadata = default, ResultLocation? Location = null);

/// <summary>The member <c>_loc</c> of a policy's object; what it does not say is empty.</summary>
public sealed record ResultLocation(string File, string Line);

/// <summary>One question, e.g. <c>data.main.deny</c>.</summary>
/// <param name="Passed">It gave no message.</param>
/// <param name="Traces">How it was answered, line by line, where that was asked for.</param>
/// <param name="Outputs">What the policy printed meanwhile.</param>
public sealed record QueryResult(
    string Query,
    bool Passed,
    ImmutableArray<string> Traces,
    ImmutableArray<string> Outputs
);
