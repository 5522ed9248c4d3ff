using System.Globalization;
using Plumbline.Policies.Conftest;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>Test Anything Protocol, version 12: a plan and its tests for each file and package.</summary>
internal static class TapOutput
{
    public static void Write(IReadOnlyList<CheckResult> results, OutputOptions options, TextWriter output)
    {
        foreach (var result in results.Where(r => r.Total > 0))
        {
            Write(result, output);
        }
    }

    private static void Write(CheckResult result, TextWriter output)
    {
        var file = result.FileName == "-" ? "-" : $"- {result.FileName}";
        var number = 0;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"1..{result.Total}"));
        Lines("", "not ok", result.Failures.Select(m => m.Message));
        Lines("# warnings", "not ok", result.Warnings.Select(m => m.Message));
        Lines("# exceptions", "ok", result.Exceptions.Select(m => m.Message));
        Lines("# skip", "ok", result.Skipped.Select(m => m.Message));
        Lines("# successes", "ok", Enumerable.Repeat("SUCCESS", result.Successes));

        void Lines(string head, string word, IEnumerable<string> messages)
        {
            foreach (var message in messages)
            {
                if (head.Length > 0)
                {
                    output.WriteLine(head);
                    head = "";
                }

                number++;
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{word} {number} {file} - {result.Namespace} - {Shown.Of(message)}"
                    )
                );
            }
        }
    }
}
