using System.Globalization;
using Plumbline.Rego;

namespace Plumbline.Conformance;

/// <summary>The command line: <c>SUITE PATH [--failures]</c>. The last line is always <c>N passed, N failed, N skipped</c>.</summary>
/// <remarks>Exit code 0 where all passed, 1 where something failed or a line of the owed list is stale, 2 where nothing was run.</remarks>
internal static class Runner
{
    private static readonly string Usage =
        $"usage: SUITE PATH [--failures] [--plan closures|walker] [--tracking], SUITE one of {string.Join(", ", Suites.All.Select(s => s.Name))}";

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var (suite, path, options, showsFailures) = Read(args);
            var run = SuiteRun.Of(suite, path, options);
            Write(output, run, showsFailures);
            return run.Failed == 0 && !run.Stale.Any() ? 0 : 1;
        }
        catch (ArgumentException wrong)
        {
            error.WriteLine(wrong.Message);
            error.WriteLine(Usage);
        }
        catch (FormatException wrong)
        {
            error.WriteLine($"`{args[1]}`: {wrong.Message}");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"cannot read `{args[1]}`: {refused.Message}");
        }

        return 2;
    }

    private static (Suite, string Path, SuiteOptions, bool ShowsFailures) Read(string[] args)
    {
        if (args is not [var name, var path, .. var flags])
        {
            throw new ArgumentException($"expected a suite and a file of cases, got {args.Length} words");
        }

        var suite = Suites.Find(name) ?? throw new ArgumentException($"there is no suite `{name}`");
        var (options, showsFailures) = (new SuiteOptions(), false);
        for (var i = 0; i < flags.Length; i++)
        {
            switch (flags[i])
            {
                case "--failures":
                    showsFailures = true;
                    break;
                case "--tracking":
                    options = options with { Tracking = true };
                    break;
                case "--plan":
                    options = options with { Plan = PlanOf(flags.ElementAtOrDefault(++i)) };
                    break;
                default:
                    throw new ArgumentException($"there is no option `{flags[i]}`");
            }
        }

        return (suite, path, options, showsFailures);
    }

    private static Plan PlanOf(string? word) =>
        word switch
        {
            "closures" => Plan.Closures,
            "walker" => Plan.TreeWalker,
            _ => throw new ArgumentException($"expected `closures` or `walker` after `--plan`, got `{word}`"),
        };

    private static void Write(TextWriter output, SuiteRun run, bool showsFailures)
    {
        if (showsFailures)
        {
            foreach (var (id, detail) in run.Unexpected.Concat(run.Expected))
            {
                output.WriteLine($"{id}\n    {detail.ReplaceLineEndings("\n    ")}");
            }
        }

        foreach (var (line, cases) in run.Owed)
        {
            var word = line.IsDeclined ? "declined" : "owed";
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{word}: {line.What} ({cases}): {line.Reason}")
            );
        }

        foreach (var line in run.Stale)
        {
            output.WriteLine($"stale: {line.What} passes, in part at least: its line must go");
        }

        if (run.Unexpected.Count > 0)
        {
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{run.Unexpected.Count} failed that no line owes")
            );
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Passed} passed, {run.Failed} failed, {run.Skipped} skipped"
            )
        );
    }
}
