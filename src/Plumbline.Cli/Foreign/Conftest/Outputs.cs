using System.Globalization;
using Plumbline.Core.Authored;
using Plumbline.Policies.Conftest;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary>How results are shown, as the flags want it.</summary>
internal sealed record OutputOptions
{
    public bool Colors { get; init; } = true;

    public bool SuppressesExceptions { get; init; }

    public bool ShowsSkipped { get; init; }

    public bool Traces { get; init; }

    public bool HidesMessages { get; init; }
}

/// <summary>The forms of conftest's output: one file each.</summary>
internal sealed record Outputs(
    OutputOptions Options,
    Action<IReadOnlyList<CheckResult>, OutputOptions, TextWriter> Form
)
{
    private static readonly (
        string Name,
        Action<IReadOnlyList<CheckResult>, OutputOptions, TextWriter> Write
    )[] Forms =
    [
        ("stdout", TextOutput.Write),
        ("json", JsonOutput.Write),
        ("tap", TapOutput.Write),
        ("table", TableOutput.Write),
        ("junit", JUnitOutput.Write),
        ("github", GitHubOutput.Write),
    ];

    public static IEnumerable<string> Names => Forms.Select(f => f.Name);

    /// <summary>What the flags ask for.</summary>
    /// <exception cref="FormatException">There is no such form. conftest would print plain text, and a pipeline would read that.</exception>
    public static Outputs Named(GoFlags flags)
    {
        var name = flags.Text("output");
        var form = Array.Find(Forms, f => f.Name == name);
        return form.Name is null
            ? throw new FormatException(
                $"expected an output, one of {string.Join(", ", Names)}, got `{name}`{Nearest.Hint(name, Names)}"
            )
            : new Outputs(
                new OutputOptions
                {
                    Colors = !flags.IsOn("no-color"),
                    Traces = flags.IsOn("trace"),
                    HidesMessages = flags.IsOn("junit-hide-message"),
                },
                form.Write
            );
    }

    public void Write(IReadOnlyList<CheckResult> results, TextWriter output, TextWriter error)
    {
        if (Options.Traces)
        {
            TextOutput.WriteTraces(results, Options, error);
        }

        Form(results, Options, output);
    }

    /// <summary><c>2 tests, 1 passed, 0 warnings, 1 failure, 0 exceptions</c>.</summary>
    public static string Summary(IReadOnlyList<CheckResult> results)
    {
        var (warnings, failures) = (results.Sum(r => r.Warnings.Length), results.Sum(r => r.Failures.Length));
        var exceptions = results.Sum(r => r.Exceptions.Length);
        return $"{Count(results.Sum(r => r.Total), "test")}, {Number(results.Sum(r => r.Successes))} passed, "
            + $"{Count(warnings, "warning")}, {Count(failures, "failure")}, {Count(exceptions, "exception")}";
    }

    private static string Count(int count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
