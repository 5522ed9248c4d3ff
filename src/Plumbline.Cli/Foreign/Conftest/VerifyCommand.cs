using Plumbline.Policies.Conftest;
using Plumbline.Rego.Testing;
using Plumbline.Rego.Tracing;

namespace Plumbline.Cli.Foreign.Conftest;

/// <summary><c>conftest verify</c>: runs the unit tests of policies. Words besides the flags are passed over, as conftest does.</summary>
internal sealed class VerifyCommand(GoFlags flags, HostEnvironment host, TextWriter output, TextWriter error)
{
    private static readonly (string Word, ExplanationKind Kind)[] Reports =
    [
        ("full", ExplanationKind.Full),
        ("notes", ExplanationKind.Notes),
        ("fails", ExplanationKind.Fails),
    ];

    /// <exception cref="ConftestException">Nothing was run, or a test ended in an error.</exception>
    public int Run()
    {
        var report = flags.Text("report");
        if (report.Length > 0 && !Reports.Any(r => r.Word == report))
        {
            var words = string.Join(", ", Reports.Select(r => r.Word));
            throw new FormatException($"unknown report `{report}`: expected one of {words}");
        }

        if (report.Length > 0 && flags.Text("output") != "stdout")
        {
            throw new FormatException("report flag is supported with stdout only");
        }

        var form = Outputs.Named(flags);
        var tests = Verify(report);
        var code = tests.Exists(t => t.Verdict == RegoTestVerdict.Fail) ? 1 : 0;
        if (flags.IsOn("quiet") && code == 0)
        {
            return code;
        }

        if (report.Length > 0)
        {
            TestReport.Write(tests, output);
        }
        else
        {
            var skipping = form with { Options = form.Options with { ShowsSkipped = true } };
            skipping.Write([.. tests.Select(t => t.ToResult())], output, error);
        }

        return code;
    }

    private List<ConftestTest> Verify(string report)
    {
        try
        {
            var usual = EngineOptions.Of(flags, host);
            var options = usual with
            {
                ShowsBuiltinErrors = flags.IsOn("show-builtin-errors"),
                Explains = report.Length == 0 ? usual.Explains : Reports.First(r => r.Word == report).Kind,
            };
            return [.. ConftestEngine.Load(options).Verify(flags.List("namespace"))];
        }
        catch (ConftestException wrong)
        {
            throw new ConftestException($"running verification: {wrong.Message}");
        }
    }
}
