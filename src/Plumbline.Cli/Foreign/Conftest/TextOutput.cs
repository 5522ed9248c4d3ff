using Plumbline.Policies.Conftest;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>What people read: a line for each message, and a sum.</summary>
/// <remarks>
/// <code>
/// FAIL - deploy/web.yaml - main - Containers must not run as root
///
/// 2 tests, 1 passed, 0 warnings, 1 failure, 0 exceptions
/// </code>
/// Coloured unless <c>--no-color</c> is given, whatever the output goes to, as conftest does it.
/// </remarks>
internal static class TextOutput
{
    private const int Red = 31;
    private const int Green = 32;
    private const int Yellow = 33;
    private const int Blue = 34;
    private const int Cyan = 36;

    public static void Write(IReadOnlyList<CheckResult> results, OutputOptions options, TextWriter output)
    {
        if (options.Traces)
        {
            WriteTraces(results, options, output);
            return;
        }

        foreach (var line in results.SelectMany(r => r.Queries).SelectMany(q => q.Outputs))
        {
            output.WriteLine($"{Ink("PRNT ", Blue, options)}  {Shown.Of(line)}");
        }

        foreach (var result in results)
        {
            WriteMessages(result, options, output);
        }

        var color =
            results.Any(r => !r.Failures.IsEmpty) ? Red
            : results.Any(r => !r.Warnings.IsEmpty) ? Yellow
            : results.Any(r => !r.Exceptions.IsEmpty) ? Cyan
            : Green;
        var skipped = options.ShowsSkipped ? $", {results.Sum(r => r.Skipped.Length)} skipped" : "";
        output.WriteLine();
        output.WriteLine(Ink(Outputs.Summary(results) + skipped, color, options));
    }

    /// <summary>How each question was answered, line by line.</summary>
    public static void WriteTraces(IReadOnlyList<CheckResult> results, OutputOptions options, TextWriter output)
    {
        foreach (var (result, query) in results.SelectMany(r => r.Queries.Select(q => (r, q))))
        {
            var head = $"file: {result.FileName} | query: {query.Query}";
            output.WriteLine(Ink(head, query.Passed ? Green : Red, options));
            foreach (var line in query.Traces)
            {
                output.WriteLine($"{Ink("TRAC ", Blue, options)}  {Shown.Of(line)}");
            }
        }
    }

    private static void WriteMessages(CheckResult result, OutputOptions options, TextWriter output)
    {
        var file = result.FileName == "-" ? "-" : $"- {result.FileName}";
        foreach (
            var (word, color, messages) in new[]
            {
                ("WARN", Yellow, result.Warnings),
                ("FAIL", Red, result.Failures),
                ("EXCP", Cyan, options.SuppressesExceptions ? [] : result.Exceptions),
            }
        )
        {
            foreach (var message in messages)
            {
                output.WriteLine(
                    $"{Ink(word, color, options)} {file} - {result.Namespace} - {Shown.Of(message.Message)}"
                );
            }
        }
    }

    private static string Ink(string text, int color, OutputOptions options) =>
        options.Colors ? $"\u001b[{color}m{text}\u001b[0m" : text;
}
