using System.Globalization;
using Plumbline.Policies.Conftest;
using Plumbline.Rego.Testing;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>The tests one by one, as <c>opa test --verbose</c> lists them: failures with their traces first, then all, then the sums.</summary>
/// <remarks>Times are left out: the same policies give the same text.</remarks>
internal static class TestReport
{
    private static readonly string Rule = new('-', 80);

    public static void Write(IReadOnlyList<ConftestTest> tests, TextWriter output)
    {
        var failures = tests.Where(t => t.Verdict == RegoTestVerdict.Fail).ToList();
        if (failures.Count > 0)
        {
            WriteFailures(failures, output);
            output.WriteLine($"SUMMARY\n{Rule}");
        }

        foreach (var file in tests.GroupBy(t => t.File, StringComparer.Ordinal))
        {
            output.WriteLine($"{file.Key}:");
            foreach (var test in file)
            {
                output.WriteLine(Line(test));
            }
        }

        output.WriteLine(Rule);
        WriteSum(RegoTestVerdict.Pass, tests, output);
        WriteSum(RegoTestVerdict.Fail, tests, output);
        WriteSum(RegoTestVerdict.Skip, tests, output);
    }

    private static void WriteFailures(List<ConftestTest> failures, TextWriter output)
    {
        output.WriteLine($"FAILURES\n{Rule}");
        foreach (var test in failures)
        {
            output.WriteLine($"{Line(test)}\n");
            foreach (var line in test.Traces)
            {
                output.WriteLine($"  {Shown.Of(line)}");
            }

            output.WriteLine();
        }
    }

    private static string Line(ConftestTest test) => $"{test.Name}: {Word(test.Verdict)}";

    private static void WriteSum(RegoTestVerdict verdict, IReadOnlyList<ConftestTest> tests, TextWriter output)
    {
        var count = tests.Count(t => t.Verdict == verdict);
        if (count > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Word(verdict)}: {count}/{tests.Count}"));
        }
    }

    private static string Word(RegoTestVerdict verdict) =>
        verdict switch
        {
            RegoTestVerdict.Pass => "PASS",
            RegoTestVerdict.Fail => "FAIL",
            _ => "SKIPPED",
        };
}
