using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Rego;

namespace Plumbline.Cli.Foreign.Opa;

/// <summary>What an evaluation came to, or why it came to nothing.</summary>
internal sealed record EvalResult(ImmutableArray<QueryStatement> Statements, ImmutableArray<Solution> Solutions)
{
    public IReadOnlyList<EvalError> Errors { get; init; } = [];

    /// <summary>Lines of the trace, where one was asked for.</summary>
    public IReadOnlyList<string> Explanation { get; init; } = [];
}

/// <summary>An error as OPA's output has it.</summary>
/// <param name="Code">Null where OPA has none.</param>
/// <param name="File">Null where there is no place; empty for the query.</param>
internal sealed record EvalError(string Message, string? Code, string? File, int Row, int Column)
{
    /// <summary>The source line, the caret below it, and what to do: shown to people only.</summary>
    public string Details { get; init; } = "";

    /// <summary>Empty where the failure is none that an evaluation may end in.</summary>
    public static IReadOnlyList<EvalError> Of(Exception failed) =>
        failed switch
        {
            PolicyException refused => [.. refused.Diagnostics.Select(Of)],
            RegoException error =>
            [
                new(error.Reason, error.Code, FileOf(error.PolicySource), error.Span.Line, error.Span.Column),
            ],
            BudgetException spent => [new(spent.Message, null, null, 0, 0)],
            OpaException wrong => [new(wrong.Message, null, null, 0, 0)],
            _ => [],
        };

    /// <summary>As OPA writes it: <c>file:line: code: message</c>.</summary>
    public override string ToString()
    {
        var place =
            File is null ? ""
            : File.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"{Row}:{Column}: ")
            : string.Create(CultureInfo.InvariantCulture, $"{File}:{Row}: ");
        return $"{place}{(Code is null ? "" : $"{Code}: ")}{Message}{Details}";
    }

    private static EvalError Of(Diagnostic diagnostic)
    {
        var text = diagnostic.ToString();
        return new EvalError(
            diagnostic.Message,
            diagnostic.Code,
            FileOf(diagnostic.Source),
            diagnostic.Span.Line,
            diagnostic.Span.Column
        )
        {
            Details = text[text.IndexOf('\n', StringComparison.Ordinal)..],
        };
    }

    private static string FileOf(SourceText? source) => source is null or { Name: "query" } ? "" : source.Name;
}
