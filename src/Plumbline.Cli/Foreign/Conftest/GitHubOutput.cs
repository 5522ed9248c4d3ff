using System.Globalization;
using Plumbline.Policies.Conftest;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>Workflow commands of GitHub Actions: annotations at the places of files, in a group for each file and package.</summary>
/// <remarks>GitHub's "Workflow commands": in a message <c>%</c> and ends of lines are percent-encoded, else what follows would be a command of its own.</remarks>
internal static class GitHubOutput
{
    public static void Write(IReadOnlyList<CheckResult> results, OutputOptions options, TextWriter output)
    {
        foreach (var result in results)
        {
            Write(result, output);
        }

        output.WriteLine(Outputs.Summary(results));
    }

    private static void Write(CheckResult result, TextWriter output)
    {
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"::group::Testing \"{result.FileName}\" against {result.Total} policies in namespace \"{result.Namespace}\""
            )
        );
        Annotate("error", result.Failures);
        Annotate("warning", result.Warnings);
        Annotate("notice", result.Exceptions);
        Annotate("notice", result.Skipped, "Test was skipped: ");
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"::notice file={result.FileName},line=1::Number of successful checks: {result.Successes}"
            )
        );
        output.WriteLine("::endgroup::");

        void Annotate(string level, IEnumerable<ResultMessage> messages, string head = "")
        {
            foreach (var message in messages)
            {
                foreach (var (at, text) in Places(message, result.FileName))
                {
                    output.WriteLine($"::{level} file={at.File},line={at.Line}::{Encoded(head + text)}");
                }
            }
        }
    }

    /// <summary>The file that was tested; and first the place that the policy names, where that is in another file.</summary>
    private static IEnumerable<(ResultLocation At, string Text)> Places(ResultMessage message, string file)
    {
        var tested = new ResultLocation(file, "1");
        if (message.Location is not { } named)
        {
            return [(tested, message.Message)];
        }

        return named.File == file
            ? [(named, message.Message)]
            : [(named, message.Message), (tested, $"(ORIGINATING FROM {named.File} L{named.Line}) {message.Message}")];
    }

    private static string Encoded(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);
}
